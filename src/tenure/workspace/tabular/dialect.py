"""How a file is read: encoding, delimiter, quote, header row, sheet; each decided with evidence, each to be overridden."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from tenure.workspace.tabular.notes import Note

Format = Literal["csv", "xlsx"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds within which a file is read; what lies beyond is refused with a clear error, never cut silently.

    bytes: of the file and of what it unpacks to (4 GiB). row_characters: of one row (1 Mi). columns: as wide as
    a row may be (2,000). shared_text_characters: of a workbook's text table, which alone is held in memory.
    unpack_ratio: unpacked to packed size of a workbook's part, looked at from unpack_ratio_from bytes on.
    """

    bytes: int = 4 * 1024**3
    row_characters: int = 1024**2
    columns: int = 2_000
    shared_text_characters: int = 256 * 1024**2
    unpack_ratio: int = 250
    unpack_ratio_from: int = 64 * 1024**2
    archive_parts: int = 5_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the person has decided; None leaves the decision to the file.

    header_row: the file's own line or row number that holds the column names; 0 says that there is none.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The decisions under which a file is read, with the evidence for each.

    errors: how undecodable bytes are met ("strict" where the whole file was seen to decode).
    sheets: every sheet of the workbook that holds cells, in order. header_row 0: no header, columns are numbered.
    """

    format: Format
    encoding: str = "utf-8"
    byte_order_mark: bool = False
    errors: str = "strict"
    delimiter: str = ","
    quote: str = '"'
    header_row: int = 1
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    evidence: tuple[Note, ...] = ()

    def because(self, *notes: Note) -> Dialect:
        """The same dialect with more evidence."""
        return replace(self, evidence=(*self.evidence, *notes))

    def as_dict(self) -> dict[str, Any]:
        """The dialect as plain values, to be kept beside a saved mapping."""
        plain = asdict(self)
        plain["sheets"] = list(self.sheets)
        plain["evidence"] = [note.as_dict() for note in self.evidence]
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Dialect:
        """The dialect that `as_dict` wrote."""
        evidence = tuple(Note.from_dict(note) for note in plain["evidence"])
        return cls(**{**plain, "sheets": tuple(plain["sheets"]), "evidence": evidence})

    def as_options(self, limits: Limits | None = None) -> ReadOptions:
        """The options that read another file exactly as this one was read."""
        if self.format == "xlsx":
            return ReadOptions(header_row=self.header_row, sheet=self.sheet, limits=limits or Limits())
        return ReadOptions(self.encoding, self.delimiter, self.quote, self.header_row, limits=limits or Limits())
