"""Change sets as pages: what was done by whom, row by row, and the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.workspace import formats
from tenure.workspace.enums import ChangeSetState
from tenure.workspace.import_pages import TONES, result_figures
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.models import ImportRun
from tenure.workspace.pages import page
from tenure.workspace.queries.change_sets import get_change_set, list_change_rows
from tenure.workspace.records import record_types
from tenure.workspace.undo import undo_forecast
from tenure.workspace.work_lists import CHANGE_SETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeRow, ChangeSet
    from tenure.workspace.pages import Request

PAGE = 50
AROUND_CHANGES = Surroundings(
    record="",
    row_url="workspace:change_set",
    empty_title=gettext_lazy("Nothing was changed yet"),
    empty_text=gettext_lazy("Edits, bulk work, merges and imports stand here, each with the way to take it back."),
)


@page("workspace.view")
@require_GET
def changes(request: Request) -> HttpResponse:
    """Every change set the visitor may see."""
    return list_page(request, CHANGE_SETS, AROUND_CHANGES)


@page("workspace.view")
@require_GET
def change_set(request: Request, change_set_id: UUID) -> HttpResponse:
    """What one change set did, and how it can be taken back."""
    ctx = request.ctx
    one = get_change_set(ctx, change_set_id)
    text = request.GET.get("after", "0")
    after = int(text) if text.isdigit() else 0
    found = list(list_change_rows(ctx, one, after=after, limit=PAGE + 1))
    may_undo = ctx.holds("workspace.undo_change_set") and not one.is_running and one.state != ChangeSetState.UNDONE
    context = {
        "page_title": str(one),
        "change_set": one,
        "run": ImportRun.objects.filter(change_set=one).first() if ctx.holds("workspace.run_import") else None,
        "state": ChangeSetState(one.standing).label,
        "tone": TONES.get(one.standing, ""),
        "figures": result_figures(ctx, one),
        "facts": _facts(ctx, one),
        "rows": change_lines(ctx, found[:PAGE]),
        "next_url": f"?after={found[PAGE].position}" if len(found) > PAGE else "",
        "may_undo": may_undo,
        "forecast": undo_forecast(ctx, one) if may_undo else None,
    }
    return render(request, "workspace/change_set.html", context)


def change_lines(ctx: Context, rows: Sequence[ChangeRow]) -> list[dict[str, Any]]:
    """Rows of a change set with the names of their records, one query for each kind."""
    names: dict[Any, str] = {}
    for kind in {row.record for row in rows}:
        record = record_types[kind]
        wanted = [row.row_id for row in rows if row.record == kind]
        names |= {one.pk: str(one) for one in record.model.everything.filter(pk__any_of=wanted)}
    return [_change_line(ctx, row, names.get(row.row_id, str(row.row_id))) for row in rows]


def _change_line(ctx: Context, row: ChangeRow, name: str) -> dict[str, Any]:
    record = record_types[row.record]
    labels = {field.name: field.label for field in record.fields_for(ctx)}
    before, after = row.before or {}, row.after or {}
    fields = [
        {"label": labels.get(key, key), "before": _shown(before.get(key)), "after": _shown(after.get(key))}
        for key in {**before, **after}
        if before.get(key) not in (None, "", []) or after.get(key) not in (None, "", [])
    ]
    outcome = row.get_outcome_display() if row.outcome else ""
    return {"kind": record.label, "name": name, "done": row.get_kind_display(), "fields": fields, "outcome": outcome}


def _shown(value: Any) -> str:  # noqa: ANN401 - a JSON value
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _facts(ctx: Context, one: ChangeSet) -> list[tuple[str, object]]:
    shown = [
        (_("Kind"), one.get_kind_display()),
        (_("Who"), one.actor_name),
        (_("Why"), one.reason),
        (_("Started"), formats.instant(one.started_at, ctx)),
        (_("Finished"), formats.instant(one.finished_at, ctx) if one.finished_at else ""),
        (_("Taken back"), formats.instant(one.undone_at, ctx) if one.undone_at else ""),
    ]
    return [(name, value) for name, value in shown if value]
