"""Subscriptions over the API: what accounts pay for, from when to when."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.billing.actions.create_subscription import create_subscription
from tenure.billing.actions.delete_subscriptions import delete_subscriptions
from tenure.billing.actions.end_subscription import end_subscription
from tenure.billing.actions.update_subscription import update_subscription
from tenure.billing.lists import SUBSCRIPTIONS
from tenure.billing.models import Subscription
from tenure.billing.queries.subscriptions import get_subscription
from tenure.billing.records import SUBSCRIPTION
from tenure.billing.schemas.subscriptions import (
    EndingIn,
    SubscriptionIn,
    SubscriptionOut,
    SubscriptionPage,
    SubscriptionPatch,
    load_items,
    subscription_out,
)
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["Subscriptions"])


@router.get("/subscriptions", response=SubscriptionPage, operation_id="list_subscriptions", summary="List subscriptions")
@endpoint("billing.view", lists=SUBSCRIPTIONS)
def subscriptions(request: ApiRequest) -> SubscriptionPage:
    """The subscriptions you may see with their items, filtered, searched and sorted as on their page."""
    return cursor_page(
        request,
        SUBSCRIPTIONS,
        SubscriptionPage,
        lambda row: subscription_out(request.ctx, row),
        load=lambda rows: load_items(request.ctx, rows),
    )


@router.post(
    "/subscriptions", response={201: SubscriptionOut}, operation_id="create_subscription", summary="Create a subscription"
)
@endpoint("billing.create_subscription")
def subscriptions_post(request: ApiRequest, body: SubscriptionIn, response: HttpResponse) -> SubscriptionOut:
    """Write a subscription with its first item. MRR, stages and the account's figures follow at once."""
    made = create_subscription(request.ctx, record_values(request.ctx, SUBSCRIPTION, body))
    return _written(request, tag_made(response, made, "subscription"))


@router.get(
    "/subscriptions/{uuid:subscription_id}",
    response=SubscriptionOut,
    operation_id="get_subscription",
    summary="Get a subscription",
)
@endpoint("billing.view")
def subscription(request: ApiRequest, subscription_id: UUID, response: HttpResponse) -> SubscriptionOut:
    """One subscription with its items. Its version stands in ETag."""
    return _written(request, tag_version(response, get_subscription(request.ctx, subscription_id)))


@router.patch(
    "/subscriptions/{uuid:subscription_id}",
    response=SubscriptionOut,
    operation_id="update_subscription",
    summary="Correct a subscription",
)
@endpoint("billing.update_subscription", is_versioned=True)
def subscription_patch(
    request: ApiRequest, subscription_id: UUID, body: SubscriptionPatch, response: HttpResponse
) -> SubscriptionOut:
    """Correct the fields sent, as a change set that can be undone. What is corrected was always so."""
    values, version = record_values(request.ctx, SUBSCRIPTION, body), wanted_version(request, body.version)
    return _written(request, tag_version(response, update_subscription(request.ctx, subscription_id, values, version=version)))


@router.delete(
    "/subscriptions/{uuid:subscription_id}",
    response=ChangeSetOut,
    operation_id="delete_subscription",
    summary="Delete a subscription",
)
@endpoint("billing.delete_subscriptions", is_versioned=True)
def subscription_delete(request: ApiRequest, subscription_id: UUID) -> ChangeSetOut:
    """Delete a subscription that should not be there; one that is over is ended. The change set returned can be undone."""
    return delete_record(request, SUBSCRIPTION, subscription_id, delete_subscriptions)


@router.post(
    "/subscriptions/{uuid:subscription_id}/end",
    response=SubscriptionOut,
    operation_id="end_subscription",
    summary="End a subscription",
)
@endpoint("billing.end_subscription")
def subscription_end(request: ApiRequest, subscription_id: UUID, body: EndingIn, response: HttpResponse) -> SubscriptionOut:
    """Note a customer's notice. MRR falls on the day from which it runs no longer, not on the day of notice."""
    ended = end_subscription(
        request.ctx,
        subscription_id,
        notice_on=body.notice_on or request.ctx.today(),
        ends_on=body.ends_on,
        reason=body.reason,
    )
    return _written(request, tag_version(response, ended))


def _written(request: ApiRequest, row: Subscription) -> SubscriptionOut:
    """The subscription with what followed from it: its plan, amount and state are kept by a projection."""
    fresh = row.refreshed()
    load_items(request.ctx, [fresh])
    return subscription_out(request.ctx, fresh)
