"""Rows put aside: kept with the run's position in one transaction, read again to be settled or to be mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tenure.workspace.enums import PutAside
from tenure.workspace.imports.draft import Draft, Fault
from tenure.workspace.models import ImportFile, ImportRow
from tenure.workspace.rows import insert_rows
from tenure.workspace.tabular.column_tally import typed_text

if TYPE_CHECKING:
    from tenure.workspace.tabular.rows import Cell

# PostgreSQL keeps neither NUL nor the halves of a pair, by which undecodable bytes are carried: they stand in a private place meanwhile.
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
_STAND_INS = re.compile("[\uf700-\uf7ff]")
_PRIVATE, _BYTES = 0xF700, 0xDC00


def put_aside(import_file: ImportFile, drafts: Sequence[Draft], why: PutAside) -> None:
    """Keep the rows with what is wrong with them."""
    insert_rows(
        ImportRow,
        [
            ImportRow(
                workspace_id=import_file.workspace_id,
                import_file_id=import_file.pk,
                row=draft.row,
                why=why,
                cells=[_storable(cell) for cell in draft.cells],
                problems=[fault.as_dict() for fault in draft.faults] if why == PutAside.FAULTY else [],
            )
            for draft in drafts
        ],
    )


def take_waiting(import_file: ImportFile, *, after: int, count: int) -> list[ImportRow]:
    """The next waiting rows of a file."""
    rows = ImportRow.objects.filter(import_file=import_file, why=PutAside.WAITING, row__gt=after)
    return list(rows.order_by("row")[:count])


def forget(import_file: ImportFile, rows: Sequence[int]) -> None:
    """Rows that are put aside no longer."""
    ImportRow.objects.filter(workspace_id=import_file.workspace_id, import_file=import_file, row__any_of=rows).delete()


def faulty_rows(import_file: ImportFile) -> Iterator[tuple[int, list[Any], list[Fault]]]:
    """Row number, cells and faults of every faulty row, in the file's order, streamed."""
    found = ImportRow.objects.filter(import_file=import_file, why=PutAside.FAULTY).order_by("row")
    brings_bytes = import_file.dialect.get("errors") == "surrogateescape"
    for row in found.iterator(chunk_size=2000):
        cells = [_restored(cell) if brings_bytes else cell for cell in row.cells]
        yield row.row, cells, [Fault.from_dict(problem) for problem in row.problems]


def _storable(cell: Cell) -> Any:  # noqa: ANN401 - a JSON value
    if cell is None or isinstance(cell, bool | int):
        return cell
    text = cell if isinstance(cell, str) else typed_text(cell)
    return _NOT_STORABLE.sub(lambda match: chr(_PRIVATE | ord(match[0]) & 0xFF), text)


def _restored(cell: Any) -> Any:  # noqa: ANN401 - a JSON value
    if not isinstance(cell, str):
        return cell
    return _STAND_INS.sub(lambda match: chr(_BYTES | ord(match[0]) & 0xFF) if match[0] != "\uf700" else "\0", cell)
