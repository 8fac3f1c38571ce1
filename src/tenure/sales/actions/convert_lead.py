"""A lead becomes a deal with an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from tenure.directory.queries.accounts import get_account
from tenure.directory.records import ACCOUNT, PERSON
from tenure.market.enums import LeadStatus
from tenure.market.errors import LeadConverted
from tenure.market.models import Lead
from tenure.market.queries.records import get_record
from tenure.market.records import LEAD
from tenure.sales.errors import AccountNeeded
from tenure.sales.models import Opportunity
from tenure.sales.records import OPPORTUNITY
from tenure.workspace.action import action
from tenure.workspace.change_sets import finish_change_set, start_change_set
from tenure.workspace.enums import ChangeSetKind
from tenure.workspace.records import Change, insert_records, update_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordType


@action("sales.convert_lead")
def convert_lead(ctx: Context, lead_id: UUID, values: Mapping[str, Any]) -> Opportunity:
    """Open a deal that goes on with the lead's turn, so that the chain from the first touch is never broken.

    values: fields of the deal (records/opportunity.py). Without an account, one is made of the lead's company; without a person, one
    of the lead's name. Lead, account, person and deal are one change set, which can be undone.
    Raises NotFound, LeadConverted, AccountNeeded, PermissionMissing where an account or a person is to be made and may not.
    Idempotent by lead: it is converted once.
    """
    lead: Lead = get_record(ctx, LEAD, lead_id, permission="sales.convert_lead", related=("account", "person"))
    if lead.status == LeadStatus.CONVERTED:
        raise LeadConverted
    change_set, log = start_change_set(ctx, ChangeSetKind.EDIT, title=str(lead))
    within = ctx.within(log)
    account_id = _account_of(within, lead, values.get("account"))
    person_id = _person_of(within, lead, account_id, values.get("person"))
    about = {
        "name": lead.company or lead.name,
        "owner": lead.owner_id,
        "account": account_id,
        "person": person_id,
        "lead": lead.pk,
    }
    deal = cast(
        "Opportunity",
        _insert(
            within, OPPORTUNITY, {name: value for name, value in {"engaged_at": ctx.now(), **about, **values}.items() if value}
        ),
    )
    update_records(within, LEAD, [Change(lead, {"account": account_id, "person": person_id})])
    finish_change_set(ctx, change_set, created=log.position - 1, updated=1)
    deal.last_change_set = change_set
    ctx.audit(deal, lead=str(lead.pk), change_set=str(change_set.pk))
    return deal


def _account_of(ctx: Context, lead: Lead, wanted: UUID | None) -> UUID:
    if wanted or lead.account_id:
        return get_account(ctx, wanted or lead.account_id).pk  # type: ignore[arg-type]
    if not lead.company:
        raise AccountNeeded
    ctx.require(ACCOUNT.create_permission)
    values = {"name": lead.company, "country": lead.country, "segment": lead.segment_id, "owner": lead.owner_id}
    return _insert(ctx, ACCOUNT, {name: value for name, value in values.items() if value}).pk


def _person_of(ctx: Context, lead: Lead, account_id: UUID, wanted: UUID | None) -> UUID | None:
    if wanted or lead.person_id or not lead.name:
        return wanted or lead.person_id
    ctx.require(PERSON.create_permission)
    values = {
        "name": lead.name,
        "email": lead.email,
        "phone": lead.phone,
        "title": lead.title,
        "persona": lead.persona,
        "account": account_id,
    }
    return _insert(ctx, PERSON, {name: value for name, value in values.items() if value}).pk


def _insert(ctx: Context, record: RecordType, values: dict[str, Any]) -> Any:  # noqa: ANN401 - a row of the record
    row = record.build(ctx, values)
    insert_records(ctx, record, [row], values.keys())
    return row
