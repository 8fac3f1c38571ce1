from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.directory.actions.enter_stages import enter_stages
from tenure.directory.actions.link_turns import TurnLink, link_turns
from tenure.directory.actions.open_turns import NewTurn, open_turns
from tenure.directory.actions.settle_stages import settle_stages
from tenure.directory.actions.void_entries import void_entries
from tenure.directory.domain.stages import Standing, stage_of_account
from tenure.directory.enums import Stage
from tenure.directory.models import Account, StageEntry, Turn
from tenure.directory.queries.turns import counting_entries
from tenure.directory.stage_ledger import StageFact
from tenure.kernel.ids import uuid7
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.scope import enter

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def turn_of(company, account=None, key="lead:1") -> UUID:
    return open_turns(company.owner.ctx, [NewTurn(key, MONDAY, account_id=account.pk if account else None)])[key]


def ledger(company) -> list[tuple[str, datetime]]:
    with enter(company.owner.ctx.scope):
        return list(counting_entries().order_by("entered_at", "stage").values_list("stage", "entered_at"))


def stage_of(company, account) -> str:
    with enter(company.owner.ctx.scope):
        return Account.objects.get(pk=account.pk).stage


def test_open_turns_twice_by_one_key_opens_one(acme):
    first = open_turns(acme.owner.ctx, [NewTurn("lead:1", day(0)), NewTurn("lead:2", day(1))])
    again = open_turns(acme.owner.ctx, [NewTurn("lead:2", day(5)), NewTurn("lead:3", day(6))])

    assert again["lead:2"] == first["lead:2"]
    with enter(acme.owner.ctx.scope):
        assert list(Turn.objects.order_by("key").values_list("key", "opened_at")) == [
            ("lead:1", day(0)),
            ("lead:2", day(1)),
            ("lead:3", day(6)),
        ]
    assert acme.event_types() == ["directory.turn_opened"] * 3


def test_open_turns_by_viewer_is_refused(acme):
    with pytest.raises(PermissionMissing):
        open_turns(acme.viewer.ctx, [NewTurn("lead:1", day(0))])


def test_enter_stages_twice_leaves_the_first_entry(acme):
    account = acme.account()
    turn = turn_of(acme, account)
    enter_stages(
        acme.owner.ctx,
        [StageFact(turn, Stage.LEAD, day(0)), StageFact(turn, Stage.WON, day(4)), StageFact(turn, Stage.WON, day(3))],
    )

    again = enter_stages(acme.owner.ctx, [StageFact(turn, Stage.WON, day(9)), StageFact(uuid7(), Stage.WON, day(9))])

    assert again == []
    assert ledger(acme) == [("lead", day(0)), ("won", day(3))]
    assert stage_of(acme, account) == "won"
    assert acme.event_types()[-2:] == ["directory.stage_entered", "directory.stage_entered"]


def test_enter_stages_costs_the_same_for_many_as_for_one(acme, django_assert_num_queries):
    turns = list(open_turns(acme.owner.ctx, [NewTurn(f"lead:{number}", day(0)) for number in range(40)]).values())
    ctx = acme.owner.ctx
    enter_stages(ctx, [StageFact(turns[0], Stage.LEAD, day(0))])

    with enter(ctx.scope), django_assert_num_queries(8):
        enter_stages(ctx, [StageFact(turn, Stage.LEAD, day(0)) for turn in turns[1:]])


def test_void_entries_keeps_the_entry_and_appends_its_reversal(acme):
    account = acme.account()
    turn = turn_of(acme, account)
    _lead, won = enter_stages(acme.owner.ctx, [StageFact(turn, Stage.LEAD, day(0)), StageFact(turn, Stage.WON, day(3))])

    assert void_entries(acme.owner.ctx, [won.pk], reason="mistake") == 1
    assert void_entries(acme.owner.ctx, [won.pk], reason="mistake") == 0

    assert ledger(acme) == [("lead", day(0))]
    assert stage_of(acme, account) == "lead"
    with enter(acme.owner.ctx.scope):
        voided = StageEntry.objects.get(pk=won.pk)
        reversal = StageEntry.objects.get(voids=won.pk)
    assert (voided.stage, voided.entered_at, voided.voided_at is not None) == ("won", day(3), True)
    assert (reversal.stage, reversal.reason) == ("won", "mistake")


