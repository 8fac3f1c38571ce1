"""Which encoding a text file has, decided over the whole file and said with evidence."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from charset_normalizer import from_bytes

from tenure.workspace.tabular.notes import Note
from tenure.workspace.tabular.notes import translatable as _

_BLOCK = 1024 * 1024
_SAMPLE = 128 * 1024
# A longer mark first: UTF-32 little-endian begins like UTF-16 little-endian.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ["gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "cp1250", "cp1251"]
_WESTERN = {"cp1252", "cp1250"}
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Bytes that are letters in the Central European code page and signs in the Western one, beside a letter.
_CENTRAL = re.compile(
    rb"(?<=[A-Za-z\xc0-\xff])[\xa3\xa5\xb3\xb9\xbf\x8c\x8f\x9c\x9f\xaa\xba\xbc\xbe]|"
    rb"[\xa3\xa5\xaf\xb3\xb9\xbf\x8c\x8f\x9c\x9f](?=[a-z\xc0-\xff])"
)
# Hungarian double accents; the Western page has there a Portuguese letter that stands before an e.
_HUNGARIAN = re.compile(r"[őűŐŰ](?!e)")


@dataclass(frozen=True, slots=True)
class EncodingFound:
    """The encoding, whether a byte-order mark stands in front, how bad bytes are met, and why."""

    encoding: str
    errors: str
    note: Note
    byte_order_mark: bool = False


def find_encoding(file: IO[bytes]) -> EncodingFound:
    """The encoding of the bytes that follow.

    A mark decides; else UTF-8 where the whole file is valid UTF-8; else, where broken bytes are rare among valid
    UTF-8, UTF-8 with those rows reported; else the legacy code page that suits the lines with non-ASCII bytes best.
    """
    head = file.read(_BLOCK)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _by_mark(name, head, file)
    if wide := _wide_without_mark(head[:4096]):
        return EncodingFound(wide, "replace", Note("zero_bytes", _("Every other byte is zero: {encoding}."), {"encoding": wide}))
    return _by_content(head, file)


def _by_mark(name: str, head: bytes, file: IO[bytes]) -> EncodingFound:
    note = Note("byte_order_mark", _("A byte-order mark says {encoding}."), {"encoding": name})
    if name != "utf-8":
        return EncodingFound(name, "replace", note, byte_order_mark=True)
    valid = _is_utf8(_blocks(head, file))
    return EncodingFound(name, "strict" if valid else "surrogateescape", note, byte_order_mark=True)


def _wide_without_mark(head: bytes) -> str | None:
    if len(head) < len(codecs.BOM_UTF32_LE):
        return None
    pairs = len(head) // 2
    if head[1::2].count(0) > 0.7 * pairs and head[::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if head[::2].count(0) > 0.7 * pairs and head[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def _blocks(head: bytes, file: IO[bytes]) -> Iterator[bytes]:
    block = head
    while block:
        yield block
        block = file.read(_BLOCK)


def _is_utf8(blocks: Iterable[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks:
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _by_content(head: bytes, file: IO[bytes]) -> EncodingFound:
    decoder = codecs.getincrementaldecoder("utf-8")()
    ascii_only = True
    block = b""
    blocks = _blocks(head, file)
    try:
        for block in blocks:
            ascii_only = ascii_only and block.isascii()
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _beyond_utf8(block, blocks)
    code, message = ("ascii", _("Every byte is ASCII.")) if ascii_only else ("valid_utf8", _("The whole file is valid UTF-8."))
    return EncodingFound("utf-8", "strict", Note(code, message))


def _beyond_utf8(block: bytes, blocks: Iterator[bytes]) -> EncodingFound:
    """Judge the lines with non-ASCII bytes, from the first block that is not UTF-8 on."""
    sample = _telling_lines(block)
    for more in blocks:
        if len(sample) >= _SAMPLE:
            break
        sample += _telling_lines(more)
    sample = sample[:_SAMPLE]
    good = len(_MULTIBYTE.findall(sample))
    bad = len(re.findall(rb"[\x80-\xff]", _MULTIBYTE.sub(b"", sample)))
    if good > 10 * bad:
        note = Note("utf8_with_faults", _("UTF-8 but for some bytes; the rows that hold them are reported."))
        return EncodingFound("utf-8", "surrogateescape", note)
    encoding = _legacy_encoding(sample)
    note = Note(
        "legacy_encoding",
        _("Not UTF-8; the letters suit {encoding} best. Change it where names look wrong."),
        {"encoding": encoding},
    )
    return EncodingFound(encoding, "surrogateescape", note)


def _telling_lines(block: bytes) -> bytes:
    return b"\n".join(line for line in block.splitlines() if not line.isascii())


def _legacy_encoding(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=_LEGACY).best()
    found = best.encoding if best else "cp1252"
    if found in _WESTERN:
        return "cp1250" if _is_central_european(sample) else "cp1252"
    return found


def _is_central_european(sample: bytes) -> bool:
    hungarian = len(_HUNGARIAN.findall(sample.decode("cp1250", "ignore")))
    high = len(re.findall(rb"[\x80-\xff]", sample))
    return 10 * len(_CENTRAL.findall(sample)) > high or 6 * hungarian > high
