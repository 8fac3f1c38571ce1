"""Whose turns one sees."""

from __future__ import annotations

from tenure.directory.models import Turn
from tenure.insights.cohort import Cohort
from tenure.insights.queries.reach import turns_of
from tenure.market.actions.create_lead import create_lead
from tenure.workspace.enums import GrantScope
from tenure.workspace.scope import enter


def _seen(persona):
    ctx = persona.ctx
    with enter(ctx.scope):
        turns = turns_of(ctx, Cohort.read(ctx, {}))
        return sorted((Turn.objects.all() if turns is None else turns).values_list("key", flat=True))


def test_turns_of_a_member_with_rights_over_their_own_are_those_of_their_accounts_and_leads(acme):
    ben = acme.member("Editor", name="Ben", scope=GrantScope.OWN)
    mine, other = acme.account("Hollis", owner=ben.member_id), acme.account("Brightwater")
    leads = [
        create_lead(acme.owner.ctx, values)
        for values in (
            {"name": "On my account", "account": mine.pk},
            {"name": "My own", "owner": ben.member_id},
            {"name": "On another account", "account": other.pk, "owner": ben.member_id},
            {"name": "Nobody's"},
        )
    ]

    assert _seen(ben) == sorted(f"lead:{lead.pk}" for lead in leads[:2])
    assert len(_seen(acme.owner)) == 4


def test_turns_of_a_member_with_rights_below_an_account_are_its_own(acme):
    account, other = acme.account("Hollis"), acme.account("Brightwater")
    ben = acme.member("Editor", name="Ben", scope=GrantScope.SUBTREE, account=account)
    lead = create_lead(acme.owner.ctx, {"name": "Ana", "account": account.pk})
    create_lead(acme.owner.ctx, {"name": "Cleo", "account": other.pk})

    assert _seen(ben) == [f"lead:{lead.pk}"]
