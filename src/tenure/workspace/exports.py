"""Exports: a list, filtered as it is, streamed as a file with flat memory.

Rows are read page by page by cursor, each page in a transaction of its own, so that an export of a million rows holds back nothing.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import xlsxwriter
from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse

from tenure.kernel.errors import Invalid
from tenure.kernel.money import Money
from tenure.workspace.lists import Column, ColumnKind, ListSpec, ListState, fetch_page
from tenure.workspace.lists.cells import shown_value
from tenure.workspace.lists.fetch import matching
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from tenure.workspace.context import Context

PAGE_ROWS = 1000
BLOCK_BYTES = 64 * 1024
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class ExportFormUnknown(Invalid):
    """A file form we do not write."""

    code = "export_form_unknown"
    message = "Exports are written as csv or xlsx, not as {form}."


def export_response(
    ctx: Context, spec: ListSpec, state: ListState, *, form: str, ids: Sequence[UUID] | None = None
) -> HttpResponseBase:
    """The rows that `state` finds (or only `ids`), with the columns it shows, as a download."""
    blocks = export_blocks(ctx, spec, state, form=form, ids=ids)
    response = StreamingHttpResponse(_in_thread(blocks), content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{spec.name}-{ctx.today().isoformat()}.{form}"'
    return response


def export_blocks(
    ctx: Context, spec: ListSpec, state: ListState, *, form: str, ids: Sequence[UUID] | None = None
) -> Iterator[bytes]:
    """The same as the file's bytes, block by block. Raises ExportFormUnknown, FilterInvalid: before the first block, not amid them."""
    if form not in _TYPES:
        raise ExportFormUnknown(form=form)
    columns = state.shown(ctx, spec)
    matching(ctx, spec, state)
    rows = export_rows(ctx, spec, state, columns, ids)
    header = [str(column.label) for column in columns]
    return csv_blocks(header, rows) if form == "csv" else xlsx_blocks(header, rows)


def export_rows(
    ctx: Context, spec: ListSpec, state: ListState, columns: Sequence[Column], ids: Sequence[UUID] | None = None
) -> Iterator[list[Any]]:
    """The values of the columns, row by row in the list's order."""
    wanted = set(ids) if ids is not None else None
    after = ""
    while True:
        with enter(ctx.scope):
            page = fetch_page(ctx, spec, replace(state, after=after, before=""), limit=PAGE_ROWS)
            values = [
                [file_value(ctx, column, row) for column in columns] for row in page.rows if wanted is None or row.pk in wanted
            ]
        yield from values
        if not page.next:
            return
        after = page.next


def file_value(ctx: Context, column: Column, row: Any) -> Any:  # noqa: ANN401, PLR0911
    """A cell's value as a file keeps it: numbers as numbers, money in major units, dates in ISO form."""
    value = shown_value(column, row)
    if value is None:
        return ""
    if isinstance(value, Money):
        return value.to_decimal()
    if column.kind is ColumnKind.MONEY:
        currency = getattr(row, column.currency, "") if column.currency else ctx.workspace.currency
        return Money(value, currency or ctx.workspace.currency).to_decimal()
    if isinstance(value, dt.datetime):
        return value.astimezone(ctx.tz).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def escaped(value: Any) -> Any:  # noqa: ANN401 - any value
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value


def csv_blocks(header: Sequence[str], rows: Iterator[list[Any]]) -> Iterator[bytes]:
    """UTF-8 with a byte-order mark, so that spreadsheets read every language."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(header)
    for row in rows:
        writer.writerow([escaped(value) for value in row])
        if buffer.tell() > BLOCK_BYTES:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def xlsx_blocks(header: Sequence[str], rows: Iterator[list[Any]]) -> Iterator[bytes]:
    """One sheet, written row by row to a temporary file, then sent."""
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header, book.add_format({"bold": True}))
        for position, row in enumerate(rows, 1):
            sheet.write_row(position, 0, [escaped(value) for value in row])
        book.close()
        file.seek(0)
        while block := file.read(BLOCK_BYTES):
            yield block


async def _in_thread(blocks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """A blocking iterator as an asynchronous one, pulled in the request's own thread."""
    pull = sync_to_async(lambda: next(blocks, None))
    while (block := await pull()) is not None:
        yield block
