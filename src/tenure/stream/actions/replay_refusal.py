"""One refused call is mended and sent through acceptance again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.errors_of_governance import RefusalHandled, ReplayRefused
from tenure.stream.queries.refusals import get_refusal
from tenure.stream.replaying import replay
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.stream.queries.refusals import Refusal
    from tenure.workspace.context import Context


@action("stream.replay_refusals")
def replay_refusal(ctx: Context, key: str, *, body: str | None = None) -> Refusal:
    """Accept a refused call after all, at the time it first came. key: its place, as `Refusal.key`. body: the call as mended, None as it was.

    Raises NotFound, RefusalHandled, ReplayRefused, StreamBehind. Idempotent in effect: a call counts once, however often it is replayed.
    """
    refusal = get_refusal(ctx, key)
    ctx.require_everywhere("stream.replay_refusals")
    if refusal.mark is not None:
        raise RefusalHandled
    if body is not None:
        refusal.body = body.encode()
    outcome = replay(ctx, [refusal])
    if outcome.refused:
        raise ReplayRefused(reason=next(iter(outcome.refused.values())))
    if not outcome.accepted:
        raise RefusalHandled
    ctx.audit(refusal=key, code=refusal.code, name=refusal.name, is_mended=body is not None)
    return refusal
