"""The command line `tenure`: one module per subcommand, imported only when it is asked for.

Each module has add_arguments(parser) and run(options) -> exit code: 0 all is well, 1 a problem, 2 misuse.
"""

import argparse
import importlib
import importlib.metadata
import sys
from collections.abc import Sequence
from typing import NamedTuple

from tenure.config.cli.console import problem
from tenure.config.problems import SetupProblem


class Command(NamedTuple):
    """A subcommand: its name, the module that does it, and what it is for."""

    name: str
    module: str
    help: str


COMMANDS = (
    Command("up", "up", "start Tenure: its database, its pages and its jobs"),
    Command("demo", "demo", "start Tenure with the demo company in it, and a link that signs in"),
    Command("import", "import_", "load files as records, previewed first"),
    Command("load-events", "load_events", "load a file of usage as product events"),
    Command("export", "export", "write a list as a file"),
    Command("doctor", "doctor", "check this installation, with a remedy for each problem"),
    Command("backup", "backup", "write everything to one file"),
    Command("restore", "restore", "bring back what a backup holds"),
    Command("upgrade", "upgrade", "bring the database up to this version; back to the old state if that fails"),
    Command("conformance", "conformance", "check the numbers against published worked examples"),
    Command("bench", "bench", "measure against the budgets"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    options = _parser(given[0] if given else "").parse_args(given)
    try:
        return int(options.run(options))
    except SetupProblem as stopped:
        problem(str(stopped))
        return 1
    except KeyboardInterrupt:
        return 130


def _parser(asked_for: str) -> argparse.ArgumentParser:
    """The parser of all names, with the arguments of the one asked for: the others are not even imported."""
    parser = argparse.ArgumentParser(prog="tenure", description="Tenure, the operating system of a SaaS company.")
    parser.add_argument("--version", action="version", version=f"tenure {importlib.metadata.version('tenure')}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        subparser = subparsers.add_parser(command.name, help=command.help, description=command.help)
        if command.name == asked_for:
            module = importlib.import_module(f"{__name__}.{command.module}")
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    return parser
