"""`tenure bench NAME`: measure one kind of work against its budget, beside a reference in the same run."""

import argparse
import importlib
import json
import keyword
import pkgutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

from tenure.config import bench
from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.cli.console import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure bench`."""
    parser.add_argument("name", choices=sorted(bench_names()), metavar="NAME", help=", ".join(sorted(bench_names())))
    parser.add_argument("--size", type=int, help="how much work, in the bench's own unit")
    parser.add_argument("--full", action="store_true", help="the largest size too, where it takes minutes")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(options: argparse.Namespace) -> int:
    """Run a bench in a throw-away folder and print its figures; 1 when one misses its budget."""
    with tempfile.TemporaryDirectory(prefix="tenure-bench-") as folder:
        result: BenchResult = _module(options.name).run(
            BenchOptions(folder=Path(folder), size=options.size, is_full=options.full)
        )
    say(json.dumps(_as_json(result), indent=2) if options.json else "\n".join(_line(f) for f in result.figures))
    return int(not result.is_within_budget)


def bench_names() -> tuple[str, ...]:
    """Every bench there is, by its file in tenure/config/bench."""
    return tuple(module.name.rstrip("_") for module in pkgutil.iter_modules(bench.__path__) if module.name != "result")


def _module(name: str) -> ModuleType:
    # A bench whose name Python keeps for itself (import) has a file with an underscore behind it.
    return importlib.import_module(f"{bench.__name__}.{name}{'_' if keyword.iskeyword(name) else ''}")


def _as_json(result: BenchResult) -> dict[str, object]:
    figures = [{**asdict(figure), "ratio": figure.ratio, "within": figure.is_within_budget} for figure in result.figures]
    return {"name": result.name, "size": result.size, "within": result.is_within_budget, "figures": figures}


def _line(figure: Figure) -> str:
    beside = f"; reference {figure.reference:.3g} {figure.unit}, ratio {figure.ratio:.3g}" if figure.ratio else ""
    return f"{figure.work}: {figure.value:.3g} {figure.unit}{beside}{'' if figure.is_within_budget else '  MISSES'}"
