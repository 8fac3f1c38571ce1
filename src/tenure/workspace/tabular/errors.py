"""Why a file cannot be read at all, or not beyond a stated bound; one cell's trouble is a CellProblem."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import ClassVar

from tenure.kernel.errors import DomainError, Invalid
from tenure.workspace.tabular.notes import translatable as _

REASON_CHARACTERS = 80
_NOT_SAID = re.compile(r"[^\w .,:;/'()\[\]#%&+=-]+")


class UnreadableFile(Invalid):
    """The file as a whole cannot be read."""

    code = "unreadable_file"
    message = _("This file cannot be read: {reason}.")


class FileIsEmpty(UnreadableFile):
    """There is not even a header row."""

    code = "file_is_empty"
    message = _("The file {name} holds no rows.")


class FileTooLarge(UnreadableFile):
    """The file, or what it unpacks to, is larger than the bound."""

    code = "file_too_large"
    message = _("The file {name} is larger than the limit of {limit} bytes. Split it and load the parts one by one.")


class FileIsNotText(UnreadableFile):
    """Neither text nor a workbook: a picture, a PDF, an unknown format."""

    code = "file_is_not_a_table"
    message = _("The file {name} is neither CSV nor XLSX. Save it as one of the two and load it again.")


class UnknownEncoding(UnreadableFile):
    """The caller named an encoding that does not exist."""

    code = "unknown_encoding"
    message = _("There is no encoding named {encoding}.")


class UnsuitableSign(UnreadableFile):
    """The caller named a separator or quote that cannot be one."""

    code = "unsuitable_sign"
    message = _("“{sign}” cannot be a separator or a quote: it must be one sign.")


class TooManyColumns(UnreadableFile):
    """The header row is wider than the bound."""

    code = "too_many_columns"
    message = _("The file {name} has more than {limit} columns. Check the separator, or remove columns.")


class HeaderNotFound(UnreadableFile):
    """The row named as header does not exist."""

    code = "header_not_found"
    message = _("Row {row} was named as the header, but the file {name} has no such row.")


class WorkbookDamaged(UnreadableFile):
    """The workbook's parts are missing, contradictory or not valid XML."""

    code = "workbook_damaged"
    message = _("The workbook {name} is damaged ({reason}). Open it in a spreadsheet program, save it and load it again.")

    def __init__(self, *, name: str, reason: str) -> None:
        """reason: a library's own words, which may quote what is damaged; of these only the beginning is said."""
        super().__init__(name=name, reason=shorten(_NOT_SAID.sub(" ", reason), REASON_CHARACTERS))


class WorkbookEncrypted(UnreadableFile):
    """The workbook asks for a password."""

    code = "workbook_encrypted"
    message = _("The workbook {name} is protected by a password. Save it without one and load it again.")


class WorkbookTooOld(UnreadableFile):
    """A workbook in the binary format before 2007."""

    code = "workbook_too_old"
    message = _("The workbook {name} has the old XLS format. Save it as XLSX and load it again.")


class WorkbookUnpacksTooLarge(UnreadableFile):
    """A zip bomb, or a workbook larger than this machine should unpack."""

    code = "workbook_unpacks_too_large"
    message = _("The workbook {name} would unpack to {size} bytes; the limit is {limit}. Save it as CSV and load that.")


class SheetNotFound(UnreadableFile):
    """The workbook has no sheet of that name."""

    code = "sheet_not_found"
    message = _("The workbook {name} has no sheet “{sheet}”; it has: {sheets}.")


class ArchiveHoldsSeveralFiles(UnreadableFile):
    """A ZIP with more than one table, so that nobody can tell which one is meant."""

    code = "archive_holds_several_files"
    message = _("The archive {name} holds {count} tables. Unpack it and load them one by one.")


class CannotWriteCell(DomainError):
    """A value that the output format cannot hold."""

    code = "cannot_write_cell"
    status = 422
    message = _("Row {row} holds a text of {length} characters; a cell of a workbook holds {limit}. Export as CSV.")


class TooManyRowsForWorkbook(DomainError):
    """More rows than a sheet can hold."""

    code = "too_many_rows_for_workbook"
    status = 422
    message = _("A sheet holds {limit} rows at most. Export as CSV.")


class CellProblem(Invalid):
    """One cell that cannot be read as its column says; `remedy` tells the person what to do."""

    code = "cell_not_readable"
    message = _("“{value}” cannot be read as {expected}.")
    remedies: ClassVar[dict[str, str]] = {
        "not_a_number": _("Write digits only, as in 1234.50, or map the column to a text field."),
        "not_an_integer": _("Write a whole number without decimals."),
        "not_a_percent": _("Write a number, as in 12.5%."),
        "not_an_amount": _("Write one amount in {currency} with at most {digits} decimals."),
        "other_currency": _("The column is read as {currency}. Put amounts of another currency into a column of their own."),
        "not_a_boolean": _("Write yes or no."),
        "not_a_date": _("Write the date as the column does ({order}), or as YYYY-MM-DD."),
        "date_does_not_exist": _("This day is not in the calendar. Correct it in the file."),
        "not_an_instant": _("Write date and time as in 2026-03-01 14:05, with an offset where it is not {zone}."),
        "time_does_not_exist": _("This hour was skipped when the clocks changed in {zone}. Add the offset, as in +01:00."),
        "not_an_email": _("Write one address, as in ana@example.com."),
        "not_a_url": _("Write a web address or a domain, as in example.com."),
        "not_a_uuid": _("Write a UUID of 32 hexadecimal digits."),
    }

    def __init__(self, problem: str, value: object, expected: str, **facts: object) -> None:
        super().__init__((), value=value, expected=expected, **facts)
        self.problem = problem
        self.value = value
        self.code = problem  # type: ignore[misc]  # the class holds the family, the instance the exact code

    @property
    def remedy(self) -> str:
        """What the person can do, in English; faces translate `remedy_template` and format it with `facts`."""
        return self.formatted(self.remedy_template)

    @property
    def remedy_template(self) -> str:
        """The translatable sentence of the remedy, over `facts`."""
        return self.remedies[self.problem]
