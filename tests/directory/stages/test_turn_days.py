"""The days kept on turns agree with the ledger, whatever was written to it and by which road."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from importlib import import_module

from django.db import connection

from tenure.directory.actions.enter_stages import enter_stages
from tenure.directory.actions.open_turns import NewTurn, open_turns
from tenure.directory.actions.settle_stages import settle_stages
from tenure.directory.actions.void_entries import void_entries
from tenure.directory.models import Turn
from tenure.directory.queries.turns import counting_entries
from tenure.directory.stage_ledger import StageFact
from tenure.directory.turn_days import DATED, project_all_days
from tenure.kernel.ids import uuid7
from tenure.workspace.actions.update_workspace import update_workspace
from tenure.workspace.scope import enter

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
COLUMNS = ["first_on", *(f"{stage}_on" for stage in DATED)]


def kept(company) -> dict[object, dict[str, object]]:
    with enter(company.owner.ctx.scope):
        return {
            row.pop("id"): {name: day for name, day in row.items() if day is not None}
            for row in Turn.objects.values("id", *COLUMNS)
        }


def said_by_the_ledger(company) -> dict[object, dict[str, object]]:
    ctx = company.owner.ctx
    with enter(ctx.scope):
        days = {key: {} for key in Turn.objects.values_list("pk", flat=True)}
        for turn, stage, at in counting_entries().values_list("turn_id", "stage", "entered_at"):
            days[turn][f"{stage}_on"] = at.astimezone(ctx.workspace.tz).date()
    for one in days.values():
        entered = [day for name, day in one.items() if name not in ("lost_on", "churned_on")]
        if entered:
            one["first_on"] = min(entered)
    return days


def written_at_random(company) -> None:
    """Entered, corrected, voided: each by its action."""
    chance, ctx = random.Random(7), company.owner.ctx
    turns = list(open_turns(ctx, [NewTurn(f"lead:{number}", START) for number in range(30)]).values())
    proofs = [uuid7() for _ in turns]

    def fact(place: int, **values: object) -> StageFact:
        return StageFact(turns[place], chance.choice(DATED), START + timedelta(hours=chance.randrange(9_000)), **values)

    for _ in range(6):
        enter_stages(ctx, [fact(chance.randrange(30)) for _ in range(15)])
        places = [chance.randrange(30) for _ in range(8)]
        settle_stages(ctx, [proofs[place] for place in places], [fact(place, proof_id=proofs[place]) for place in places])
        with enter(ctx.scope):
            standing = list(counting_entries().values_list("pk", flat=True))
        void_entries(ctx, chance.sample(standing, 4), reason="mistake")


def test_days_of_turns_agree_with_the_ledger_after_any_writing(acme):
    written_at_random(acme)

    assert kept(acme) == said_by_the_ledger(acme)
    with enter(acme.owner.ctx.scope):
        assert project_all_days(acme.owner.ctx) == 0


def test_days_of_turns_that_are_out_of_step_are_mended(acme):
    written_at_random(acme)
    with enter(acme.owner.ctx.scope):
        Turn.objects.update(lead_on=None, first_on=None)
        assert project_all_days(acme.owner.ctx) > 0

    assert kept(acme) == said_by_the_ledger(acme)


def test_days_of_turns_follow_the_zone_of_the_workspace(acme):
    (turn,) = open_turns(acme.owner.ctx, [NewTurn("lead:1", START)]).values()
    enter_stages(acme.owner.ctx, [StageFact(turn, "lead", datetime(2026, 3, 2, 23, tzinfo=UTC))])
    before = kept(acme)[turn]["lead_on"]

    update_workspace(acme.owner.ctx, {"zone": "Asia/Shanghai"})

    assert f"{before} {kept(acme)[turn]['lead_on']}" == "2026-03-02 2026-03-03"


def test_migration_fills_the_days_as_they_are_written(acme):
    written_at_random(acme)
    fill = import_module("tenure.directory.migrations.0002_days_of_turns").FILL
    with enter(acme.owner.ctx.scope), connection.cursor() as cursor:
        Turn.objects.update(**dict.fromkeys(COLUMNS))
        cursor.execute(fill)

    assert kept(acme) == said_by_the_ledger(acme)
