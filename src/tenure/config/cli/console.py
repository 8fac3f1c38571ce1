"""What the command line says: results on standard output, problems on standard error."""

import sys


def say(text: str = "") -> None:
    """A line for the person, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def problem(text: str) -> None:
    """A line about what went wrong."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
