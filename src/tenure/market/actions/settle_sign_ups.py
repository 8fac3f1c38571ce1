"""Accounts have signed up for the product by themselves, or turn out not to have: each is a lead from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.enums import AccountKind
from tenure.directory.models import Account, Turn
from tenure.market.enums import LeadStatus
from tenure.market.models import Lead
from tenure.market.records import LEAD
from tenure.workspace.action import action
from tenure.workspace.records import Change, delete_records, insert_records, update_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context

KEY = "sign-up:"


@dataclass(frozen=True, slots=True)
class SignUp:
    """An account's sign-up: when (None: there is none), and what was known of the first touch, by field of the lead."""

    account_id: UUID
    at: datetime | None
    touch: Mapping[str, str] = field(default_factory=dict)


@action("market.settle_sign_ups")
def settle_sign_ups(ctx: Context, sign_ups: Sequence[SignUp]) -> None:
    """Let there be one lead a sign-up, of the account that signed up, with its instant as the first contact.

    An account that has a turn already (it was a lead before, a deal, or a customer) gets no second one. A lead whose sign-up turns out to be
    somebody else's goes again, as long as nobody has judged it. Set-based; idempotent by account.
    """
    by_account = {one.account_id: one for one in sign_ups}
    keys = [f"{KEY}{account_id}" for account_id in by_account]
    known = {lead.external_id: lead for lead in Lead.objects.filter(external_id__any_of=keys).select_for_update(of=("self",))}
    taken = {*Turn.objects.filter(account_id__any_of=list(by_account)).values_list("account_id", flat=True)}
    accounts = {account.pk: account for account in Account.objects.filter(pk__any_of=list(by_account))}
    gone, moved, fresh = [], [], []
    for account_id, one in by_account.items():
        lead = known.get(f"{KEY}{account_id}")
        if lead is not None and one.at is None and lead.status == LeadStatus.NEW:
            gone.append(lead)
        elif lead is not None and one.at is not None and lead.first_contact_at != one.at:
            moved.append(Change(lead, {"first_contact_at": one.at}))
        elif lead is None and one.at is not None and account_id in accounts and account_id not in taken:
            fresh.append(LEAD.build(ctx, _values(accounts[account_id], one)))
    delete_records(ctx, LEAD, gone)
    update_records(ctx, LEAD, moved)
    insert_records(ctx, LEAD, fresh)


def _values(account: Account, one: SignUp) -> dict[str, Any]:
    """A company stands in the company, an individual in the name."""
    name = "company" if account.kind == AccountKind.COMPANY else "name"
    about = {"external_id": f"{KEY}{account.pk}", name: account.name, "account": account.pk, "first_contact_at": one.at}
    seen = {"segment": account.segment_id, "owner": account.owner_id, "country": account.country, **one.touch}
    return about | {key: value for key, value in seen.items() if value}
