"""The demo company's product events: the same for the same order, within what was bought, fading before an end; and through the stream."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from tenure.config.demo.generate import generate
from tenure.config.demo.load import find_founder, load_demo, seen_by
from tenure.config.demo.load_product import load_product
from tenure.config.demo.order import Order
from tenure.config.demo.product import DAY, DOINGS, EPOCH, happened
from tenure.config.demo.product_calls import last_moment
from tenure.kernel import clock
from tenure.usage.models import Feature, Meter
from tenure.workspace.scope import enter
from tests.stream.world import counted, wait_for

ORDER = Order(3, 60, "en", date(2026, 6, 30))


@pytest.fixture(scope="module")
def company():
    return generate(ORDER)


@pytest.fixture(scope="module")
def done(company):
    return happened(ORDER, company, last_moment(ORDER))


def test_happened_is_the_same_for_the_same_order(company, done):
    again = happened(ORDER, company, last_moment(ORDER))

    assert all(np.array_equal(getattr(again, name), getattr(done, name)) for name in ("times", "doing", "user", "pick"))
    assert (again.users, again.account_of) == (done.users, done.account_of)


def test_happened_lies_within_subscriptions_and_is_in_order(company, done):
    spans = {}
    for one in company.subscriptions:
        began, ended = one.trial_start_on or one.start_on, one.end_on or ORDER.today
        spans.setdefault(one.account, []).append(((began - EPOCH).days, (ended - EPOCH).days))
    days = (done.times // DAY).tolist()
    outside = [
        day
        for day, user in zip(days, done.user.tolist(), strict=True)
        if not any(first <= day <= last for first, last in spans[done.account_of[user]])
    ]

    assert outside == []
    assert bool(np.all(np.diff(done.times) >= 0))
    assert done.times[-1] <= last_moment(ORDER)


def test_happened_fades_before_churn_and_rests_on_weekends(company, done):
    ended = {one.account: one for one in company.subscriptions if one.end_on and one.live_on and one.end_reason != "closed"}
    last, before = Counter(), Counter()
    for day, user in zip((done.times // DAY).tolist(), done.user.tolist(), strict=True):
        one = ended.get(done.account_of[user])
        if one is not None:
            left = (one.end_on - EPOCH).days - day
            last["events"] += 0 <= left < 28
            before["events"] += 84 <= left < 112
    weekdays = np.bincount((done.times // DAY + 3) % 7, minlength=7)

    assert 0 < last["events"] < before["events"]
    assert weekdays[5:].sum() < weekdays[0]


def test_core_events_are_rare_where_nobody_adopts(company, done):
    adopts = {one.account for one in company.subscriptions if one.adopting_on}
    core = next(place for place, doing in enumerate(DOINGS) if doing.is_core)
    counts = {True: [0, 0], False: [0, 0]}
    for kind, user in zip(done.doing.tolist(), done.user.tolist(), strict=True):
        counts[done.account_of[user] in adopts][kind == core] += 1

    rare, usual = (found[1] / sum(found) for found in (counts[False], counts[True]))
    assert rare < usual / 4


@pytest.mark.timeout(300)
def test_load_product_sends_everything_once(db, nats_server, event_store):
    order = Order(3, 24, "en", clock.now().date())
    load_demo(order, lambda _line: None)
    founder = find_founder()
    assert founder is not None
    ctx = seen_by(founder)

    sent = load_product(ctx, order, lambda _line: None)
    again = load_product(ctx, order, lambda _line: None)

    wait_for(lambda: counted(event_store, ctx.workspace.pk), sent)
    assert again == 0
    wait_for(lambda: counted(event_store, ctx.workspace.pk, "refusals"), 46)
    wait_for(lambda: counted(event_store, ctx.workspace.pk, "sandbox_events"), 140)
    with enter(ctx.scope):
        assert (Feature.objects.count(), Meter.objects.count()) == (5, 4)
    first = event_store.rows("SELECT min(time) FROM events WHERE workspace = {workspace:UUID}", workspace=ctx.workspace.pk)[0][0]
    assert first < datetime.combine(order.begins + timedelta(days=30), datetime.min.time(), first.tzinfo)
