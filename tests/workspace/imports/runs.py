"""What tests of imports share: a run made from text, carried out in this process."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from tenure.directory.models import Account
from tenure.workspace.actions.claim_import import claim_import
from tenure.workspace.actions.draft_import import draft_import
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.run import carry_out
from tenure.workspace.models import ImportFile, ImportRow
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeSet, ImportRun


def drafted(ctx: Context, *texts: str | bytes, **plan: Any) -> ImportRun:
    """A drafted import of accounts, one file a text."""
    given = FilePlan.from_dict({"record": "account", **plan})
    files = [
        (f"accounts-{number}.csv", io.BytesIO(text.encode() if isinstance(text, str) else text), given)
        for number, text in enumerate(texts, 1)
    ]
    return draft_import(ctx, files)


def imported(ctx: Context, *texts: str | bytes, **plan: Any) -> ChangeSet:
    """The finished change set of an import of accounts."""
    run = claim_import(ctx, drafted(ctx, *texts, **plan).pk)
    return carry_out(ctx, run.pk, run.attempt)


def counts(change_set: ChangeSet) -> dict[str, int]:
    """What a change set counted, without what it did not."""
    names = ("created", "updated", "unchanged", "skipped", "failed")
    return {name: getattr(change_set, name) for name in names if getattr(change_set, name)}


def accounts(ctx: Context, *fields: str) -> list[tuple[Any, ...]]:
    """The fields of all accounts, by name."""
    with enter(ctx.scope):
        return list(Account.objects.order_by("name").values_list(*fields))


def faults(ctx: Context) -> list[tuple[int, str, str]]:
    """(row, column, code) of everything wrong with rows put aside."""
    with enter(ctx.scope):
        rows = ImportRow.objects.order_by("import_file_id", "row")
        return [(row.row, fault.get("column", ""), fault["code"]) for row in rows for fault in row.problems]


def files_of(ctx: Context) -> list[ImportFile]:
    """All files of all imports."""
    with enter(ctx.scope):
        return list(ImportFile.objects.order_by("position"))
