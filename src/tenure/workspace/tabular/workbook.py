"""An XLSX package looked at before it is read: size, sheets, date formats, the table of shared texts."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO
from xml.parsers import expat

from tenure.workspace.tabular.dialect import Limits
from tenure.workspace.tabular.errors import (
    FileTooLarge,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookTooOld,
    WorkbookUnpacksTooLarge,
)
from tenure.workspace.tabular.sources import OLE_MAGIC

_BLOCK = 256 * 1024
_MOST_ELEMENTS = 1_000_000
# Formats that ECMA-376 part 1, 18.8.30 defines as dates or times, East Asian ones included.
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN_WITH_TIME = {18, 19, 20, 21, 22, 32, 33, 45, 46, 47, 55, 56}
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
OnStart = Callable[[str, dict[str, str]], None]
OnEnd = Callable[[str], None]
OnText = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DateStyle:
    """Whether a number under a style is a day, and whether it carries a time."""

    is_date: bool = False
    has_time: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, its part of the package, whether the author hid it."""

    name: str
    part: str
    is_hidden: bool


def local_name(tag: str) -> str:
    """The tag without its namespace prefix."""
    return tag.rpartition(":")[2]


def refuse_ole(path: Path) -> None:
    """Raise WorkbookEncrypted or WorkbookTooOld for a file in the binary container that both use."""
    with path.open("rb") as file:
        beginning = file.read(64 * 1024)
    if not beginning.startswith(OLE_MAGIC):
        return
    with path.open("rb") as file:
        is_encrypted = any("EncryptedPackage".encode("utf-16-le") in block for block in iter(lambda: file.read(1 << 20), b""))
    raise (WorkbookEncrypted if is_encrypted else WorkbookTooOld)(name=path.name)


def parse_xml(file: IO[bytes], name: str, start: OnStart, end: OnEnd, text: OnText) -> Iterator[None]:
    """Feed the part to the handlers block by block, yielding after each; no entity of its own is ever expanded."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text

    def refuse_doctype(*_declaration: object) -> None:
        raise WorkbookDamaged(name=name, reason="document type declaration")

    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        while block := file.read(_BLOCK):
            parser.Parse(block)
            yield
        parser.Parse(b"", True)  # noqa: FBT003  # expat takes it by position only
        yield
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, ValueError) as error:
        raise WorkbookDamaged(name=name, reason=str(error)) from error


def _nothing(*_arguments: object) -> None:
    """A handler for what does not matter."""


@dataclass
class Workbook:
    """An opened package. The sheets' cells stay in the file; only texts and styles are held in memory."""

    archive: zipfile.ZipFile
    name: str
    limits: Limits
    sheets: list[Sheet] = field(default_factory=list)
    counts_from_1904: bool = False

    def elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        """Every element of a small part, in order."""
        found: list[tuple[str, dict[str, str]]] = []
        with self.open_part(part) as file:
            for _ in parse_xml(file, self.name, lambda tag, facts: found.append((local_name(tag), facts)), _nothing, _nothing):
                if len(found) > _MOST_ELEMENTS:
                    raise WorkbookDamaged(name=self.name, reason=part)
        return found

    @contextmanager
    def open_part(self, part: str) -> Iterator[IO[bytes]]:
        """The unpacked bytes of a part; zipfile never hands out more than the size that was checked."""
        try:
            file = self.archive.open(part)
        except (KeyError, zipfile.BadZipFile, NotImplementedError) as error:
            raise WorkbookDamaged(name=self.name, reason=str(error)) from error
        except RuntimeError as error:
            raise WorkbookEncrypted(name=self.name) from error
        with file:
            yield file

    def part_named(self, ending: str) -> str | None:
        """The part whose name ends so, whatever its capitals."""
        return next((one for one in self.archive.namelist() if one.lower().endswith(ending.lower())), None)

    @cached_property
    def texts(self) -> list[str]:
        """The shared texts, once each. Raises WorkbookUnpacksTooLarge beyond the bound."""
        part = self.part_named("xl/sharedStrings.xml")
        return _SharedTexts(self).read(part) if part else []

    @cached_property
    def styles(self) -> list[DateStyle]:
        """For each cell style, whether its numbers are days."""
        part = self.part_named("xl/styles.xml")
        return _date_styles(self.elements(part)) if part else []


@contextmanager
def open_workbook(path: Path, limits: Limits) -> Iterator[Workbook]:
    """The workbook, its declared sizes checked and its sheets known.

    Raises WorkbookEncrypted, WorkbookTooOld, WorkbookDamaged, WorkbookUnpacksTooLarge, FileTooLarge.
    """
    refuse_ole(path)
    if path.stat().st_size > limits.bytes:
        raise FileTooLarge(name=path.name, limit=limits.bytes)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise WorkbookDamaged(name=path.name, reason=str(error)) from error
    with archive:
        _check_sizes(archive, path.name, limits)
        workbook = Workbook(archive, path.name, limits)
        _find_sheets(workbook)
        yield workbook


