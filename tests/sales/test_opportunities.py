from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenure.directory.actions.delete_accounts import delete_accounts
from tenure.directory.models import Account, Person, Turn
from tenure.directory.queries.turns import counting_entries
from tenure.market.actions.create_lead import create_lead
from tenure.market.enums import LeadStatus
from tenure.market.errors import LeadConverted
from tenure.market.models import Lead
from tenure.sales.actions.convert_lead import convert_lead
from tenure.sales.actions.create_agent import create_agent
from tenure.sales.actions.create_opportunity import create_opportunity
from tenure.sales.actions.delete_opportunities import delete_opportunities
from tenure.sales.actions.delete_pipeline_stages import delete_pipeline_stages
from tenure.sales.actions.move_opportunity import move_opportunity
from tenure.sales.actions.update_opportunity import update_opportunity
from tenure.sales.errors import AccountNeeded, AmountNegative, StageInUse
from tenure.sales.models import Opportunity, OpportunityStep, PipelineStage
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.scope import enter

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


def stage(ctx, name):
    with enter(ctx.scope):
        return PipelineStage.objects.get(name=name).pk


def stages(ctx, deal):
    with enter(ctx.scope):
        turn = Opportunity.everything.get(pk=deal.pk).turn_id
        return dict(counting_entries().filter(turn_id=turn).values_list("stage", "entered_at"))


def test_open_workspace_begins_with_a_pipeline(acme):
    with enter(acme.owner.ctx.scope):
        assert list(PipelineStage.objects.order_by("position").values_list("name", "meaning")) == [
            ("Prospecting", "open"), ("Engaging", "open"), ("Proposal", "open"), ("Negotiation", "open"), ("Won", "won"), ("Lost", "lost"),
        ]  # fmt: skip


def test_create_opportunity_opens_a_turn_and_puts_the_account_there(acme):
    ctx, account = acme.owner.ctx, acme.account()

    deal = create_opportunity(ctx, {"account": account.pk, "engaged_at": MONDAY, "amount": 120_00})

    assert (deal.outcome, deal.currency, deal.stage_id) == ("open", "EUR", stage(ctx, "Prospecting"))
    assert stages(ctx, deal) == {"opportunity": MONDAY}
    with enter(ctx.scope):
        turn = Turn.objects.get()
        assert (turn.key, turn.account_id, turn.opportunity_id) == (f"opportunity:{deal.pk}", account.pk, deal.pk)
        assert account.refreshed().stage == "opportunity"


def test_move_opportunity_to_won_ends_it_and_undo_opens_it_again(acme):
    ctx, account = acme.owner.ctx, acme.account()
    deal = create_opportunity(ctx, {"account": account.pk, "engaged_at": MONDAY})

    won = move_opportunity(ctx, deal.pk, stage(ctx, "Won"), reason="best fit")
    entered = stages(ctx, deal)
    undo_change_set(ctx, won.last_change_set.pk)

    assert (won.outcome, won.reason, entered) == ("won", "best fit", {"opportunity": MONDAY, "won": won.closed_at})
    assert stages(ctx, deal) == {"opportunity": MONDAY}
    with enter(ctx.scope):
        assert Opportunity.objects.values_list("outcome", "closed_at", "reason").get() == ("open", None, "")
        assert account.refreshed().stage == "opportunity"
        assert list(OpportunityStep.objects.order_by("recorded_at").values_list("outcome", flat=True)) == ["open", "won", "open"]


def test_move_opportunity_again_leaves_when_it_ended(acme):
    ctx = acme.owner.ctx
    deal = create_opportunity(ctx, {"name": "Hundred seats"})

    first = move_opportunity(ctx, deal.pk, stage(ctx, "Lost"), reason="price")
    again = move_opportunity(ctx, deal.pk, stage(ctx, "Lost"))

    assert (again.closed_at, again.reason) == (first.closed_at, "price")
    with enter(ctx.scope):
        assert list(counting_entries().filter(stage="lost").values_list("reason", flat=True)) == ["price"]


def test_create_opportunity_of_a_lead_goes_on_with_the_leads_turn(acme):
    ctx = acme.owner.ctx
    lead = create_lead(ctx, {"name": "Ana Ruiz", "first_contact_at": MONDAY})

    deal = create_opportunity(ctx, {"lead": lead.pk, "stage": stage(ctx, "Won"), "engaged_at": FRIDAY, "closed_at": FRIDAY})

    assert stages(ctx, deal) == {"lead": MONDAY, "opportunity": FRIDAY, "won": FRIDAY}
    with enter(ctx.scope):
        assert Turn.objects.values_list("lead_id", "opportunity_id").get() == (lead.pk, deal.pk)
        assert Lead.objects.values_list("status", "converted_at").get() == (LeadStatus.CONVERTED, FRIDAY)


def test_delete_opportunities_gives_the_lead_back(acme):
    ctx = acme.owner.ctx
    lead = create_lead(ctx, {"name": "Ana Ruiz", "first_contact_at": MONDAY, "qualified_at": MONDAY})
    deal = create_opportunity(ctx, {"lead": lead.pk})

    change_set = delete_opportunities(ctx, [deal.pk])
    with enter(ctx.scope):
        between = Lead.objects.values_list("status", "converted_at").get()
    undo_change_set(ctx, change_set.pk)

    assert between == (LeadStatus.QUALIFIED, None)
    with enter(ctx.scope):
        assert Lead.objects.get().status == LeadStatus.CONVERTED


