"""`tenure conformance metrics|billing FILE`: the product's own functions against published worked examples."""

import argparse
from pathlib import Path

from tenure.billing import conformance as billing
from tenure.insights.conformance import run_conformance


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure conformance`."""
    parser.add_argument("kind", choices=["metrics", "billing"], help="what the examples are about")
    parser.add_argument("file", type=Path, help="a suite file: JSON")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(options: argparse.Namespace) -> int:
    """Run every example and report; 0 where all passed, 1 where not, 2 where the file is no suite."""
    if options.kind == "billing":
        return billing.run_conformance(options.file, options.json)
    return run_conformance(options.kind, options.file, options.json)
