"""What the tracking plan, replays, corrections and retention refuse, and why."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, Invalid


class CorrectionTakesEverything(Invalid):
    """A correction without any condition."""

    code = "correction_takes_everything"
    message = "Say which events: by id, name, subject, account, source, time or a property."


class CorrectionChangesNothing(Invalid):
    """An amendment that sets and removes nothing."""

    code = "correction_changes_nothing"
    message = "Say which properties are set or removed."


class CorrectionFindsNothing(Conflict):
    """No event passes the filter."""

    code = "correction_finds_nothing"
    message = "No event passes this filter, so there is nothing to correct."


class CorrectionNotRunning(Conflict):
    """It has ended already."""

    code = "correction_not_running"
    message = "This correction is not under way any more."


class ReplayNotRunning(Conflict):
    """It has ended already."""

    code = "replay_not_running"
    message = "This replay is not under way any more."


class RefusalHandled(Conflict):
    """The call was replayed or dismissed."""

    code = "refusal_handled"
    message = "This call was replayed or dismissed already."


class ReplayRefused(Invalid):
    """The mended call is still not acceptable."""

    code = "replay_refused"
    message = "Still refused: {reason}"


class PlanUnreadable(Invalid):
    """An expected property is not well said."""

    code = "plan_unreadable"
    message = "The plan's properties need a name each, once, and known types."


class CatalogueFull(Conflict):
    """The workspace has as many names as are kept."""

    code = "catalogue_full"
    message = "A workspace's catalogue holds {most} names; it is full."


class AccountTooWide(Invalid):
    """More subjects than one statement may name."""

    code = "account_too_wide"
    message = "This account has more than {most} subjects: correct its events by subject, name or time."


class CorrectionFailed(Exception):
    """The event store could not carry a correction out; it says why."""
