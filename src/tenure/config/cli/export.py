"""`tenure export --workspace SLUG --list NAME > FILE`: a list, filtered and sorted as on its page, as CSV or XLSX."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tenure.config.cli.console import problem
from tenure.config.cli.in_workspace import with_workspace
from tenure.config.problems import SetupProblem

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure export`."""
    parser.add_argument("--workspace", required=True, metavar="SLUG", help="the workspace's address")
    parser.add_argument(
        "--list", required=True, metavar="NAME", help="which list, for example accounts; an unknown name shows them all"
    )
    parser.add_argument(
        "--query", default="", help="filters, sort and columns as they stand in the page's address: stage=won&sort=-arr"
    )
    parser.add_argument("--format", choices=("csv", "xlsx"), default="csv")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to write; without it, standard output")


def run(options: argparse.Namespace) -> int:
    """Write the rows; 0 when all are written, 1 where it cannot be done, 2 where a workbook would be written to a terminal."""
    if options.format == "xlsx" and options.output is None and sys.stdout.isatty():
        problem("A workbook is not for a terminal: name a file with --output, or write > FILE.")
        return 2
    return with_workspace(options.workspace, partial(_export, options))


def _export(options: argparse.Namespace, ctx: Context) -> int:
    from tenure.workspace.exports import export_blocks  # noqa: PLC0415 - models need the settings
    from tenure.workspace.lists import ListState, list_specs  # noqa: PLC0415
    from tenure.workspace.scope import enter  # noqa: PLC0415

    spec = list_specs.get(options.list)
    if spec is None:
        raise SetupProblem(f"There is no list {options.list}. There are: {', '.join(sorted(list_specs))}.")
    with enter(ctx.scope):
        state = ListState.of_query(ctx, spec, options.query.removeprefix("?"))
        blocks = export_blocks(ctx, spec, state, form=options.format)
    with ExitStack() as opened:
        target: BinaryIO = opened.enter_context(_open(options.output)) if options.output else sys.stdout.buffer
        try:
            target.writelines(blocks)
            target.flush()
        except BrokenPipeError:
            # The reader has seen enough; what is left in the buffer has nowhere to go.
            sys.stdout = None
    return 0


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        raise SetupProblem(f"{path} cannot be written: {error.strerror}.") from error
