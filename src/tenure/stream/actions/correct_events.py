"""Events of the past are deleted or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.stream.enums_of_governance import CorrectionKind
from tenure.stream.errors_of_governance import CorrectionChangesNothing, CorrectionFindsNothing
from tenure.stream.events_of_governance import CorrectionAsked
from tenure.stream.models import Correction
from tenure.stream.queries.corrections import Amendment, EventFilter, Preview, preview_correction
from tenure.stream.readers import written_upto
from tenure.workspace.action import action
from tenure.workspace.context import as_arguments

if TYPE_CHECKING:
    from tenure.workspace.context import Context

JOB = "stream.correct_events"


@action("stream.correct_events")
def correct_events(ctx: Context, wanted: EventFilter, *, reason: str, amendment: Amendment | None = None) -> Correction:
    """Have the events that pass the filter now deleted, or their properties changed, by a job that can be watched and cancelled.

    amendment: None deletes. Events that arrive later are not touched. Ids of deleted events stay known for as long as any id is.
    Raises CorrectionTakesEverything, CorrectionChangesNothing, CorrectionFindsNothing, Invalid (no reason), StoreUnavailable.
    Not idempotent to ask; what is asked is carried out once, however often its job begins.
    """
    ctx.require_everywhere("stream.correct_events")
    if not reason.strip():
        raise Invalid([FieldProblem("reason", "Say why.")])
    frozen, upto = wanted.frozen(), written_upto()
    guard_amendment(amendment)

    found = preview_correction(ctx, frozen, amendment, upto)
    if not found.events:
        raise CorrectionFindsNothing

    correction = Correction.objects.create(
        workspace_id=ctx.workspace.pk,
        kind=CorrectionKind.DELETE if amendment is None else CorrectionKind.AMEND,
        reason=reason.strip(),
        wanted=frozen.as_json(),
        amended=amendment.amended if amendment else {},
        removed=list(amendment.removed) if amendment else [],
        preview=kept_preview(found),
        upto=upto,
        events=found.events,
        months=[list(month) for month in found.months],
        actor_kind=ctx.actor.kind,
        actor_id=ctx.actor.id,
        actor_name=ctx.actor.name,
        asked_at=ctx.now(),
    )
    ctx.audit(correction, reason=correction.reason, events=found.events, kind=correction.kind, wanted=wanted.as_json())
    ctx.emit(CorrectionAsked(correction.pk, None, None, events=found.events))
    ctx.defer(JOB, correction=str(correction.pk), **as_arguments(ctx.actor))
    return correction


def guard_amendment(amendment: Amendment | None) -> None:
    """Raise CorrectionChangesNothing for an amendment that sets and removes nothing."""
    if amendment is not None and not amendment.amended and not amendment.removed:
        raise CorrectionChangesNothing


def kept_preview(found: Preview) -> dict[str, Any]:
    """A preview as JSON."""
    return {
        "names": [list(pair) for pair in found.names],
        "first_at": found.first_at.isoformat() if found.first_at else None,
        "last_at": found.last_at.isoformat() if found.last_at else None,
        "accounts": [[str(account) if account else None, count] for account, count in found.accounts.items()][:200],
        "sums": [[one.property, one.events, str(one.before), str(one.after)] for one in found.sums],
    }
