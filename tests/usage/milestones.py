"""Product events, ties and readers for tests of milestones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.queries.turns import counting_entries
from tenure.kernel import clock
from tenure.stream.enums import TieReason
from tenure.stream.models import EVER, Tie
from tenure.stream.readers import Window
from tenure.usage.domain.evaluation import SeenEvent
from tenure.usage.domain.milestones import MilestoneRule
from tenure.usage.enums import MilestoneKind
from tenure.usage.milestone_readers import read_milestones
from tenure.usage.receivers import follow_ties
from tenure.workspace.jobs import system_context
from tenure.workspace.scope import enter
from tests.usage.given import given_events

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tenure.stream.store.client import EventStore
    from tests.world import Company

RULES = (
    MilestoneRule(MilestoneKind.SIGN_UP, ("Signed Up",)),
    MilestoneRule(MilestoneKind.FIRST_USE, ("Signed In",)),
    MilestoneRule(MilestoneKind.FIRST_VALUE, ("Order Completed",)),
    MilestoneRule(MilestoneKind.CORE_USE, ("Order Dispatched",)),
)
_places = count(1)


def day(text: str) -> datetime:
    """A day's midnight, or an instant, in UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Product:
    """The product of a company, whose events come one after another and are read at once."""

    def __init__(self, company: Company, store: EventStore) -> None:
        """Nothing has been read yet."""
        self.company, self.store = company, store
        self._read = 0
        self._revision = 0

    def sends(self, subject: str, *events: tuple[str, str]) -> None:
        """Events, (name, when) each, of one subject; the reader takes them."""
        self.sent(subject, *events)
        self.read()

    def sent(self, subject: str, *events: tuple[str, str]) -> None:
        """Events that nobody has read yet."""
        rows = [(subject, SeenEvent(name, day(at), {}, "", seq=next(_places), idx=0)) for name, at in events]
        self._read, self._last = min(self._read or rows[0][1].seq - 1, rows[0][1].seq - 1), rows[-1][1].seq
        given_events(self.store, self.company.workspace.pk, rows)

    def read(self) -> None:
        """What the readers' process does with what was sent."""
        ctx = system_context(self.company.workspace.pk)
        with enter(ctx.scope):
            read_milestones(ctx, Window(self.company.workspace.pk, self._read, self._last))

    def ties(self, subject: str, account: Account | None, since: datetime = EVER) -> None:
        """A subject is somebody's from now on."""
        with enter(self.company.owner.ctx.scope):
            self._revision += 1
            Tie.objects.update_or_create(
                workspace_id=self.company.workspace.pk,
                subject=subject,
                since_at=since,
                defaults={
                    "account_id": account.pk if account else None,
                    "reason": TieReason.MEMBER,
                    "made_at": clock.now(),
                    "revision": self._revision,
                },
            )

    def hears(self) -> None:
        """What the consumer does after somebody became known."""
        ctx = system_context(self.company.workspace.pk)
        with enter(ctx.scope):
            follow_ties(ctx, [])

    def stages(self, account: Account) -> dict[str, str]:
        """The account's stages with their instants, as the ledger has them now."""
        with enter(self.company.owner.ctx.scope):
            rows = counting_entries().filter(account=account).order_by("entered_at", "stage")
            return {stage: _short(at) for stage, at in rows.values_list("stage", "entered_at")}

    def entries(self, account: Account) -> list[tuple[str, str, str]]:
        """(stage, when, proof kind) of the entries that count."""
        with enter(self.company.owner.ctx.scope):
            rows = counting_entries().filter(account=account).order_by("entered_at", "stage")
            return [(row.stage, _short(row.entered_at), row.proof_kind) for row in rows]


def _short(at: datetime) -> str:
    return at.isoformat(" ", "minutes").removesuffix("+00:00").removesuffix(" 00:00")


def weekly(*days: str) -> Iterable[tuple[str, str]]:
    """Core use on these days."""
    return [("Order Dispatched", on) for on in days]


def turn_ids(company: Company, account: Account) -> set[UUID]:
    """The turns that the account's entries stand on."""
    with enter(company.owner.ctx.scope):
        return set(counting_entries().filter(account=account).values_list("turn_id", flat=True))
