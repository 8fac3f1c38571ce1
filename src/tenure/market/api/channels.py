"""Channels over the API: the ways on which prospects come."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.market.actions.create_channel import create_channel
from tenure.market.actions.delete_channels import delete_channels
from tenure.market.actions.update_channel import update_channel
from tenure.market.lists import CHANNELS
from tenure.market.models import Channel
from tenure.market.queries.records import get_record
from tenure.market.records import CHANNEL
from tenure.market.schemas.channels import ChannelIn, ChannelOut, ChannelPage, ChannelPatch
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    record_out,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["Channels"])


@router.get("/channels", response=ChannelPage, operation_id="list_channels", summary="List channels")
@endpoint("market.view", lists=CHANNELS)
def channels(request: ApiRequest) -> ChannelPage:
    """The channels, filtered, searched and sorted as on their page."""
    return cursor_page(request, CHANNELS, ChannelPage, lambda row: _out(request, row))


@router.post("/channels", response={201: ChannelOut}, operation_id="create_channel", summary="Create a channel")
@endpoint("market.create_channel")
def channels_post(request: ApiRequest, body: ChannelIn, response: HttpResponse) -> ChannelOut:
    """Write a channel. Two spellings of one name are one channel."""
    made = create_channel(request.ctx, record_values(request.ctx, CHANNEL, body))
    return _out(request, tag_made(response, made, "channel"))


@router.get("/channels/{uuid:channel_id}", response=ChannelOut, operation_id="get_channel", summary="Get a channel")
@endpoint("market.view")
def channel(request: ApiRequest, channel_id: UUID, response: HttpResponse) -> ChannelOut:
    """One channel. Its version stands in ETag."""
    return _out(request, tag_version(response, get_record(request.ctx, CHANNEL, channel_id)))


@router.patch("/channels/{uuid:channel_id}", response=ChannelOut, operation_id="update_channel", summary="Change a channel")
@endpoint("market.update_channel", is_versioned=True)
def channel_patch(request: ApiRequest, channel_id: UUID, body: ChannelPatch, response: HttpResponse) -> ChannelOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, CHANNEL, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_channel(request.ctx, channel_id, values, version=version)))


@router.delete("/channels/{uuid:channel_id}", response=ChangeSetOut, operation_id="delete_channel", summary="Delete a channel")
@endpoint("market.delete_channels", is_versioned=True)
def channel_delete(request: ApiRequest, channel_id: UUID) -> ChangeSetOut:
    """Delete the channel with its costs. The change set returned can be undone."""
    return delete_record(request, CHANNEL, channel_id, delete_channels)


def _out(request: ApiRequest, row: Channel) -> ChannelOut:
    return record_out(request.ctx, ChannelOut, CHANNEL, row)
