"""Which record a row of a file means where it does not say so by a living record's own key."""

from __future__ import annotations

import datetime as dt

from tenure.directory.actions.merge_accounts import merge_accounts
from tenure.directory.models import Account
from tenure.market.models import ChannelDay
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.imports.preview import preview_run
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import accounts, counts, drafted, faults, files_of, imported

COLUMNS = {"channel": {"field": "channel", "unknown": "create"}, "day": "on", "spend": "cost"}


def costs(ctx):
    with enter(ctx.scope):
        rows = ChannelDay.objects.order_by("channel__name", "on")
        return list(rows.values_list("channel__name", "on", "cost_minor", "external_id"))


def spent(ctx, *rows, **plan):
    return imported(
        ctx, "channel,day,spend\n" + "".join(f"{row}\n" for row in rows), record="channel_cost", columns=COLUMNS, **plan
    )


def test_costs_again_without_an_external_id_update_the_channels_day(acme):
    ctx = acme.owner.ctx
    spent(ctx, "Search,2026-01-05,10", "Mail,2026-01-05,3")

    again = spent(ctx, "search,2026-01-05,12.50", "Mail,2026-01-05,3", "Mail,2026-01-06,4")

    assert counts(again) == {"created": 1, "updated": 1, "unchanged": 1}
    assert costs(ctx) == [
        ("Mail", dt.date(2026, 1, 5), 300, ""), ("Mail", dt.date(2026, 1, 6), 400, ""), ("Search", dt.date(2026, 1, 5), 1250, ""),
    ]  # fmt: skip


def test_preview_of_costs_again_foresees_what_the_run_does(acme):
    ctx = acme.owner.ctx
    spent(ctx, "Search,2026-01-05,10", "Mail,2026-01-05,3")
    text = "channel,day,spend\nSearch,2026-01-05,12\nMail,2026-01-05,3\nMail,2026-01-06,4\nMail,2026-01-06,5\n"

    preview = preview_run(ctx, drafted(ctx, text, record="channel_cost", columns=COLUMNS))

    assert {name: preview[name] for name in ("created", "updated", "unchanged", "skipped", "failed")} == {
        "created": 1, "updated": 1, "unchanged": 1, "skipped": 1, "failed": 0,
    }  # fmt: skip


def test_day_that_stands_twice_in_a_file_counts_once_as_asked(acme):
    ctx = acme.owner.ctx

    first = spent(ctx, "Search,2026-01-05,10", "Search,2026-01-05,11", duplicates="first")

    assert (counts(first), costs(ctx)) == ({"created": 1, "skipped": 1}, [("Search", dt.date(2026, 1, 5), 1000, "")])
    assert files_of(ctx)[0].skips == {"repeated": 1}


def test_costs_update_undone_stand_as_before(acme):
    ctx = acme.owner.ctx
    spent(ctx, "Search,2026-01-05,10")

    undo_change_set(ctx, spent(ctx, "Search,2026-01-05,12").pk)

    assert costs(ctx) == [("Search", dt.date(2026, 1, 5), 1000, "")]


def test_cost_with_an_external_id_takes_over_a_day_that_has_none(acme):
    ctx = acme.owner.ctx
    spent(ctx, "Search,2026-01-05,10")
    columns = COLUMNS | {"id": "external_id"}

    taken = imported(ctx, "id,channel,day,spend\nX1,Search,2026-01-05,12\n", record="channel_cost", columns=columns)
    refused = imported(ctx, "id,channel,day,spend\nX2,Search,2026-01-05,13\n", record="channel_cost", columns=columns)

    assert (counts(taken), counts(refused)) == ({"updated": 1}, {"failed": 1})
    assert costs(ctx) == [("Search", dt.date(2026, 1, 5), 1200, "X1")]
    assert [code for _, _, code in faults(ctx)] == ["day_taken"]


def test_external_id_of_a_merged_account_updates_the_one_that_is_left(acme):
    ctx = acme.owner.ctx
    winner, loser, last = (
        acme.account(name, external_id=key) for name, key in (("Alpha", "1"), ("Alfa", "2"), ("Alpha AG", "3"))
    )
    merge_accounts(ctx, loser.pk, last.pk)
    merge_accounts(ctx, winner.pk, loser.pk)
    text = "id,name,city\n3,Alpha,Bonn\n"

    preview = preview_run(ctx, drafted(ctx, text))
    change_set = imported(ctx, text)

    assert (preview["updated"], preview["created"], counts(change_set)) == (1, 0, {"updated": 1})
    assert accounts(ctx, "pk", "external_id", "name", "city") == [(winner.pk, "1", "Alpha", "Bonn")]


def test_rows_of_a_merged_account_and_its_winner_are_both_taken_the_later_last(acme):
    ctx = acme.owner.ctx
    winner, loser = acme.account("Alpha", external_id="1"), acme.account("Alfa", external_id="2")
    merge_accounts(ctx, winner.pk, loser.pk)

    change_set = imported(ctx, "id,name,city\n1,Alpha,Bonn\n2,Alpha,Graz\n4,Delta,Bern\n")

    assert counts(change_set) == {"created": 1, "updated": 2}
    assert accounts(ctx, "name", "city") == [("Alpha", "Graz"), ("Delta", "Bern")]


def test_reference_by_the_external_id_of_a_merged_account_is_to_the_one_that_is_left(acme):
    ctx = acme.owner.ctx
    winner, loser = acme.account("Alpha", external_id="1"), acme.account("Alfa", external_id="2")
    merge_accounts(ctx, winner.pk, loser.pk)

    imported(ctx, "id,name,parent\n9,Branch,2\n", columns={"id": "external_id", "name": "name", "parent": "parent"})

    with enter(ctx.scope):
        assert Account.objects.get(external_id="9").parent_id == winner.pk
