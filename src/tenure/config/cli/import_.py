"""`tenure import FILE... --workspace SLUG`: files become records, previewed first, carried out here and now.

Acts as Tenure itself: whoever may run this command owns the installation.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenure.config.cli.console import problem, say
from tenure.config.cli.in_workspace import with_workspace
from tenure.config.problems import SetupProblem
from tenure.kernel import clock

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.imports.plan import FilePlan
    from tenure.workspace.models import ChangeSet, ImportRun

EXAMPLES_SHOWN = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure import`."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="CSV or XLSX, also packed (gzip, ZIP with one table)")
    parser.add_argument("--workspace", required=True, metavar="SLUG", help="the workspace's address")
    parser.add_argument("--record", help="what the rows are, for example account; a mapping file may say it instead")
    parser.add_argument("--mapping", type=Path, metavar="FILE.json", help="how the files are read (workspace/imports/README.md)")
    parser.add_argument("--saved", metavar="NAME", help="a saved import: its mapping, and without files its source")
    parser.add_argument("--preview", action="store_true", help="only say what would happen")
    parser.add_argument("--yes", action="store_true", help="import without asking")
    parser.add_argument(
        "--errors", type=Path, metavar="FOLDER", help="write rows that failed there, to be mended and loaded again"
    )
    parser.add_argument("--json", action="store_true", help="print preview and result as JSON")


def run(options: argparse.Namespace) -> int:
    """Preview, ask, import; 0 where every row came home, 1 where some failed or nothing could be done, 2 for misuse."""
    if not options.files and not options.saved:
        problem("Name a file, or a saved import with a source of its own: --saved NAME.")
        return 2
    if missing := [path for path in options.files if not path.is_file()]:
        raise SetupProblem(f"There is no file {missing[0]}.")
    return with_workspace(options.workspace, partial(_import, options))


def _import(options: argparse.Namespace, ctx: Context) -> int:
    from tenure.workspace.imports.preview import preview_run  # noqa: PLC0415 - models need the settings

    drafted = _drafted(ctx, options)
    preview = preview_run(ctx, drafted)
    if not options.json:
        _say_preview(preview)
    if options.preview:
        _say_json(options, {"preview": preview})
        return int(preview["failed"] > 0)
    if not options.yes and not _agreed():
        say("Nothing was imported.")
        return 1
    change_set = _carried_out(ctx, drafted, options)
    written = _write_errors(ctx, drafted, options.errors) if options.errors and change_set.failed else []
    _say_json(options, {"preview": preview, "result": _result(change_set), "errors": written})
    return int(change_set.failed > 0)


def _drafted(ctx: Context, options: argparse.Namespace) -> ImportRun:
    from tenure.workspace.actions.draft_import import draft_import  # noqa: PLC0415 - see _import
    from tenure.workspace.imports.saved import saved_plan  # noqa: PLC0415
    from tenure.workspace.imports.sources import draft_from_source  # noqa: PLC0415

    if options.saved and not options.files:
        drafted = draft_from_source(ctx, options.saved)
        if drafted is None:
            raise SetupProblem(f"The source of {options.saved} holds nothing new.")
        return drafted
    if options.saved:
        saved = saved_plan(ctx, options.saved)
        plans = dict.fromkeys(options.files, saved)
    else:
        plan_of = _plans(options)
        plans = {path: plan_of(path) for path in options.files}
    with ExitStack() as opened:
        return draft_import(ctx, [(path.name, opened.enter_context(path.open("rb")), plan) for path, plan in plans.items()])


def _plans(options: argparse.Namespace) -> Callable[[Path], FilePlan]:
    """The plan of each file: of the mapping file (one for all, or `files` by name), else suggested."""
    from tenure.workspace.imports.plan import FilePlan  # noqa: PLC0415 - see _import

    plain = _mapping(options.mapping) if options.mapping else {}
    by_name = plain.get("files")

    def plan_of(path: Path) -> FilePlan:
        if by_name is not None and path.name not in by_name:
            raise SetupProblem(f"{options.mapping} says nothing about {path.name}; it knows {', '.join(by_name)}.")
        one = dict(by_name[path.name] if by_name is not None else plain)
        if options.record:
            one["record"] = options.record
        if "record" not in one:
            raise SetupProblem(f"What are the rows of {path.name}? Say it with --record, for example --record account.")
        return FilePlan.from_dict(one)

    return plan_of


def _mapping(path: Path) -> dict[str, Any]:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetupProblem(f"The mapping {path} cannot be read: {error}.") from error
    if not isinstance(plain, dict):
        raise SetupProblem(f"The mapping {path} must be a JSON object.")
    return plain


def _agreed() -> bool:
    if not sys.stdin.isatty():
        problem("Nobody is there to ask: add --yes to import, or --preview to look only.")
        return False
    return input("Import? [y/N] ").strip().lower() in ("y", "yes")


def _carried_out(ctx: Context, drafted: ImportRun, options: argparse.Namespace) -> ChangeSet:
    from django.db import DatabaseError  # noqa: PLC0415 - see _import

    from tenure.workspace.actions.claim_import import claim_import  # noqa: PLC0415
    from tenure.workspace.imports.run import carry_out, reason_of  # noqa: PLC0415

    started = claim_import(ctx, drafted.pk)
    began = clock.monotonic()

    def tell(change_set: ChangeSet) -> None:
        rate = change_set.done / max(clock.monotonic() - began, 0.001)
        left = max(0, (change_set.total or 0) - change_set.done) / rate if rate else 0
        say(f"{change_set.done:,} of {change_set.total:,} rows, {rate:,.0f} rows/s, {left:,.0f} s left")

    try:
        change_set = carry_out(ctx, started.pk, started.attempt, on_progress=None if options.json else tell)
    except (DatabaseError, OSError) as error:
        raise SetupProblem(str(reason_of(error))) from error
    if not options.json:
        say(" ".join(f"{name} {count:,}." for name, count in _result(change_set)["counts"].items() if count))
        say(f"To take it back: the change set {change_set.pk} on the page Imports.")
    return change_set


def _result(change_set: ChangeSet) -> dict[str, Any]:
    names = ("created", "updated", "unchanged", "skipped", "failed")
    return {
        "change_set": str(change_set.pk),
        "state": change_set.state,
        "counts": {name: getattr(change_set, name) for name in names},
    }


def _write_errors(ctx: Context, drafted: ImportRun, folder: Path) -> list[str]:
    from tenure.workspace.imports.errors_file import errors_name, write_errors  # noqa: PLC0415 - see _import
    from tenure.workspace.models import ImportFile  # noqa: PLC0415
    from tenure.workspace.scope import enter  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with enter(ctx.scope):
        for one in ImportFile.objects.filter(run=drafted, failed__gt=0).select_related("file").order_by("position"):
            target = folder / errors_name(one)
            write_errors(one, target)
            written.append(str(target))
    return written


def _say_preview(preview: dict[str, Any]) -> None:
    for one in preview["files"]:
        counts = ", ".join(
            f"{one[name]:,} {name}" for name in ("created", "updated", "unchanged", "skipped", "failed") if one[name]
        )
        say(f"{one['name']}: {one['rows']:,} rows: {counts or 'nothing to do'}.")
        for found in one["problems"]:
            examples = ", ".join(f"row {example['row']}: “{example['value']}”" for example in found["examples"][:EXAMPLES_SHOWN])
            column = f"{found['column']}: " if found.get("column") else ""
            say(f"  {found['rows']:,} rows: {column}{found['code']} ({examples}); answered with {found['answer']}.")
            for near in found["corrections"][:EXAMPLES_SHOWN]:
                say(f"    “{near['value']}” probably means “{near['meant']}”.")
        if one["left_out"]:
            say(f"  Left out: {', '.join(one['left_out'])}.")


def _say_json(options: argparse.Namespace, facts: dict[str, Any]) -> None:
    if options.json:
        say(json.dumps(facts, indent=2, ensure_ascii=False, default=str))
