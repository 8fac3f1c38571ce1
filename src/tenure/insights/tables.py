"""The table behind a chart as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from tenure.workspace.exports import csv_blocks

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def csv_response(ctx: Context, name: str, head: Sequence[object], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A small table as a CSV download; UTF-8 with a byte-order mark, formulas escaped."""
    blocks = csv_blocks([str(word) for word in head], iter([list(row) for row in rows]))
    response = HttpResponse(b"".join(blocks), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{ctx.today().isoformat()}.csv"'
    return response
