"""Sort keys: text that orders names as people expect when compared byte by byte (COLLATE "C").

Rule: DESIGN.md, "Safe embedding": the database has no ICU, so names are sorted by a key computed here, from the Unicode Collation
Algorithm's primary weights (pyuca) with Chinese characters read as pinyin (pypinyin).
"""

from __future__ import annotations

import functools
import re
import unicodedata

from pyuca import Collator

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_SURROGATES_BEGIN, _SURROGATES = 0xD800, 0x2000
MAX_KEY_CHARACTERS = 80


def sort_key(name: str) -> str:
    """The key of `name`: case and accents do not count, digits come before letters, 青禾 sorts as qing he."""
    text = name if name.isascii() else _HAN.sub(_pinyin, unicodedata.normalize("NFC", name))
    return "".join([_weight(character) for character in text[:MAX_KEY_CHARACTERS]])


def _pinyin(match: re.Match[str]) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionaries take a third of a second to load

    return "".join(lazy_pinyin(match[0]))


@functools.lru_cache(maxsize=20_000)
def _weight(character: str) -> str:
    """The primary weights of one character, each as one character in code point order."""
    primaries = []
    for weight in _collator().sort_key(character):
        if weight == 0:
            break
        primaries.append(chr(weight if weight < _SURROGATES_BEGIN else weight + _SURROGATES))
    return "".join(primaries)


@functools.cache
def _collator() -> Collator:
    return Collator()
