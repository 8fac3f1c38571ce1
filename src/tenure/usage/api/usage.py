"""Usage over the API, and the events under a number."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from tenure.stream.store.client import event_store
from tenure.usage.api.cursors import DEFAULT_ROWS, After, Limit, page_by_number
from tenure.usage.domain.numbers import properties_of, shown
from tenure.usage.enums import WindowSize
from tenure.usage.queries.asking import ACCOUNT, EVENT, PROPERTY, USER, Keys, Question
from tenure.usage.queries.meters import get_meter, list_versions, version_at
from tenure.usage.queries.of_meter import usage_of_meter
from tenure.usage.queries.under import (
    CountedEvent,
    list_counted_events,
    list_events_without_number,
    place_text,
    read_place,
)
from tenure.usage.questions import read_question
from tenure.usage.schemas.usage import CountedEventOut, CountedEventPage, UsageOut, UsagePage
from tenure.workspace.endpoints import ApiRequest, endpoint

router = Router(tags=["Meters"])

From = Annotated[datetime | None, Query(alias="from", description="First instant; left out, thirty days before `to`.")]
To = Annotated[datetime | None, Query(description="First instant that no longer belongs to it; left out, the end of today.")]
Zone = Annotated[str, Query(max_length=60, description="Time zone of the windows; left out, the workspace's.")]
Account = Annotated[UUID | None, Query(description="Only this account's.")]
User = Annotated[str, Query(max_length=200, description="Only this user's, by the id that events have.")]
Filters = Annotated[list[str], Query(alias="filter", max_length=20, description="property:operator:value, such as plan:eq:pro.")]
GroupBy = Annotated[list[str], Query(max_length=4, description="account, user, event, or the name of a property.")]


@router.get("/meters/{uuid:meter_id}/usage", response=UsagePage, operation_id="get_meter_usage", summary="Get usage of a meter")
@endpoint("usage.view")
def meter_usage(  # noqa: PLR0913 - parameters of the address
    request: ApiRequest,
    meter_id: UUID,
    *,
    start: From = None,
    to: To = None,
    window: WindowSize = WindowSize.WHOLE,
    zone: Zone = "",
    account: Account = None,
    user: User = "",
    group_by: GroupBy = [],  # noqa: B006 - the framework copies defaults
    filters: Filters = [],  # noqa: B006 - the same
    after: After = "",
    limit: Limit = DEFAULT_ROWS,
) -> UsagePage:
    """The usage in each window, for each combination of the keys asked for, in order of keys and time."""
    meter = get_meter(request.ctx, meter_id)
    question = read_question(
        request.ctx, start=start, end=to, size=window, zone=zone, account=account, user=user, group_by=group_by, filters=filters
    )
    found = usage_of_meter(request.ctx, event_store(), list_versions(meter), question)
    found.sort(key=lambda row: tuple(str(key or "") for key in row[0]))
    bounds = question.bounds
    rows = [(keys, place, value) for keys, values in found for place, value in enumerate(values)]
    shown_rows, following = page_by_number(rows, after, limit)
    return UsagePage(
        items=[
            _usage_out(question, keys, (bounds[place], bounds[place + 1]), None if value is None else shown(value))
            for keys, place, value in shown_rows
        ],
        next=following,
        previous=None,
        meter=meter.pk,
        unit=meter.unit,
        window=window,
        zone=question.zone.key,
    )


@router.get(
    "/meters/{uuid:meter_id}/events",
    response=CountedEventPage,
    operation_id="list_meter_events",
    summary="List the events under a number",
)
@endpoint("usage.view")
def meter_events(  # noqa: PLR0913 - parameters of the address
    request: ApiRequest,
    meter_id: UUID,
    *,
    start: From = None,
    to: To = None,
    account: Account = None,
    user: User = "",
    filters: Filters = [],  # noqa: B006 - the framework copies defaults
    without_number: Annotated[bool, Query(description="Only those whose value is no number, which only a count counts.")] = False,
    after: After = "",
    limit: Limit = DEFAULT_ROWS,
) -> CountedEventPage:
    """The events that the meter counts in a period, the latest first, by the version in force when the period begins."""
    meter = get_meter(request.ctx, meter_id)
    question = read_question(request.ctx, start=start, end=to, account=account, user=user, filters=filters)
    definition = version_at(list_versions(meter), question.period.start).counts
    listed = list_events_without_number if without_number else list_counted_events
    found = listed(request.ctx, event_store(), definition, question, after=read_place(after), limit=limit + 1)
    more = place_text(found[limit - 1].place) if len(found) > limit else None
    return CountedEventPage(items=[_event_out(event) for event in found[:limit]], next=more, previous=None)


def _usage_out(question: Question, keys: Keys, span: tuple[datetime, datetime], value: str | None) -> UsageOut:
    named = dict(zip(question.by, keys, strict=True))
    account = named.get(ACCOUNT)
    return UsageOut(
        start=span[0],
        end=span[1],
        value=value,
        account=account if isinstance(account, UUID) else None,
        user=_text(named.get(USER)),
        event=_text(named.get(EVENT)),
        group={key.removeprefix(PROPERTY): str(text) for key, text in named.items() if key.startswith(PROPERTY)},
    )


def _text(key: UUID | str | None) -> str | None:
    return None if key is None else str(key)


def _event_out(event: CountedEvent) -> CountedEventOut:
    return CountedEventOut(
        id=event.id,
        time=event.time,
        name=event.name,
        subject=event.subject,
        user=event.user,
        source=event.source,
        value=None if event.value is None else shown(event.value),
        text=event.text,
        properties=properties_of(event.properties),
    )