def test_enter_stages_after_a_void_enters_anew(acme):
    turn = turn_of(acme)
    (entry,) = enter_stages(acme.owner.ctx, [StageFact(turn, Stage.LEAD, day(0))])
    void_entries(acme.owner.ctx, [entry.pk], reason="mistake")

    enter_stages(acme.owner.ctx, [StageFact(turn, Stage.LEAD, day(1))])

    assert ledger(acme) == [("lead", day(1))]


def test_settle_stages_brings_the_ledger_in_step_with_what_the_records_say(acme):
    account = acme.account()
    turn, deal, other = turn_of(acme, account), uuid7(), uuid7()
    ctx = acme.owner.ctx
    enter_stages(ctx, [StageFact(turn, Stage.LIVE, day(8), proof_kind="delivery", proof_id=other)])
    settle_stages(
        ctx,
        [deal],
        [StageFact(turn, stage, day(at), proof_kind="deal", proof_id=deal) for stage, at in (("opportunity", 1), ("won", 5))],
    )

    settle_stages(
        ctx,
        [deal],
        [
            StageFact(turn, stage, day(at), proof_kind="deal", proof_id=deal)
            for stage, at in (("opportunity", 1), ("won", 4), ("live", 6))
        ],
    )
    after_correction = ledger(acme)
    settle_stages(ctx, [deal], [StageFact(turn, "opportunity", day(1), proof_kind="deal", proof_id=deal)])

    assert after_correction == [("opportunity", day(1)), ("won", day(4)), ("live", day(8))]
    assert ledger(acme) == [("opportunity", day(1)), ("live", day(8))]


def test_settle_stages_twice_writes_nothing_more(acme):
    turn, deal = turn_of(acme), uuid7()
    facts = [StageFact(turn, Stage.OPPORTUNITY, day(1), proof_kind="deal", proof_id=deal)]
    settle_stages(acme.owner.ctx, [deal], facts)

    settle_stages(acme.owner.ctx, [deal], facts)

    with enter(acme.owner.ctx.scope):
        assert StageEntry.objects.count() == 1


def test_settle_stages_without_facts_voids_what_a_deleted_record_proved(acme):
    account = acme.account()
    turn, deal = turn_of(acme, account), uuid7()
    settle_stages(acme.owner.ctx, [deal], [StageFact(turn, Stage.OPPORTUNITY, day(1), proof_kind="deal", proof_id=deal)])

    settle_stages(acme.owner.ctx, [deal], [], reason="deleted")

    assert (ledger(acme), stage_of(acme, account)) == ([], "")


def test_link_turns_carries_entries_and_stage_to_the_account(acme):
    account, other = acme.account("Hollis"), acme.account("Kestrel")
    turn = turn_of(acme)
    enter_stages(acme.owner.ctx, [StageFact(turn, Stage.LEAD, day(0)), StageFact(turn, Stage.WON, day(3))])
    assert stage_of(acme, account) == ""

    link_turns(acme.owner.ctx, [TurnLink(turn, account.pk)])
    linked = stage_of(acme, account)
    link_turns(acme.owner.ctx, [TurnLink(turn, other.pk)])

    assert linked == "won"
    assert (stage_of(acme, account), stage_of(acme, other)) == ("", "won")


def test_stage_entries_are_seen_by_the_accounts_people_only(acme):
    account, other = acme.account("Hollis"), acme.account("Kestrel")
    enter_stages(
        acme.owner.ctx,
        [StageFact(turn_of(acme, account), Stage.WON, day(0)), StageFact(turn_of(acme, key="lead:2"), Stage.LEAD, day(0))],
    )

    with enter(acme.outsider_ctx(other).scope):
        seen_by_other = StageEntry.objects.count() + Turn.objects.count()
    with enter(acme.outsider_ctx(account).scope):
        assert (seen_by_other, StageEntry.objects.count()) == (0, 1)


entries = st.dictionaries(st.sampled_from([stage for stage in Stage.values if stage != "exposed"]), st.integers(0, 5), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(entries, max_size=3))
def test_account_stage_in_the_database_is_the_domains(acme, turns):
    account = acme.account(f"Account {uuid7()}")
    ids = open_turns(acme.owner.ctx, [NewTurn(f"t:{uuid7()}", day(0), account_id=account.pk) for _ in turns]).values()
    facts = [StageFact(turn, stage, day(at)) for turn, stages in zip(ids, turns, strict=True) for stage, at in stages.items()]

    enter_stages(acme.owner.ctx, facts)

    assert stage_of(acme, account) == stage_of_account(
        [[Standing(stage, day(at)) for stage, at in stages.items()] for stages in turns]
    )
