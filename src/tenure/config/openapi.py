"""The API's document as a file: `python -m tenure.config.openapi` writes docs/openapi.json; `--check` shows what differs."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
from pathlib import Path

import django

FILE = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def document_text() -> str:
    """The document as it is committed: two spaces, keys in their order, a line feed at the end."""
    from tenure.config.api import api  # noqa: PLC0415 - rooms are loaded by django.setup()

    return json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False) + "\n"


def difference(committed: str, present: str) -> str:
    """What changed between two documents, as lines with - and +; empty where nothing did."""
    lines = difflib.unified_diff(
        committed.splitlines(), present.splitlines(), "docs/openapi.json", "the API as it is", n=2, lineterm=""
    )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Write or compare; 1 where the file is not what the API is."""
    parser = argparse.ArgumentParser(description="Write docs/openapi.json, or compare it with the API.")
    parser.add_argument("--check", action="store_true", help="change nothing; show what differs")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenure.config.settings")
    django.setup()
    present = document_text()
    if not options.check:
        FILE.write_text(present, encoding="utf-8")
        return 0
    changed = difference(FILE.read_text(encoding="utf-8"), present)
    if changed:
        sys.stdout.write(f"{changed}\n\nThe API has changed. Where that is meant: .venv/bin/python -m tenure.config.openapi\n")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