def _check_sizes(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > limits.archive_parts or unpacked > limits.bytes:
        raise WorkbookUnpacksTooLarge(name=name, size=unpacked, limit=limits.bytes)
    for part in parts:
        allowed = max(limits.unpack_ratio * part.compress_size, limits.unpack_ratio_from)
        if part.file_size > allowed:
            raise WorkbookUnpacksTooLarge(name=name, size=part.file_size, limit=allowed)


def _find_sheets(workbook: Workbook) -> None:
    book = workbook.part_named("xl/workbook.xml")
    links = workbook.part_named("xl/_rels/workbook.xml.rels")
    if not book or not links:
        raise WorkbookDamaged(name=workbook.name, reason="xl/workbook.xml")
    targets = {facts.get("Id", ""): facts.get("Target", "") for tag, facts in workbook.elements(links) if tag == "Relationship"}
    for tag, facts in workbook.elements(book):
        if tag == "workbookPr":
            workbook.counts_from_1904 = facts.get("date1904") in ("1", "true")
        if tag == "sheet":
            link = next((value for key, value in facts.items() if local_name(key) == "id" and key != "id"), "")
            target = targets.get(link, "")
            if "worksheets" in target:
                part = workbook.part_named(str(_resolved(book, target)))
                workbook.sheets.append(Sheet(facts.get("name", ""), part or target, facts.get("state", "visible") != "visible"))
    if not workbook.sheets:
        raise WorkbookDamaged(name=workbook.name, reason="no worksheet")


def _resolved(book: str, target: str) -> PurePosixPath:
    return PurePosixPath(target.lstrip("/")) if target.startswith("/") else PurePosixPath(book).parent / target


def _date_styles(elements: list[tuple[str, dict[str, str]]]) -> list[DateStyle]:
    own = {
        facts["numFmtId"]: facts["formatCode"]
        for tag, facts in elements
        if tag == "numFmt" and {"formatCode", "numFmtId"} <= {*facts}
    }
    styles: list[DateStyle] = []
    inside = False
    for tag, facts in elements:
        if tag in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
            inside = tag == "cellXfs"
        elif inside and tag == "xf":
            number = facts.get("numFmtId", "0")
            styles.append(date_style(own[number]) if number in own else _built_in(int(number) if number.isdigit() else 0))
    return styles


def _built_in(number: int) -> DateStyle:
    return DateStyle(is_date=number in _BUILT_IN_DATES, has_time=number in _BUILT_IN_WITH_TIME)


def date_style(code: str) -> DateStyle:
    """Whether a number format shows a date or a time: `dd/mm/yyyy hh:mm`, not `0.00 "days"`."""
    bare = _NOT_CODE.sub("", code.partition(";")[0]).lower()
    if re.search(r"[0#?]", bare.replace(".0", "")) or "general" in bare:
        return DateStyle()
    has_time = bool(re.search(r"[hs]", bare))
    return DateStyle(is_date=has_time or bool(re.search(r"[ydm年月日]", bare)), has_time=has_time)


def plain_text(text: str) -> str:
    """The text with the package's own escapes (`_x000D_`) resolved (ECMA-376 part 1, 22.4.2.4)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _SharedTexts:
    """Collects <si> texts: rich text joined, phonetic readings left out."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._texts: list[str] = []
        self._pieces: list[str] = []
        self._reads = False
        self._phonetic = False
        self._characters = 0

    def read(self, part: str) -> list[str]:
        with self._workbook.open_part(part) as file:
            for _ in parse_xml(file, self._workbook.name, self._start, self._end, self._text):
                self._check()
        return self._texts

    def _check(self) -> None:
        limit = self._workbook.limits.shared_text_characters
        if self._characters + 50 * len(self._texts) > limit:
            raise WorkbookUnpacksTooLarge(name=self._workbook.name, size=self._characters, limit=limit)

    def _start(self, tag: str, _facts: dict[str, str]) -> None:
        tag = local_name(tag)
        if tag == "t":
            self._reads = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True

    def _end(self, tag: str) -> None:
        tag = local_name(tag)
        if tag == "t":
            self._reads = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            self._texts.append(plain_text("".join(self._pieces)))
            self._pieces.clear()

    def _text(self, text: str) -> None:
        if self._reads:
            self._pieces.append(text)
            self._characters += len(text)