def test_update_opportunity_to_another_lead_frees_the_first(acme):
    ctx = acme.owner.ctx
    first, second = (create_lead(ctx, {"name": name, "first_contact_at": MONDAY}) for name in ("Ana", "Ben"))
    deal = create_opportunity(ctx, {"lead": first.pk, "engaged_at": FRIDAY})

    update_opportunity(ctx, deal.pk, {"lead": second.pk})

    with enter(ctx.scope):
        assert dict(Lead.objects.values_list("name", "status")) == {"Ana": LeadStatus.NEW, "Ben": LeadStatus.CONVERTED}
        assert list(counting_entries().filter(turn__lead_id=first.pk).values_list("stage", flat=True)) == ["lead"]
    assert stages(ctx, deal) == {"lead": MONDAY, "opportunity": FRIDAY}


def test_expansion_of_a_customer_opens_a_turn_of_its_own(acme):
    ctx, account = acme.owner.ctx, acme.account()
    create_opportunity(ctx, {"account": account.pk, "stage": stage(ctx, "Won"), "closed_at": MONDAY})

    create_opportunity(ctx, {"account": account.pk, "kind": "expansion", "engaged_at": FRIDAY})

    with enter(ctx.scope):
        assert sorted(Turn.objects.values_list("kind", flat=True)) == ["expansion", "first_purchase"]
        assert account.refreshed().stage == "won"


def test_delete_accounts_takes_its_deals_along_and_undo_brings_them_back(acme):
    ctx, account = acme.owner.ctx, acme.account()
    deal = create_opportunity(ctx, {"account": account.pk, "engaged_at": MONDAY})

    change_set = delete_accounts(ctx, [account.pk])
    gone = stages(ctx, deal)
    undo_change_set(ctx, change_set.pk)

    assert (gone, stages(ctx, deal)) == ({}, {"opportunity": MONDAY})


def test_convert_lead_makes_account_person_and_deal_that_undo_takes_back(acme):
    ctx = acme.owner.ctx
    lead = create_lead(
        ctx, {"name": "Ana Ruiz", "email": "ana@ibarra.example", "company": "Talleres Ibarra", "first_contact_at": MONDAY}
    )

    deal = convert_lead(ctx, lead.pk, {"amount": 500_00})
    with enter(ctx.scope):
        account, person = Account.objects.get(), Person.objects.get()
        linked = Lead.objects.values_list("status", "account_id", "person_id").get()
    undo_change_set(ctx, deal.last_change_set.pk)

    assert (deal.account_id, deal.person_id, deal.lead_id, deal.name) == (account.pk, person.pk, lead.pk, "Talleres Ibarra")
    assert (account.name, person.email, linked) == (
        "Talleres Ibarra",
        "ana@ibarra.example",
        (LeadStatus.CONVERTED, account.pk, person.pk),
    )
    with enter(ctx.scope):
        assert (Account.objects.count(), Person.objects.count(), Opportunity.objects.count()) == (0, 0, 0)
        assert Lead.objects.values_list("status", "account_id").get() == (LeadStatus.NEW, None)


def test_convert_lead_without_anybody_to_sell_to_is_refused(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz"})

    with pytest.raises(AccountNeeded):
        convert_lead(acme.owner.ctx, lead.pk, {})


def test_convert_lead_twice_is_refused(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz", "company": "Talleres Ibarra"})
    convert_lead(acme.owner.ctx, lead.pk, {})

    with pytest.raises(LeadConverted):
        convert_lead(acme.owner.ctx, lead.pk, {})


def test_create_opportunity_sold_by_a_member_is_theirs(acme):
    ctx = acme.owner.ctx
    agent = create_agent(ctx, {"name": "Ana Müller", "member": ctx.member_id})

    assert create_opportunity(ctx, {"name": "Hundred seats", "agent": agent.pk}).owner_id == ctx.member_id


def test_create_opportunity_open_with_an_end_expects_it(acme):
    deal = create_opportunity(acme.owner.ctx, {"name": "Hundred seats", "closed_at": FRIDAY})

    assert (deal.closed_at, deal.expected_close_on) == (None, FRIDAY.date())


def test_create_opportunity_below_zero_is_refused(acme):
    with pytest.raises(AmountNegative):
        create_opportunity(acme.owner.ctx, {"name": "Hundred seats", "amount": -1})


def test_delete_pipeline_stages_with_deals_in_them_is_refused(acme):
    ctx = acme.owner.ctx
    deal = create_opportunity(ctx, {"name": "Hundred seats"})

    with pytest.raises(StageInUse):
        delete_pipeline_stages(ctx, [deal.stage_id])


def test_opportunity_of_another_account_is_hidden_from_an_outsider(acme):
    create_opportunity(acme.owner.ctx, {"account": acme.account("Hollis").pk})
    ctx = acme.outsider_ctx(acme.account("Brightwater"))

    with enter(ctx.scope):
        assert (Opportunity.objects.count(), OpportunityStep.objects.count(), PipelineStage.objects.count()) == (0, 0, 0)
