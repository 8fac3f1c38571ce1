"""Known results of shared/data/ravenstack_saas (spec/data.md), computed there with another program from the same files."""

from __future__ import annotations

from datetime import date

import pytest

from tenure.billing.models import MrrMovement, ReportedChurn, Subscription
from tenure.billing.queries.reported_churn import compare_churn
from tenure.billing.queries.revenue import in_reporting_minor, locked_mrr_before, mrr_at
from tenure.directory.models import Account
from tenure.directory.queries.turns import counting_entries
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.enums import ChangeSetState
from tenure.workspace.models import ChangeSet, ImportRow
from tenure.workspace.scope import enter
from tenure.workspace.undo import carry_out_undo
from tests.billing.ravenstack import load

pytestmark = pytest.mark.public_data

# day: (MRR in dollars, subscriptions and accounts with trials, subscriptions and accounts that pay)
KNOWN = {
    date(2023, 12, 31): (1_262_113, 648, 190, 540, 185),
    date(2024, 6, 30): (3_833_405, 1_742, 337, 1_457, 333),
    date(2024, 12, 31): (10_159_608, 4_514, 500, 3_814, 500),
}


def test_ravenstack_through_the_import_gives_the_known_results(acme):
    change_set = load(acme)

    ctx = acme.owner.ctx
    assert (change_set.created, change_set.failed, change_set.skipped) == (500 + 5_000 + 600, 0, 0)
    with enter(ctx.scope):
        assert ImportRow.objects.count() == 0
        ended = Subscription.objects.filter(ends_on__isnull=False)
        assert (Subscription.objects.count(), ended.count()) == (5_000, 486)
        assert Subscription.objects.filter(state="never_active").count() == 13
        for day, (dollars, subscriptions, accounts, paying, payers) in KNOWN.items():
            found = mrr_at(ctx, day)
            assert (found.running.subscriptions, found.running.accounts) == (subscriptions, accounts)
            assert (found.paying.subscriptions, found.paying.accounts) == (paying, payers)
            assert in_reporting_minor(ctx, found.running.micros, day) == dollars * 100
            assert in_reporting_minor(ctx, found.paying.micros, day) == dollars * 100
            # Movements take effect in the morning: those up to and on the day make the level of the day.
            assert locked_mrr_before(ctx, date.fromordinal(day.toordinal() + 1)) == dollars * 100_000_000
        compared = compare_churn(ctx)
        assert (compared.reported, compared.ended, compared.matched) == (600, 486, 6)
        assert compared.matched + compared.other_day + compared.never_ended == 600


def test_ravenstack_imported_again_changes_nothing(acme):
    load(acme)

    again = load(acme)

    assert (again.created, again.updated, again.unchanged, again.failed) == (0, 0, 6_100, 0)


def test_ravenstack_undone_leaves_no_revenue_and_no_stage(acme):
    change_set = load(acme)
    ctx = acme.owner.ctx

    undo_change_set(ctx, change_set.pk)
    carry_out_undo(ctx, change_set.pk)

    with enter(ctx.scope):
        undone = ChangeSet.objects.get(pk=change_set.pk)
        assert (undone.state, undone.undone, undone.kept) == (ChangeSetState.UNDONE, 6_100, 0)
        assert counting_entries().count() == 0
        assert [model.objects.count() for model in (Account, Subscription, ReportedChurn, MrrMovement)] == [0, 0, 0, 0]
        assert mrr_at(ctx, date(2024, 12, 31)).running.subscriptions == 0
        assert MrrMovement.everything.exclude(voided_at=None).count() > 0
