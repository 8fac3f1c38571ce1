"""What the command line says: results on standard output, problems on standard error."""

import sys
from contextlib import suppress


def say(text: str = "") -> None:
    """A line for the person, at once; a reader who has gone is no reason to stop."""
    with suppress(BrokenPipeError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def problem(text: str) -> None:
    """A line about what went wrong."""
    with suppress(BrokenPipeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
