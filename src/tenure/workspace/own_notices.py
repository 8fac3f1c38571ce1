"""What this room tells members: an invitation of theirs was accepted, long work of theirs came to its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.workspace.enums import ActorKind, ChangeSetKind, ChangeSetState
from tenure.workspace.events_of_rights import MemberJoined
from tenure.workspace.events_of_work import BulkWorkEnded, ImportEnded
from tenure.workspace.models import ChangeSet, ImportRun, Invitation
from tenure.workspace.notifying import Notice, NoticeKind, register_notices, register_notifier, short

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import OutboxEvent

Facts = Mapping[str, Any]


def tell_own(_ctx: Context, events: Sequence[OutboxEvent]) -> Iterator[Notice]:
    """Notices of this room's events."""
    by_type: dict[str, dict[Any, OutboxEvent]] = {}
    for event in events:
        by_type.setdefault(event.type, {})[event.subject_id] = event
    yield from _joined(by_type.get(MemberJoined.type, {}))
    yield from _imported(by_type.get(ImportEnded.type, {}))
    yield from _bulk(by_type.get(BulkWorkEnded.type, {}))


def _joined(events: Mapping[Any, OutboxEvent]) -> Iterator[Notice]:
    accepted = Invitation.objects.filter(member_id__in=list(events), accepted_at__isnull=False, invited_by_id__isnull=False)
    for invitation in accepted.select_related("member"):
        yield Notice(
            invitation.invited_by_id,
            "workspace.invitation_accepted",
            events[invitation.member_id].pk,
            {"who": short(invitation.member.name)},
            f"settings/members/{invitation.member_id}/",
        )


def _imported(events: Mapping[Any, OutboxEvent]) -> Iterator[Notice]:
    """An import that found nothing new (a saved one that looks again and again) is not worth telling."""
    runs = ImportRun.objects.filter(pk__in=list(events), actor_kind=ActorKind.MEMBER).select_related("change_set")
    for run in runs:
        event, work = events[run.pk], run.change_set
        stopped = event.payload["state"] == ChangeSetState.INTERRUPTED
        if work is None or not (stopped or work.created or work.updated or work.failed):
            continue
        facts = {"title": short(str(run)), "created": work.created, "updated": work.updated, "failed": work.failed}
        kind = "workspace.import_stopped" if stopped else "workspace.import_finished"
        yield Notice(run.actor_id, kind, event.pk, facts, f"imports/{run.pk}/")


def _bulk(events: Mapping[Any, OutboxEvent]) -> Iterator[Notice]:
    for work in ChangeSet.objects.filter(pk__in=list(events), actor_kind=ActorKind.MEMBER):
        is_edit = work.kind == ChangeSetKind.BULK_EDIT
        facts = {"title": short(str(work)), "count": work.updated if is_edit else work.deleted, "is_edit": is_edit}
        yield Notice(work.actor_id, "workspace.bulk_finished", events[work.pk].pk, facts, f"changes/{work.pk}/")


def _say_joined(facts: Facts) -> str:
    return _("%(who)s accepted your invitation.") % facts


def _say_imported(facts: Facts) -> str:
    if facts["failed"]:
        return (
            ngettext(
                "Your import %(title)s is done: %(created)s created, %(updated)s updated, %(failed)s row needs mending.",
                "Your import %(title)s is done: %(created)s created, %(updated)s updated, %(failed)s rows need mending.",
                facts["failed"],
            )
            % facts
        )
    return _("Your import %(title)s is done: %(created)s created, %(updated)s updated.") % facts


def _say_stopped(facts: Facts) -> str:
    return _("Your import %(title)s stopped before its end. What was written is whole; it can go on or be undone.") % facts


def _say_bulk(facts: Facts) -> str:
    if facts["is_edit"]:
        return (
            ngettext(
                "%(title)s is done: %(count)s record changed.", "%(title)s is done: %(count)s records changed.", facts["count"]
            )
            % facts
        )
    return (
        ngettext("%(title)s is done: %(count)s record deleted.", "%(title)s is done: %(count)s records deleted.", facts["count"])
        % facts
    )


def register_own_notices() -> None:
    """Make them known, and have the events read."""
    register_notices(
        NoticeKind("workspace.invitation_accepted", "user-check", _say_joined),
        NoticeKind("workspace.import_finished", "table-import", _say_imported),
        NoticeKind("workspace.import_stopped", "alert-triangle", _say_stopped),
        NoticeKind("workspace.bulk_finished", "checks", _say_bulk),
    )
    register_notifier("workspace.notices", (MemberJoined, ImportEnded, BulkWorkEnded), tell_own)
