"""`tenure load-events FILE --workspace SLUG --mapping FILE.json`: usage that was recorded elsewhere becomes events, each once.

Acts as Tenure itself: whoever may run this command owns the installation. `tenure up` must run, since events go through the stream.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tenure.config.cli.console import say
from tenure.config.cli.in_workspace import with_workspace
from tenure.config.problems import SetupProblem

if TYPE_CHECKING:
    from tenure.stream.files.reading import Findings
    from tenure.workspace.context import Context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure load-events`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX, also packed (gzip, ZIP with one table)")
    parser.add_argument("--workspace", required=True, metavar="SLUG", help="the workspace's address")
    parser.add_argument("--mapping", required=True, type=Path, metavar="FILE.json", help="docs/guides/product-events.md says how")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def run(options: argparse.Namespace) -> int:
    """Read, publish, say what came of it; 0 where every row is an event or a known one, 1 where some were refused."""
    if not options.file.is_file():
        raise SetupProblem(f"There is no file {options.file}.")
    return with_workspace(options.workspace, partial(_load, options))


def _load(options: argparse.Namespace, ctx: Context) -> int:
    from tenure.stream.actions.begin_event_file import begin_event_file  # noqa: PLC0415 - models need the settings
    from tenure.stream.files.load import load_events  # noqa: PLC0415
    from tenure.stream.files.plan import EventFilePlan  # noqa: PLC0415
    from tenure.stream.files.reading import EventFile  # noqa: PLC0415
    from tenure.stream.queries.sources import as_ingest_knows_it  # noqa: PLC0415

    try:
        plan = EventFilePlan.from_dict(json.loads(options.mapping.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise SetupProblem(f"The mapping {options.mapping} cannot be read: {error}.") from error
    file = EventFile(options.file, plan)
    source = begin_event_file(ctx, options.file.name, plan.source)
    findings = load_events(file, as_ingest_knows_it(source), lambda so_far: None if options.json else _say_progress(so_far))
    if options.json:
        say(json.dumps(asdict(findings), indent=2, ensure_ascii=False))
    else:
        _say_findings(findings)
    return int(bool(findings.refused))


def _say_progress(findings: Findings) -> None:
    say(f"{findings.rows:,} rows read, {findings.accepted:,} events taken in.")


def _say_findings(findings: Findings) -> None:
    say(f"{findings.rows:,} rows: {findings.accepted:,} events taken in.")
    for count, code, sentence in (
        (findings.known, "", "were there already and are counted once"),
        (findings.repeated, "repeated", "repeat an id of the file: the first row counts"),
        (findings.early, "early", "lie before the start of what they belong to; they count all the same"),
        *((count, code, f"are no events ({code})") for code, count in findings.refused.items()),
    ):
        if count:
            examples = "; ".join(f"row {row}: {text}" for row, text in findings.examples.get(code, []))
            say(f"  {count:,} {sentence}{f' ({examples})' if examples else ''}.")
