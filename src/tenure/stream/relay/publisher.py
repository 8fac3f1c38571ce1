"""The publisher: reads the outbox as a consumer does, and its effect is the stream.

Its position moves only after NATS has the messages on the disk. A crash between the two sends them again: NATS knows them by their id for five
minutes, and for ever after consumers pass over what lies at or before their own position.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.stream.relay.messages import new_messages
from tenure.workspace.relay import Consumer, find_place, hand_over, list_workspaces_behind

if TYPE_CHECKING:
    from collections.abc import Callable

    from tenure.stream.relay.messages import NewMessage
    from tenure.workspace.context import Context
    from tenure.workspace.models import OutboxEvent

    Publish = Callable[[Sequence[NewMessage]], None]

NAME = "stream.publisher"


def publisher(publish: Publish) -> Consumer:
    """The reader of the outbox that publishes all of it. publish: returns when the messages are on NATS's disk."""

    def consume(ctx: Context, events: Sequence[OutboxEvent]) -> None:
        publish(list(new_messages(ctx.workspace.pk, find_place(NAME), events)))

    return Consumer(NAME, consume, wants_backfill=True)


def publish_once(reader: Consumer) -> int:
    """Publish what has been committed, one batch a workspace; returns how many events.

    Raises what went wrong first, after the other workspaces had their turn.
    """
    published, failed = 0, None
    for workspace_id in list_workspaces_behind(reader):
        try:
            published += hand_over(reader, workspace_id).number
        except ConnectionError:
            raise
        except Exception as error:  # noqa: BLE001 - one workspace's trouble is nobody else's
            failed = failed or error
    if failed is not None:
        raise failed
    return published
