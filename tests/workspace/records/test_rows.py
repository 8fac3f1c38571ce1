"""Rows that travel many at once: every value arrives as it was sent, and comes back so."""

from __future__ import annotations

from uuid import UUID

from tenure.directory.models import Account, AccountToken
from tenure.kernel.ids import uuid7
from tenure.workspace.models import ChangeRow, ChangeSet
from tenure.workspace.rows import Same, delete_columns, insert_columns, load_rows
from tenure.workspace.scope import enter

AWKWARD = [{"name": 'say "it" \\ {now}, ok', "list": ["ü", None]}, None, "text", {"none": None}, 7, "null"]


def _write_change_rows(acme, values):
    ctx = acme.owner.ctx
    change_set = ChangeSet.objects.create(
        workspace_id=ctx.workspace.pk, kind="edit", actor_kind="member", started_at=ctx.now(), title=""
    )
    insert_columns(
        ChangeRow,
        len(values),
        workspace_id=Same(ctx.workspace.pk),
        change_set_id=Same(change_set.pk),
        position=list(range(len(values))),
        record=Same("account"),
        row_id=[uuid7() for _ in values],
        kind=Same("updated"),
        row_version=Same(1),
        before=values,
        after=Same("one text"),
        outcome=Same(""),
    )
    return change_set


def test_insert_columns_of_json_keeps_every_value(acme):
    with enter(acme.owner.ctx.scope):
        _write_change_rows(acme, AWKWARD)

        assert list(ChangeRow.objects.order_by("position").values_list("before", flat=True)) == AWKWARD
        assert set(ChangeRow.objects.values_list("after", flat=True)) == {"one text"}
        assert ChangeRow.objects.filter(before__isnull=True).count() == 1


def test_load_rows_gives_rows_that_fetch_what_was_left_out(acme, django_assert_num_queries):
    made = acme.account("Alpha", city="Bonn")

    with enter(acme.owner.ctx.scope):
        with django_assert_num_queries(1):
            (row,) = load_rows(Account.objects.all(), leave_out={"city"})
            assert (row.pk, row.name, row._state.adding) == (made.pk, "Alpha", False)
        with django_assert_num_queries(1):
            assert row.city == "Bonn"


def test_delete_columns_deletes_only_rows_that_have_all_the_values(acme):
    one, other = acme.account("Alpha Beta"), acme.account("Alpha Gamma")

    with enter(acme.owner.ctx.scope):
        pairs = [("alpha", one.pk), ("gamma", one.pk), ("beta", other.pk)]
        delete_columns(
            AccountToken,
            len(pairs),
            workspace_id=Same(acme.owner.ctx.workspace.pk),
            token=[token for token, _ in pairs],
            account_id=[account_id for _, account_id in pairs],
        )

        assert _words() == {("beta", one.pk), ("alpha", other.pk), ("gamma", other.pk)}


def _words() -> set[tuple[str, UUID]]:
    return set(AccountToken.objects.values_list("token", "account_id"))
