"""Product events move turns through the stage ledger: who writes what, late events, late ties, mended ties, replays."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tenure.directory.models import StageEntry
from tenure.market.models import Lead
from tenure.stream import correcting
from tenure.stream.actions.correct_events import correct_events
from tenure.stream.queries.corrections import EventFilter
from tenure.usage.actions.recount_milestones import recount_milestones
from tenure.usage.actions.set_milestones import RECOUNT, set_milestones
from tenure.usage.actions.settle_milestones import settle_milestones
from tenure.usage.domain.milestones import MilestoneRule
from tenure.usage.enums import MilestoneKind
from tenure.workspace.jobs import bodies
from tenure.workspace.scope import enter
from tests.billing.world import subscribed
from tests.usage.milestones import RULES, Product, day, turn_ids, weekly

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(acme, event_store):
    set_milestones(acme.owner.ctx, RULES)
    return Product(acme, event_store)


def buys(acme, account, on: str, **values) -> None:
    """A subscription of 100 EUR a month."""
    subscribed(acme, account, on, **{"term": "year", **values})


def test_sign_up_becomes_lead_and_first_use_a_trial_on_the_same_turn(acme, product):
    account = acme.account()
    product.ties("u:1", account)

    product.sends("u:1", ("Signed Up", "2026-03-02T09:00"), ("Signed In", "2026-03-04T10:00"))

    assert product.entries(account) == [("lead", "2026-03-02 09:00", "lead"), ("opportunity", "2026-03-04 10:00", "trial")]
    assert len(turn_ids(acme, account)) == 1
    with enter(acme.owner.ctx.scope):
        lead = Lead.objects.get()
        assert (lead.account_id, lead.company, lead.first_contact_at) == (account.pk, account.name, day("2026-03-02T09:00"))


def test_events_of_nobody_wait_until_they_are_tied(acme, product):
    account = acme.account()
    product.sends("u:1", ("Signed Up", "2026-03-02"), ("Signed In", "2026-03-04"))
    assert product.stages(account) == {}

    product.ties("u:1", account)
    product.hears()

    assert product.stages(account) == {"lead": "2026-03-02", "opportunity": "2026-03-04"}


def test_earlier_first_use_that_comes_late_voids_and_replaces(acme, product):
    account = acme.account()
    product.ties("u:1", account)
    product.sends("u:1", ("Signed In", "2026-03-04"))
    product.sends("u:1", ("Signed In", "2026-03-10"))
    product.sends("u:1", ("Signed In", "2026-02-20"))

    assert product.stages(account) == {"opportunity": "2026-02-20"}
    with enter(acme.owner.ctx.scope):
        kept = StageEntry.objects.filter(account=account, voids=None).order_by("recorded_at", "id")
        assert [(entry.entered_at, entry.voided_at is None) for entry in kept] == [
            (day("2026-03-04"), False),
            (day("2026-02-20"), True),
        ]


def test_replayed_events_change_nothing(acme, product):
    account = acme.account()
    product.ties("u:1", account)
    product.sends("u:1", ("Signed Up", "2026-03-02"), ("Signed In", "2026-03-04"))
    before = acme.event_types()

    product.read()
    recount_milestones(acme.owner.ctx)

    assert acme.event_types() == before


def test_correction_of_events_has_milestones_read_anew(acme, product, monkeypatch):
    monkeypatch.setattr("tenure.stream.actions.correct_events.written_upto", lambda: 2**40)
    account = acme.account()
    product.ties("u:1", account)
    product.sends("u:1", ("Signed In", "2026-03-04"), ("Signed In", "2026-04-09"))
    assert product.stages(account) == {"opportunity": "2026-03-04"}
    wanted = EventFilter(name="Signed In", since=day("2026-03-01"), until=day("2026-04-01"))

    correction = correct_events(acme.owner.ctx, wanted, reason="A load test")
    correcting.carry_out(acme.owner.ctx, correction.pk)

    # One for the rules themselves, one for the correction.
    assert ProcrastinateJob.objects.filter(task_name=RECOUNT, args__workspace=str(acme.workspace.pk)).count() == 2
    bodies[RECOUNT](acme.owner.ctx)
    assert product.stages(account) == {"opportunity": "2026-04-09"}


def test_mended_tie_takes_the_history_along(acme, product):
    wrong, right = acme.account("Wrong"), acme.account("Right")
    product.ties("u:1", wrong)
    product.sends("u:1", ("Signed Up", "2026-03-02"), ("Signed In", "2026-03-04"))

    product.ties("u:1", right)
    product.hears()

    assert product.stages(wrong) == {}
    assert product.stages(right) == {"lead": "2026-03-02", "opportunity": "2026-03-04"}


def test_subject_that_moved_on_a_day_splits_its_history_there(acme, product):
    before, after = acme.account("Before"), acme.account("After")
    product.ties("u:1", before)
    product.ties("u:1", after, since=day("2026-03-03"))

    product.sends("u:1", ("Signed In", "2026-03-02"), ("Signed In", "2026-03-05"))

    assert product.stages(before) == {"opportunity": "2026-03-02"}
    assert product.stages(after) == {"opportunity": "2026-03-05"}


def test_first_value_and_core_use_count_once_the_account_has_bought(acme, product):
    account = acme.account()
    product.ties("u:1", account)
    product.sends("u:1", ("Signed In", "2026-03-02"), ("Order Completed", "2026-03-05"))
    product.sends("u:1", *weekly("2026-03-03", "2026-03-10", "2026-03-26", "2026-03-27"))
    assert product.stages(account) == {"opportunity": "2026-03-02"}

    buys(acme, account, "2026-03-20")

    assert product.stages(account) == {
        "opportunity": "2026-03-02",
        "live": "2026-03-05",
        "won": "2026-03-20",
        "onboarding": "2026-03-20",
        "adopting": "2026-03-26",
    }


def test_imported_go_live_stands_before_first_value(acme, product):
    account = acme.account()
    buys(acme, account, "2026-03-01", live_on=day("2026-03-09").date())
    product.ties("u:1", account)

    product.sends("u:1", ("Order Completed", "2026-03-05"))

    assert [entry for entry in product.entries(account) if entry[0] == "live"] == [("live", "2026-03-09", "subscription_item")]


def test_use_that_began_after_the_purchase_is_no_trial(acme, product):
    account = acme.account()
    buys(acme, account, "2026-03-01")
    product.ties("u:1", account)

    product.sends("u:1", ("Signed Up", "2026-03-04"), ("Signed In", "2026-03-04"))

    assert product.stages(account) == {"won": "2026-03-01", "onboarding": "2026-03-01", "lead": "2026-03-04"}
    with enter(acme.owner.ctx.scope):
        assert Lead.objects.count() == 0


def test_purchase_that_turns_out_earlier_than_first_use_ends_the_trial(acme, product):
    account = acme.account()
    product.ties("u:1", account)
    product.sends("u:1", ("Signed In", "2026-03-04"))
    assert product.stages(account) == {"opportunity": "2026-03-04"}

    buys(acme, account, "2026-03-01")

    assert product.stages(account) == {"won": "2026-03-01", "onboarding": "2026-03-01"}


def test_other_rules_are_read_over_all_history(acme, product):
    account = acme.account()
    product.ties("u:1", account)
    product.sends("u:1", ("Signed In", "2026-03-04"), ("Opened", "2026-03-01"))

    set_milestones(acme.owner.ctx, [MilestoneRule(MilestoneKind.FIRST_USE, ("Opened",))])
    recount_milestones(acme.owner.ctx)

    assert product.stages(account) == {"opportunity": "2026-03-01"}


def test_settle_milestones_tells_how_many_moved_and_moves_none_twice(acme, product):
    account = acme.account()
    product.ties("u:1", account)
    product.sent("u:1", ("Signed Up", "2026-03-02"), ("Signed In", "2026-03-04"))

    assert settle_milestones(acme.owner.ctx, [account.pk]) == 2
    assert settle_milestones(acme.owner.ctx, [account.pk]) == 0
    assert acme.event_types().count("usage.milestone_moved") == 2
    assert product.stages(account) == {"lead": "2026-03-02", "opportunity": "2026-03-04"}
