"""What pages and operations ask, read out of the texts of an address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.queries.accounts import get_account
from tenure.kernel.period import Period
from tenure.stream.store.client import event_store
from tenure.usage.domain.definition_texts import read_filter
from tenure.usage.domain.definitions import Filter
from tenure.usage.domain.numbers import number_of, shown
from tenure.usage.domain.windows import midnight, zone_of
from tenure.usage.enums import FilterOperator, WindowSize
from tenure.usage.errors import FilterMalformed, GroupKeyUnknown
from tenure.usage.queries.asking import ACCOUNT, EVENT, PROPERTY, USER, Question
from tenure.usage.queries.of_meter import of_account

if TYPE_CHECKING:
    from tenure.workspace.context import Context

DEFAULT_DAYS = 30
MOST_KEYS = 4
_ORDERED = (FilterOperator.LT, FilterOperator.LTE, FilterOperator.GT, FilterOperator.GTE)
_MANY = (FilterOperator.IN, FilterOperator.NOT_IN)


def read_question(  # noqa: PLR0913 - what an address may say
    ctx: Context,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    size: WindowSize = WindowSize.WHOLE,
    zone: str = "",
    account: UUID | None = None,
    user: str = "",
    group_by: Sequence[str] = (),
    filters: Iterable[str] = (),
) -> Question:
    """The question; without a period, the last thirty days and today. Raises what its parts raise, and NotFound of the account."""
    asked_zone = zone_of(zone) if zone else ctx.workspace.tz
    until = end or midnight(ctx.now().astimezone(asked_zone).date() + timedelta(days=1), asked_zone)
    since = start or midnight(until.astimezone(asked_zone).date() - timedelta(days=DEFAULT_DAYS), asked_zone)
    question = Question(
        Period(since, until),
        asked_zone,
        size,
        by=_keys(group_by),
        user=user,
        filters=tuple(read_condition(text) for text in filters),
    )
    if account is None:
        return question
    return of_account(ctx, event_store(), question, get_account(ctx, account, permission="usage.view").pk)


def read_condition(text: str) -> Filter:
    """`property:operator:value`, several values with commas between them; below and above compare numbers where they can."""
    field, _, rest = text.partition(":")
    operator, _, value = rest.partition(":")
    if not field or operator not in FilterOperator.values:
        raise FilterMalformed(text=text[:100])
    values = ([value] if operator not in _MANY else value.split(",")) if value else []
    as_number = operator in _ORDERED and all(number_of(each) is not None for each in values)
    return read_filter({"field": field, "operator": operator, "values": values, "as_number": as_number}, "filter")


def condition_text(condition: Filter) -> str:
    """A filter as it is typed."""
    values = (shown(value) if isinstance(value, Decimal) else value for value in condition.values)
    return ":".join([condition.field, str(condition.operator), *([",".join(values)] if condition.values else [])])


def _keys(names: Sequence[str]) -> tuple[str, ...]:
    keys = tuple(name if name in (ACCOUNT, USER, EVENT) else f"{PROPERTY}{name}" for name in dict.fromkeys(names))
    if len(keys) > MOST_KEYS or any(key == PROPERTY for key in keys):
        raise GroupKeyUnknown(most=MOST_KEYS)
    return keys
