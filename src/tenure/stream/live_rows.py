"""Calls as the bench draws them: a line of the live view, and one whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.stream.enums import EventFate
from tenure.stream.schemas import instant_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tenure.stream.arrivals import Arrival
    from tenure.stream.fates import Judged
    from tenure.workspace.context import Context

TONES = {
    EventFate.COUNTED: "leaf",
    EventFate.WAITING: "amber",
    EventFate.ON_WAY: "sky",
    EventFate.DUPLICATE: "",
    EventFate.REFUSED: "rose",
    EventFate.SANDBOX: "sky",
}


def drawn_row(ctx: Context, judged: Judged, sources: dict[UUID, str]) -> dict[str, Any]:
    """A line: plain values only, so that two looks can be compared."""
    call = judged.call
    asked = {"seq": judged.seq, "place": call.place, "idx": call.idx, "refused": int(call.is_refused)}
    return {
        "key": f"{call.place}-{judged.seq}-{call.idx}-{int(call.is_refused)}",
        "url": f"{reverse('stream:call', args=[ctx.workspace.slug])}?{urlencode(asked)}",
        "name": call.name or _("no name"),
        "at": _clock(ctx, call.received_at),
        "whose": whose(call),
        "source": sources.get(call.source, ""),
        "fate": str(judged.fate.label),
        "tone": TONES[judged.fate],
        "why": why(judged),
        "counted_by": list(judged.counted_by),
    }


def drawn_call(ctx: Context, judged: Judged, sources: dict[UUID, str]) -> dict[str, Any]:
    """One whole: what became of it, its ids and times as pairs, its JSON."""
    call = judged.call
    ids = [
        (_("Id"), call.id),
        (_("User"), call.user_id),
        (_("Visitor"), call.anonymous_id),
        (_("Group"), call.group_id),
        (_("Counted for"), call.subject),
        (_("Source"), sources.get(call.source, "")),
        (_("Number in the store"), f"{judged.seq} / {call.idx}" if judged.seq else ""),
    ]
    times = [(_("Received"), _exact(ctx, call.received_at))]
    if not call.is_refused:
        times = [
            (_("As the client said"), _exact(ctx, call.client_time)),
            *times,
            (_("Corrected, as it counts"), _exact(ctx, call.time)),
        ]
    return {
        "tone": TONES[judged.fate],
        "fate": judged.fate.label,
        "why": why(judged),
        "counted_by": judged.counted_by,
        "ids": [(label, value) for label, value in ids if value],
        "times": times,
        "json": _whole(call),
    }


def whose(call: Arrival) -> str:
    """Whom the call names, the group first."""
    named = [call.group_id, call.user_id or call.anonymous_id]
    return " · ".join(part for part in named if part)


def why(judged: Judged) -> str:
    """One sentence on why it is not counted, '' where it is."""
    call = judged.call
    if judged.fate == EventFate.REFUSED:
        return call.reason
    if judged.fate == EventFate.DUPLICATE and judged.first:
        return _("An event with this id is counted already, as number %(seq)s / %(idx)s.") % {
            "seq": judged.first[0],
            "idx": judged.first[1],
        }
    sentences = {
        EventFate.DUPLICATE: _("An event with this id was stored before."),
        EventFate.WAITING: _("Stored. Which account %(whose)s is, is not known yet: it counts for that account once it is.")
        % {"whose": call.subject},
        EventFate.ON_WAY: _("Safe on disk; it is counted in a moment."),
        EventFate.SANDBOX: _("Its source is a sandbox."),
    }
    return sentences.get(judged.fate, "")


def _whole(call: Arrival) -> str:
    """The call as JSON for people; of a refused one its text as it came."""
    if call.is_refused:
        try:
            return _pretty(json.loads(call.body))
        except (ValueError, RecursionError):
            return call.body.decode("utf-8", "replace")
    parts: dict[str, Any] = {"messageId": call.id, "event": call.name}
    parts |= {"userId": call.user_id, "anonymousId": call.anonymous_id, "groupId": call.group_id}
    given = {name: value for name, value in parts.items() if value}
    return _pretty(given | {"properties": _object(call.properties), "context": _object(call.context)})


def _object(text: bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text.decode("utf-8", "replace")


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _clock(ctx: Context, microseconds: int) -> str:
    return _local(ctx, microseconds).strftime("%H:%M:%S")


def _exact(ctx: Context, microseconds: int) -> str:
    """To the millisecond, in the reader's zone with its name."""
    at = _local(ctx, microseconds)
    return f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03} {at.tzname()}"


def _local(ctx: Context, microseconds: int) -> datetime:
    return instant_of(microseconds).astimezone(ctx.tz)
