"""What the usage room tells members: an account of theirs has come to a threshold of a quota."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from tenure.directory.models import Account
from tenure.usage.domain.numbers import shown
from tenure.usage.events import QuotaThresholdReached
from tenure.usage.models import Meter
from tenure.workspace.notifying import Notice, NoticeKind, register_notices, register_notifier, short

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import OutboxEvent

REACHED = "usage.quota_threshold_reached"


def tell_own(ctx: Context, events: Sequence[OutboxEvent]) -> Iterator[Notice]:
    """A notice to the owner of each account that came to a threshold."""
    del ctx
    accounts = {account.pk: account for account in Account.objects.filter(pk__in={event.account_id for event in events})}
    meters = Meter.objects.in_bulk({UUID(event.payload["meter_id"]) for event in events})
    for event in events:
        account, meter = accounts.get(event.account_id), meters.get(UUID(event.payload["meter_id"]))
        if account is None or meter is None or account.owner_id is None:
            continue
        facts = {
            "account": short(account.name),
            "meter": short(meter.name),
            "threshold": event.payload["threshold"],
            "used": shown(Decimal(event.payload["used"])),
            "amount": " ".join(filter(None, [shown(Decimal(event.payload["amount"])), meter.unit])),
        }
        yield Notice(account.owner_id, REACHED, event.pk, facts, f"accounts/{account.pk}/")


def _reached(facts: Mapping[str, Any]) -> str:
    return _("%(account)s has used %(used)s of %(amount)s of %(meter)s: %(threshold)s %% of its quota.") % facts


def register_own_notices() -> None:
    """The kind, and who tells it."""
    register_notices(NoticeKind(REACHED, "gauge", _reached))
    register_notifier("usage.notices", (QuotaThresholdReached,), tell_own)
