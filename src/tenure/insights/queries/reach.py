"""Which turns a cohort's filters and the caller's reach leave, as SQL to be put inside another statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from tenure.directory.models import Turn
from tenure.market.models import Lead
from tenure.workspace.lists.columns import BLANK
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.insights.cohort import Cohort
    from tenure.workspace.context import Context

PERMISSION = "insights.view"


def turns_of(ctx: Context, cohort: Cohort) -> QuerySet[Any] | None:
    """The turns that pass the filters and that the caller may see; None where that is every turn of the workspace."""
    condition = visible_turns(ctx)
    for name in ("segment", "owner"):
        condition &= _of_either(f"{name}_id", getattr(cohort, name))
    for name, column, nothing in (("channel", "channel_id", None), ("persona", "persona", "")):
        condition &= _of_lead(column, getattr(cohort, name), nothing)
    return Turn.objects.filter(condition) if condition else None


def visible_turns(ctx: Context) -> Q:
    """The turns the caller may see. Whoever sees what they own sees the turns of their accounts, and of their leads without one."""
    condition = scope_filter(ctx, PERMISSION, Turn)
    reach = ctx.authority.reach(PERMISSION)
    if reach.everything or not reach.owned or ctx.member_id is None:
        return condition
    return condition | Q(account=None, lead_id__in=Lead.objects.filter(owner_id=ctx.member_id).values("pk"))


def accounts_of(ctx: Context, cohort: Cohort) -> list[UUID] | None:
    """The accounts whose money belongs to the cohort's filters (not its period); None where that is everybody's."""
    if not cohort.is_narrowed:
        return None
    turns = turns_of(ctx, cohort)
    assert turns is not None
    return list(turns.filter(account__isnull=False).values_list("account_id", flat=True).distinct())


def _of_either(column: str, value: str) -> Q:
    """Segment and owner are the account's; its lead's, as long as there is no account."""
    if not value:
        return Q()
    wanted = None if value == BLANK else value
    leads = Lead.objects.filter(**{column: wanted}).values("pk")
    unknown = Q(account=None) & (Q(lead_id__in=leads) | Q(lead_id=None) if wanted is None else Q(lead_id__in=leads))
    return Q(account__isnull=False, **{f"account__{column}": wanted}) | unknown


def _of_lead(column: str, value: str, nothing: str | None) -> Q:
    """Channel and persona are the lead's; a turn without a lead has none."""
    if not value:
        return Q()
    if value == BLANK:
        return Q(lead_id=None) | Q(lead_id__in=Lead.objects.filter(**{column: nothing}).values("pk"))
    return Q(lead_id__in=Lead.objects.filter(**{column: value}).values("pk"))


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
