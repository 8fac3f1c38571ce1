"""Which turns a cohort's filters and the caller's reach leave, as SQL to be put inside another statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from tenure.directory.models import Turn
from tenure.workspace.lists.columns import BLANK
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.insights.cohort import Cohort
    from tenure.workspace.context import Context

PERMISSION = "insights.view"


def turns_of(ctx: Context, cohort: Cohort) -> QuerySet[Any] | None:
    """The turns that pass the filters and that the caller may see; None where that is every turn of the workspace."""
    condition = scope_filter(ctx, PERMISSION, Turn)
    for name in ("segment", "owner"):
        condition &= _of_account(f"{name}_id", getattr(cohort, name))
    return Turn.objects.filter(condition) if condition else None


def _of_account(column: str, value: str) -> Q:
    if not value:
        return Q()
    return Q(**{f"account__{column}": None}) if value == BLANK else Q(**{f"account__{column}": value})


def embedded(rows: QuerySet[Any], prefix: str = "r") -> tuple[str, dict[str, Any]]:
    """A queryset's SELECT with named parameters, to stand in parentheses inside a hand-written statement."""
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL::uuid WHERE false", {}
    named = {f"{prefix}{number}": value for number, value in enumerate(parameters)}
    for name in named:
        sql = sql.replace("%s", f"%({name})s", 1)
    return sql, named
