from __future__ import annotations

from datetime import date

import pytest

from tenure.billing.actions.create_item import create_item
from tenure.billing.actions.create_subscription import create_subscription
from tenure.billing.errors import AmountNegative, CurrencyUnknown, SubscriptionEndsBeforeItStarts
from tenure.billing.models import ItemFact, MrrMovement, Subscription, SubscriptionItem
from tenure.directory.models import Account
from tenure.directory.queries.turns import counting_entries
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.scope import OutsideScope, enter
from tests.billing.world import facts, movements, subscribed


def stages(company):
    with enter(company.owner.ctx.scope):
        return [
            (stage, f"{at:%Y-%m-%d}")
            for stage, at in counting_entries().order_by("entered_at", "id").values_list("stage", "entered_at")
        ]


def test_create_subscription_writes_item_fact_movement_and_stage(acme):
    account = acme.account()

    subscription = subscribed(acme, account, "2026-01-01", 49_00)

    assert facts(acme) == [("paid", 4900, "2026-01-01", "")]
    assert movements(acme) == [("new", 49, "2026-01-01")]
    assert stages(acme) == [("won", "2026-01-01"), ("onboarding", "2026-01-01"), ("renewed", "2026-02-01")]
    with enter(acme.owner.ctx.scope):
        item = SubscriptionItem.objects.get()
        row = Subscription.objects.get()
        customer = Account.objects.get()
    assert (item.pk, item.plan, item.account_id) == (subscription.pk, "Team", account.pk)
    assert (row.plan, row.monthly_minor, row.state, row.currency) == ("Team", 4900, "running", "EUR")
    assert (customer.arr_minor, customer.stage, customer.renews_on) == (58_800, "renewed", row.renews_on)


def test_create_subscription_by_viewer_is_refused(acme):
    with pytest.raises(PermissionMissing):
        create_subscription(acme.viewer.ctx, {})


def test_create_subscription_annual_counts_a_twelfth(acme):
    # 1,200.00 a year is 100.00 a month
    subscribed(acme, acme.account(), amount=120_000, interval="year")

    assert movements(acme) == [("new", 100, "2026-01-01")]


def test_create_subscription_with_trial_is_opportunity_then_won(acme):
    subscribed(acme, acme.account(), "2026-01-01", is_trial=True, trial_ends_on=date(2026, 1, 15), ends_on=date(2026, 1, 31))

    assert facts(acme) == [("trial", 10_000, "2026-01-01", "2026-01-15"), ("paid", 10_000, "2026-01-15", "2026-01-31")]
    assert stages(acme) == [
        ("opportunity", "2026-01-01"),
        ("won", "2026-01-15"),
        ("onboarding", "2026-01-15"),
        ("churned", "2026-01-31"),
    ]


def test_create_subscription_signed_earlier_is_won_then(acme):
    subscribed(
        acme, acme.account(), "2026-01-10", signed_on=date(2025, 12, 20), live_on=date(2026, 1, 20), ends_on=date(2026, 1, 25)
    )

    assert stages(acme) == [
        ("won", "2025-12-20"),
        ("onboarding", "2025-12-20"),
        ("live", "2026-01-20"),
        ("churned", "2026-01-25"),
    ]


def test_create_subscription_that_ends_on_its_first_day_is_kept_and_never_active(acme):
    subscribed(acme, acme.account(), "2026-01-01", ends_on=date(2026, 1, 1))

    with enter(acme.owner.ctx.scope):
        assert Subscription.objects.get().state == "never_active"
    assert (facts(acme), movements(acme), stages(acme)) == ([], [], [])


def test_create_subscription_with_discount_for_some_time_expands_when_it_runs_out(acme):
    subscribed(acme, acme.account(), amount=8_000, list_amount=10_000, discount="repeating", discount_ends_on=date(2026, 4, 1))

    assert movements(acme) == [("new", 80, "2026-01-01"), ("expansion", 20, "2026-04-01")]


def test_create_subscription_of_second_kind_is_expansion(acme):
    account = acme.account()
    subscribed(acme, account)
    subscribed(acme, account, "2026-03-01", 5_000)

    assert movements(acme) == [("new", 100, "2026-01-01"), ("expansion", 50, "2026-03-01")]


def test_create_subscription_below_a_customer_is_expansion_at_the_billing_parent(acme):
    parent = acme.account("Hollis Group")
    child = acme.account("Hollis Rotterdam", parent=parent.pk)
    subscribed(acme, parent)
    subscribed(acme, child, "2026-03-01", 5_000)

    assert movements(acme) == [("new", 100, "2026-01-01"), ("expansion", 50, "2026-03-01")]


def test_create_item_adds_to_its_subscription(acme):
    subscription = subscribed(acme, acme.account())

    create_item(
        acme.owner.ctx, {"subscription": subscription.pk, "plan": "Add-on", "net_amount": 2_000, "starts_on": date(2026, 2, 1)}
    )

    assert movements(acme) == [("new", 100, "2026-01-01"), ("expansion", 20, "2026-02-01")]
    with enter(acme.owner.ctx.scope):
        row = Subscription.objects.get()
    assert (row.plan, row.monthly_minor) == ("Team + Add-on", 12_000)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"ends_on": date(2025, 12, 31)}, SubscriptionEndsBeforeItStarts), ({"net_amount": -1}, AmountNegative), ({"currency": "Euro"}, CurrencyUnknown),
    ],
)  # fmt: skip
def test_create_subscription_of_bad_terms_writes_nothing(acme, values, error):
    with pytest.raises(error):
        subscribed(acme, acme.account(), **values)

    with enter(acme.owner.ctx.scope):
        assert (Subscription.objects.count(), SubscriptionItem.objects.count()) == (0, 0)


def test_subscriptions_are_not_seen_by_a_stranger_nor_by_an_outsider(acme, stranger):
    account, other = acme.account("Hollis"), acme.account("Vega")
    subscribed(acme, account)

    for scope in (stranger.owner.ctx.scope, acme.outsider_ctx(other).scope):
        with enter(scope):
            assert [model.objects.count() for model in (Subscription, SubscriptionItem, ItemFact, MrrMovement)] == [0, 0, 0, 0]


def test_subscriptions_outside_a_scope_raise(acme):
    with pytest.raises(OutsideScope):
        Subscription.objects.count()
