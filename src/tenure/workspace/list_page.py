"""The list page: saved views as tabs, filters as chips, a capped count, sorted heads, rows, cursors, bulk work. The same for every list.

Look: design/README.md, "Lists".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.workspace import formats
from tenure.workspace.lists import Column, ColumnKind, ListSpec, ListState, fetch_page
from tenure.workspace.lists.cells import cell
from tenure.workspace.lists.columns import BLANK, ME
from tenure.workspace.lists.fetch import COUNT_CAP
from tenure.workspace.lists.state import joined
from tenure.workspace.models import SavedView
from tenure.workspace.records import record_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenure.workspace.context import Context
    from tenure.workspace.lists.fetch import Page

MAX_CHIP_CHOICES = 200


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a room adds around its list: where rows open, what may be made, what an empty list teaches."""

    record: str
    row_url: str
    empty_title: Any
    empty_text: Any
    peek_url: str = ""
    new_url: str = ""
    import_record: str = ""
    is_company: bool = True
    # Buttons beside the title and words above the list: templates, and what both are told.
    actions: str = ""
    words: str = ""
    words_told: Callable[[Context], dict[str, Any]] | None = None


def list_page(request: HttpRequest, spec: ListSpec, around: Surroundings) -> HttpResponse:
    """The whole page, or for HTMX only its table."""
    ctx: Context = request.ctx  # type: ignore[attr-defined]
    state = ListState.read(ctx, spec, joined(request.GET))
    page = fetch_page(ctx, spec, state)
    shown = state.shown(ctx, spec)
    context = {
        "page_title": spec.label,
        "spec": spec,
        "has_search": spec.search is not None,
        "state": state,
        "around": around,
        "count": formats.number(page.count, ctx) if page.count <= COUNT_CAP else f"{formats.number(COUNT_CAP, ctx)}+",
        "is_whole": not state.filters and not state.search,
        "columns": [_head(state, column) for column in shown],
        "rows": [_row(ctx, around, shown, row) for row in page.rows],
        "query": state.query(),
        "tabs": _tabs(ctx, spec, state),
        "chips": [_chip(ctx, state, column) for column in spec.columns_for(ctx) if column.name in state.filters],
        "filters": [
            _chip(ctx, state, column) for column in spec.columns_for(ctx) if column.is_filter and column.name not in state.filters
        ],
        "all_columns": [(column.name, column.label, column in shown) for column in spec.columns_for(ctx)],
        "sorts": _sorts(ctx, spec, state),
        **(around.words_told(ctx) if around.words_told else {}),
        **_places(state, page),
        **_rights(ctx, around),
    }
    return render(
        request, "workspace/list.html#rows" if request.headers.get("HX-Target") == "list-rows" else "workspace/list.html", context
    )


def _head(state: ListState, column: Column) -> dict[str, Any]:
    """A column's head: sorted by it, the other way round on a second click."""
    head: dict[str, Any] = {"label": column.label, "kind": "number" if column.is_numeric else ""}
    if column.sort:
        is_current = state.sort_name == column.name
        begins_high = column.kind in {ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.INSTANT}
        descending = not state.is_descending if is_current else begins_high
        head["sort"] = "?" + state.query(sort=f"-{column.name}" if descending else column.name)
        head["sorted"] = ("descending" if state.is_descending else "ascending") if is_current else ""
    return head


def _row(ctx: Context, around: Surroundings, shown: list[Column], row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any list
    slug = ctx.workspace.slug
    first, *rest = shown
    return {
        "key": row.pk,
        "name": str(row),
        "url": reverse(around.row_url, args=[slug, row.pk]),
        "peek": reverse(around.peek_url, args=[slug, row.pk]) if around.peek_url else "",
        "first": cell(ctx, first, row),
        "is_named": first.name == "name",
        "cells": [(column, cell(ctx, column, row)) for column in rest],
    }


def _tabs(ctx: Context, spec: ListSpec, state: ListState) -> list[dict[str, Any]]:
    """Saved views: everybody's, then one's own."""
    current = state.query()
    tabs = [{"label": _("All"), "url": "?", "current": current == ListState.read(ctx, spec, {}).query()}]
    views = SavedView.objects.filter(Q(owner_id=None) | Q(owner_id=ctx.member_id), list_name=spec.name).order_by(
        "position", "created_at"
    )[:20]
    tabs += [{"label": _(view.name), "url": f"?{view.query}", "current": view.query == current} for view in views]
    return tabs


def _chip(ctx: Context, state: ListState, column: Column) -> dict[str, Any]:
    value = state.filters.get(column.name, "")
    choices = _choices(ctx, column)
    low, _mark, high = value.partition("..")
    return {
        "name": column.name,
        "label": column.label,
        "key": f"filter-{column.name}",
        "kind": "range" if column.is_range else ("choice" if choices else "text"),
        "input": "date" if column.kind in {ColumnKind.DATE, ColumnKind.INSTANT} else "number",
        "value": _said(value, choices),
        "raw": value,
        "low": low,
        "high": high,
        "choices": [(choice_value, label, choice_value in value.split(",")) for choice_value, label in choices],
        "drop": "?" + state.without(column.name).query(),
        "kept": [(name, kept) for name, kept in _kept(state).items() if name != column.name],
    }


def _kept(state: ListState) -> dict[str, str]:
    """What a form that changes one part of the state must carry along."""
    parts = dict(state.filters) | {"q": state.search, "sort": state.sort, "columns": ",".join(state.columns)}
    return {name: value for name, value in parts.items() if value}


def _choices(ctx: Context, column: Column) -> list[tuple[str, Any]]:
    choices: Iterable[tuple[str, Any]] = column.choices(ctx) if column.choices else ()
    listed = list(choices)[:MAX_CHIP_CHOICES]
    if column.kind is ColumnKind.MEMBER and ctx.member_id:
        listed.insert(0, (ME, _("Me")))
    if listed and column.match is None:
        listed.append((BLANK, _("None")))
    return listed


def _said(value: str, choices: list[tuple[str, Any]]) -> str:
    """A filter's value in words."""
    if not value:
        return _("any")
    words = dict(choices)
    said = [str(words.get(part, _("empty") if part == BLANK else part)) for part in value.split(",")]
    return ", ".join(said)


def _sorts(ctx: Context, spec: ListSpec, state: ListState) -> list[dict[str, Any]]:
    return [
        {"label": column.label, "url": _head(state, column)["sort"], "current": state.sort_name == column.name}
        for column in spec.columns_for(ctx)
        if column.sort
    ]


def _places(state: ListState, page: Page) -> dict[str, str]:
    query = state.query()
    return {
        "next_url": f"?{query}&after={page.next}" if page.next else "",
        "previous_url": f"?{query}&before={page.previous}" if page.previous else "",
    }


def _rights(ctx: Context, around: Surroundings) -> dict[str, Any]:
    record = record_types.get(around.record)
    if record is None:
        return {"may_export": ctx.holds("workspace.export")}
    return {
        "record": record,
        "may_create": ctx.holds(record.create_permission),
        "may_change": ctx.holds(record.change_permission) and ctx.holds("workspace.bulk_edit"),
        "may_delete": ctx.holds(record.delete_permission) and ctx.holds("workspace.bulk_delete"),
        "may_import": bool(around.import_record) and ctx.holds("workspace.run_import"),
        "may_export": ctx.holds("workspace.export"),
    }
