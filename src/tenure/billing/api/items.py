"""Subscription items over the API: add one, correct it, change its terms from a day on, and what it was worth when."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.billing.actions.change_item import change_item
from tenure.billing.actions.create_item import create_item
from tenure.billing.actions.delete_items import delete_items
from tenure.billing.actions.update_item import update_item
from tenure.billing.lists.item_values import ITEM_VALUES
from tenure.billing.queries.subscriptions import get_item, get_subscription, items_of
from tenure.billing.records import ITEM
from tenure.billing.schemas.items import (
    ItemChangeIn,
    ItemIn,
    ItemOut,
    ItemPatch,
    ItemsOut,
    ItemValuePage,
    item_out,
    item_value_out,
)
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    list_state,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut
from tenure.workspace.lists.custom import load_custom

router = Router(tags=["Subscription items"])


@router.get(
    "/subscriptions/{uuid:subscription_id}/items",
    response=ItemsOut,
    operation_id="list_subscription_items",
    summary="List a subscription's items",
)
@endpoint("billing.view")
def subscription_items(request: ApiRequest, subscription_id: UUID) -> ItemsOut:
    """What the subscription consists of, also what ran before."""
    found = list(items_of(request.ctx, get_subscription(request.ctx, subscription_id).pk).select_related("slots"))
    load_custom(request.ctx, ITEM.name, found)
    return ItemsOut(items=[item_out(request.ctx, item) for item in found])


@router.post(
    "/subscriptions/{uuid:subscription_id}/items",
    response={201: ItemOut},
    operation_id="create_item",
    summary="Add an item to a subscription",
)
@endpoint("billing.create_item")
def subscription_items_post(request: ApiRequest, subscription_id: UUID, body: ItemIn, response: HttpResponse) -> ItemOut:
    """Write a further item."""
    made = create_item(request.ctx, record_values(request.ctx, ITEM, body) | {"subscription": subscription_id})
    return item_out(request.ctx, tag_made(response, made, "item"))


@router.get("/subscription-items/{uuid:item_id}", response=ItemOut, operation_id="get_item", summary="Get a subscription item")
@endpoint("billing.view")
def item(request: ApiRequest, item_id: UUID, response: HttpResponse) -> ItemOut:
    """One item. Its version stands in ETag."""
    return item_out(request.ctx, tag_version(response, get_item(request.ctx, item_id)))


@router.patch(
    "/subscription-items/{uuid:item_id}", response=ItemOut, operation_id="update_item", summary="Correct a subscription item"
)
@endpoint("billing.update_item", is_versioned=True)
def item_patch(request: ApiRequest, item_id: UUID, body: ItemPatch, response: HttpResponse) -> ItemOut:
    """Correct the fields sent, as a change set that can be undone. What is corrected was always so."""
    values, version = record_values(request.ctx, ITEM, body), wanted_version(request, body.version)
    return item_out(request.ctx, tag_version(response, update_item(request.ctx, item_id, values, version=version)))


@router.delete(
    "/subscription-items/{uuid:item_id}", response=ChangeSetOut, operation_id="delete_item", summary="Delete a subscription item"
)
@endpoint("billing.delete_items", is_versioned=True)
def item_delete(request: ApiRequest, item_id: UUID) -> ChangeSetOut:
    """Delete a further item; the first one goes with its subscription only. The change set returned can be undone."""
    return delete_record(request, ITEM, item_id, delete_items)


@router.post(
    "/subscription-items/{uuid:item_id}/change",
    response={201: ItemOut},
    operation_id="change_item",
    summary="Change a subscription item's terms",
)
@endpoint("billing.change_item")
def item_change(request: ApiRequest, item_id: UUID, body: ItemChangeIn, response: HttpResponse) -> ItemOut:
    """End the item on the day and begin one in its place with the new terms; the new item is returned."""
    values = record_values(request.ctx, ITEM, body)
    made = change_item(request.ctx, item_id, on=values.pop("on"), values=values)
    return item_out(request.ctx, tag_made(response, made, "item"))


@router.get(
    "/subscription-items/{uuid:item_id}/values",
    response=ItemValuePage,
    operation_id="list_item_values",
    summary="List what a subscription item was worth",
)
@endpoint("billing.view", lists=ITEM_VALUES)
def item_values(request: ApiRequest, item_id: UUID) -> ItemValuePage:
    """Every fact ever recorded about the item's value, those that later ones replaced too."""
    state = list_state(request, ITEM_VALUES).narrowed(item=str(get_item(request.ctx, item_id).pk))
    return cursor_page(request, ITEM_VALUES, ItemValuePage, item_value_out, state=state)
