"""Active users and adoption over the API."""

from __future__ import annotations

from fractions import Fraction

from ninja import Router

from tenure.kernel.rounding import round_half_up
from tenure.stream.store.client import event_store
from tenure.usage.api.usage import Account, From, To, Zone
from tenure.usage.domain.numbers import shown
from tenure.usage.queries.activity import Adoption, find_activity, find_adoption
from tenure.usage.queries.meters import list_features
from tenure.usage.questions import read_question
from tenure.usage.schemas.usage import ActiveDayOut, ActiveUsersOut, AdoptionListOut, AdoptionOut
from tenure.workspace.endpoints import ApiRequest, endpoint

router = Router(tags=["Features"])

SHARE_DIGITS = 4


@router.get("/active-users", response=ActiveUsersOut, operation_id="get_active_users", summary="Get active users")
@endpoint("usage.view")
def active_users(
    request: ApiRequest, *, start: From = None, to: To = None, zone: Zone = "", account: Account = None
) -> ActiveUsersOut:
    """Users active each day, in the seven and in the thirty days up to it."""
    request.ctx.require_everywhere("usage.view")
    question = read_question(request.ctx, start=start, end=to, zone=zone, account=account)
    found = find_activity(request.ctx, event_store(), question)
    return ActiveUsersOut(
        zone=question.zone.key,
        stickiness=_share(found.stickiness),
        items=[ActiveDayOut(on=day.on, daily=day.daily, weekly=day.weekly, monthly=day.monthly) for day in found.days],
    )


@router.get("/adoption", response=AdoptionListOut, operation_id="get_adoption", summary="Get adoption of features")
@endpoint("usage.view")
def adoption(request: ApiRequest, *, start: From = None, to: To = None, zone: Zone = "") -> AdoptionListOut:
    """How many of the active accounts use each feature, and on how many days."""
    request.ctx.require_everywhere("usage.view")
    question = read_question(request.ctx, start=start, end=to, zone=zone)
    found = find_adoption(request.ctx, event_store(), list(list_features(request.ctx)), question)
    return AdoptionListOut(items=[_adoption_out(each) for each in found])


def _adoption_out(found: Adoption) -> AdoptionOut:
    return AdoptionOut(
        feature=found.feature.pk,
        key=found.feature.key,
        accounts=found.accounts,
        active_accounts=found.active_accounts,
        users=found.users,
        events=found.events,
        breadth=_share(found.breadth),
        frequency=_share(found.frequency),
    )


def _share(value: Fraction | None) -> str | None:
    return None if value is None else shown(round_half_up(value, SHARE_DIGITS))
