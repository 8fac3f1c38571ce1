"""The ledger's one statement against the pure functions of domain/, and against what one counts by hand."""

from __future__ import annotations

import random

import pytest
import time_machine

from tenure.directory.enums import Stage
from tenure.insights.cohort import Cohort
from tenure.insights.domain.boundaries import OwnEntries, conversion, own_entries, passed_stages
from tenure.insights.domain.bowtie import CHAIN, ORDER, OUTCOMES, boundaries_of, is_keeping
from tenure.insights.domain.crossings import Passage, maturity_days, median_crossing_days, tally
from tenure.insights.queries.ledger import first_day, list_sources, measure
from tenure.workspace.scope import enter
from tests.insights.turns import TODAY, ago, enter_turns


def read(company, sourced=None, **parameters):
    ctx = company.owner.ctx
    with time_machine.travel(TODAY, tick=False), enter(ctx.scope):
        return measure(ctx, Cohort.read(ctx, parameters), list_sources(ctx) if sourced is None else sourced)


def crossing(ledger, source, target):
    return next(each for each in ledger.crossings if each.boundary == (source, target))


def test_measure_counts_a_skipped_stage_as_passed_and_a_lost_one_as_entered(acme):
    enter_turns(
        acme,
        [
            {"lead": 90, "qualified": 88, "opportunity": 80, "won": 60},
            {"lead": 90, "won": 70},
            {"lead": 90, "qualified": 85, "lost": 50},
            {"lead": 90},
        ],
    )

    found = read(acme).current

    assert [found.volumes[stage] for stage in ("lead", "qualified", "opportunity", "won")] == [4, 3, 2, 2]
    assert (crossing(found, "lead", "qualified").everyone.crossed, crossing(found, "lead", "qualified").everyone.lost) == (3, 0)
    assert (
        crossing(found, "qualified", "opportunity").everyone.crossed,
        crossing(found, "qualified", "opportunity").everyone.lost,
    ) == (2, 1)
    assert crossing(found, "lead", "qualified").median_days == 5


def test_measure_counts_own_entries_without_those_who_skipped_a_stage(acme):
    enter_turns(
        acme,
        [
            {"lead": 90, "opportunity": 80, "won": 60},
            {"lead": 90, "opportunity": 85, "won": 75},
            {"lead": 90, "opportunity": 80},
            {"lead": 90, "opportunity": 80, "lost": 10},
            {"lead": 90, "won": 70},
        ],
    )

    found = read(acme).current

    assert (found.volumes["opportunity"], found.own["opportunity"]) == (5, 4)
    assert crossing(found, "opportunity", "won").everyone.crossed == 3
    assert crossing(found, "opportunity", "won").own == OwnEntries(4, 2, 15.0)
    assert crossing(found, "lead", "opportunity").own == OwnEntries(5, 4, 8.75)


def test_measure_outcomes_stand_against_adopting_and_never_imply_one_another(acme):
    enter_turns(
        acme,
        [
            {"won": 200, "onboarding": 200, "live": 180, "adopting": 150, "expanded": 120},
            {"won": 200, "onboarding": 200, "live": 180, "adopting": 150, "renewed": 20},
            {"won": 200, "onboarding": 200, "live": 180, "churned": 30},
        ],
    )

    found = read(acme).current

    assert [each.boundary for each in found.crossings] == [
        ("won", "live"),
        ("live", "adopting"),
        ("adopting", "renewed"),
        ("adopting", "expanded"),
    ]
    assert [each.everyone.crossed for each in found.crossings] == [3, 2, 1, 1]
    assert crossing(found, "live", "adopting").everyone.lost == 1


def test_measure_leaves_out_stages_without_a_source(acme):
    enter_turns(acme, [{"lead": 50, "won": 10}, {"lead": 50}])

    found = read(acme)

    assert [each.boundary for each in found.current.crossings] == [("lead", "won")]
    assert found.current.crossings[0].everyone.rate == pytest.approx(0.5)


def test_measure_before_follows_the_earlier_cohort_just_as_long(acme):
    enter_turns(acme, [{"lead": 400, "won": 390}, {"lead": 400, "won": 20}, {"lead": 30, "won": 10}])

    found = read(acme)

    assert (found.before.volumes["lead"], found.before.volumes["won"]) == (2, 1)
    assert (found.current.volumes["lead"], found.current.volumes["won"]) == (1, 1)


def test_measure_of_a_void_ledger_is_zero(acme):
    found = read(acme, sourced={"lead", "won"})

    assert found.current.volumes["lead"] == 0
    assert found.current.crossings[0].everyone.rate is None
    with enter(acme.owner.ctx.scope):
        assert (list_sources(acme.owner.ctx), first_day(acme.owner.ctx)) == (set(), None)


def test_measure_of_a_stranger_sees_nothing(acme, stranger):
    enter_turns(acme, [{"lead": 30}])

    assert read(stranger, sourced={"lead", "won"}).current.volumes["lead"] == 0


def test_measure_equals_the_pure_functions_on_random_turns(acme):
    chance = random.Random(5)
    turns = [_random_turn(chance) for _ in range(120)]
    enter_turns(acme, turns)

    ledger = read(acme, period="all")
    found = ledger.current

    entries = [{stage: ago(days).date() for stage, days in turn.items()} for turn in turns]
    passed = [passed_stages(each, [str(stage) for stage in ORDER], [str(stage) for stage in OUTCOMES]) for each in entries]
    for source, target in boundaries_of({*CHAIN, *OUTCOMES}):
        loss = Stage.CHURNED if is_keeping((source, target)) else Stage.LOST
        passages = [
            Passage(path[source], path.get(target), None if target in path else each.get(loss))
            for path, each in zip(passed, entries, strict=True)
            if source in path
        ]
        expected = conversion(passages, TODAY.date())
        measured = crossing(found, source, target)
        assert measured.everyone == expected
        assert measured.mature_after == maturity_days(passages)
        assert measured.median_days == median_crossing_days(passages, TODAY.date())
        assert ledger.ends[source, target] == tally(passages, TODAY.date())
        assert measured.own == own_entries(entries, source, target)
    assert found.volumes == {str(stage): sum(1 for path in passed if stage in path) for stage in (*ORDER, *OUTCOMES)}
    assert found.own == {str(stage): sum(1 for each in entries if stage in each) for stage in (*ORDER, *OUTCOMES)}


def _random_turn(chance: random.Random) -> dict[str, float]:
    at, turn = chance.uniform(20, 700), {}
    for stage in ORDER:
        if chance.random() < 0.85 or stage == Stage.LEAD:
            turn[str(stage)] = at
        if chance.random() < 0.2 or at < 6:
            break
        at -= chance.uniform(0, at / 6)
    else:
        turn |= {str(stage): chance.uniform(0, at) for stage in OUTCOMES if chance.random() < 0.6}
    if chance.random() < 0.3:
        turn[chance.choice(["lost", "churned"])] = chance.uniform(0, at)
    return turn
