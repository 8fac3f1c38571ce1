"""How long from an empty folder to a page that answers, and how long when everything is there already.

The reference is what PostgreSQL alone takes: initdb and a start, in a folder beside it.
"""

import os
import subprocess
import sys
from pathlib import Path

from tenure.config.bench.result import BenchOptions, BenchResult, Figure
from tenure.config.embedded.postgres import EmbeddedPostgres
from tenure.kernel import clock

NAME = "start"
COLD_SECONDS = 12.0


def run(options: BenchOptions) -> BenchResult:
    """Start Tenure in a new home, stop it, start it again."""
    options.folder.chmod(0o711)
    home = options.folder / "home"
    began = clock.monotonic()
    with EmbeddedPostgres(options.folder / "reference"):
        reference = clock.monotonic() - began
    cold, warm = _seconds_to_ready(home), _seconds_to_ready(home)
    return BenchResult(
        NAME,
        None,
        (
            Figure("empty folder to a page that answers", cold, "s", at_most=COLD_SECONDS, reference=reference),
            Figure("second start to a page that answers", warm, "s", reference=reference),
        ),
    )


def _seconds_to_ready(home: Path) -> float:
    """From the command to its line that says it is ready; then stop it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENURE_")}
    began = clock.monotonic()
    up = subprocess.Popen(
        [sys.executable, "-P", "-m", "tenure.config.cli", "up"],
        env={**kept, "TENURE_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with up:
        line = up.stdout.readline() if up.stdout else ""
        took = clock.monotonic() - began
        up.terminate()
    if "ready" not in line:
        raise RuntimeError(f"Tenure did not start; it said: {line}")
    return took
