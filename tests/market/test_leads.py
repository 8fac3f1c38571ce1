from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenure.directory.models import StageEntry, Turn
from tenure.directory.queries.turns import counting_entries
from tenure.market.actions.create_channel import create_channel
from tenure.market.actions.create_lead import create_lead
from tenure.market.actions.delete_leads import delete_leads
from tenure.market.actions.disqualify_lead import disqualify_lead
from tenure.market.actions.qualify_lead import qualify_lead
from tenure.market.actions.update_lead import update_lead
from tenure.market.enums import ChannelKind, LeadStatus
from tenure.market.errors import LeadConverted, NameTaken, ReasonMissing
from tenure.market.models import Lead
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.models import ChangeSet
from tenure.workspace.scope import enter

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def stages(ctx, lead):
    with enter(ctx.scope):
        return list(
            counting_entries()
            .filter(turn__lead_id=lead.pk)
            .order_by("entered_at", "recorded_at")
            .values_list("stage", "reason", "proof_id")
        )


def test_create_lead_opens_a_turn_at_stage_lead(acme):
    ctx = acme.owner.ctx

    lead = create_lead(ctx, {"name": " Ana Ruiz ", "email": "Ana@Ibarra.example", "first_contact_at": MONDAY})

    assert (lead.name, lead.email_key, lead.status) == ("Ana Ruiz", "ana@ibarra.example", LeadStatus.NEW)
    assert stages(ctx, lead) == [("lead", "", lead.pk)]
    with enter(ctx.scope):
        turn = Turn.objects.get()
        assert (turn.key, turn.opened_at, turn.account_id) == (f"lead:{lead.pk}", MONDAY, None)
        assert StageEntry.objects.get().entered_at == MONDAY
    assert acme.event_types() == ["market.lead_created", "directory.turn_opened", "directory.stage_entered"]


def test_create_lead_with_an_account_stands_on_the_account(acme):
    ctx = acme.owner.ctx
    account = acme.account()

    create_lead(ctx, {"name": "Ana Ruiz", "account": account.pk})

    with enter(ctx.scope):
        assert account.refreshed().stage == "lead"


def test_qualify_lead_enters_qualified_once_and_is_taken_back_by_undo(acme):
    ctx = acme.owner.ctx
    lead = create_lead(ctx, {"name": "Ana Ruiz", "first_contact_at": MONDAY})

    first = qualify_lead(ctx, lead.pk)
    again = qualify_lead(ctx, lead.pk)

    assert (first.status, again.qualified_at) == (LeadStatus.QUALIFIED, first.qualified_at)
    assert [stage for stage, _, _ in stages(ctx, lead)] == ["lead", "qualified"]

    with enter(ctx.scope):
        change_set = ChangeSet.objects.get()
    undo_change_set(ctx, change_set.pk)

    assert [stage for stage, _, _ in stages(ctx, lead)] == ["lead"]
    with enter(ctx.scope):
        assert Lead.objects.values_list("verdict", "qualified_at").get() == (LeadStatus.NEW, None)


def test_disqualify_lead_enters_lost_with_the_reason_and_qualify_brings_it_back(acme):
    ctx = acme.owner.ctx
    lead = create_lead(ctx, {"name": "Ana Ruiz", "first_contact_at": MONDAY})

    disqualify_lead(ctx, lead.pk, reason=" no budget ")
    lost = stages(ctx, lead)
    qualify_lead(ctx, lead.pk)

    assert lost == [("lead", "", lead.pk), ("lost", "no budget", lead.pk)]
    assert [stage for stage, _, _ in stages(ctx, lead)] == ["lead", "qualified"]


def test_disqualify_lead_without_a_reason_is_refused(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz"})

    with pytest.raises(ReasonMissing):
        disqualify_lead(acme.owner.ctx, lead.pk, reason=" ")


def test_qualify_lead_that_is_converted_is_refused(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz", "status": LeadStatus.CONVERTED})

    with pytest.raises(LeadConverted):
        qualify_lead(acme.owner.ctx, lead.pk)


def test_update_lead_of_the_first_contact_corrects_the_ledger(acme):
    ctx = acme.owner.ctx
    lead = create_lead(ctx, {"name": "Ana Ruiz"})

    update_lead(ctx, lead.pk, {"first_contact_at": MONDAY})

    with enter(ctx.scope):
        assert list(counting_entries().values_list("stage", "entered_at")) == [("lead", MONDAY)]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"qualified_at": MONDAY}, LeadStatus.QUALIFIED),
        ({"disqualified_at": MONDAY}, LeadStatus.DISQUALIFIED),
        ({"status": LeadStatus.QUALIFIED}, LeadStatus.QUALIFIED),
        ({"status": LeadStatus.DISQUALIFIED, "disqualified_at": MONDAY, "qualified_at": MONDAY}, LeadStatus.DISQUALIFIED),
        ({}, LeadStatus.NEW),
    ],
)
def test_create_lead_status_follows_what_is_known(acme, values, status):
    assert create_lead(acme.owner.ctx, {"name": "Ana Ruiz", **values}).status == status


def test_delete_leads_voids_their_stages_and_undo_enters_them_again(acme):
    ctx = acme.owner.ctx
    lead = create_lead(ctx, {"name": "Ana Ruiz", "first_contact_at": MONDAY, "qualified_at": MONDAY})

    change_set = delete_leads(ctx, [lead.pk])
    gone = stages(ctx, lead)
    undo_change_set(ctx, change_set.pk)

    assert gone == []
    assert sorted(stage for stage, _, _ in stages(ctx, lead)) == ["lead", "qualified"]


def test_create_channel_takes_its_kind_from_its_name(acme):
    channel = create_channel(acme.owner.ctx, {"name": "Paid Search"})

    assert (channel.kind, channel.name_key) == (ChannelKind.PAID_SEARCH, "paid search")


def test_create_channel_of_a_name_written_differently_is_refused(acme):
    create_channel(acme.owner.ctx, {"name": "Paid Search"})

    with pytest.raises(NameTaken):
        create_channel(acme.owner.ctx, {"name": "paid_search"})


def test_lead_of_another_account_is_hidden_from_an_outsider(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz", "account": acme.account("Hollis").pk})
    ctx = acme.outsider_ctx(acme.account("Brightwater"))

    with enter(ctx.scope):
        assert list(Lead.objects.filter(pk=lead.pk)) == []
