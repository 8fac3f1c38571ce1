"""Cells that a spreadsheet would run as formulas: disarmed when written, restored when read."""

from __future__ import annotations

import re

_ARMED = re.compile(r"'*[=+\-@\t\r]")
_DISARMED = re.compile(r"'+[=+\-@\t\r]")
# A number or a lone dash is harmless and stays what it is.
_HARMLESS = re.compile(r"[+-]?\d[\d.,]*%?|-+")


def disarm_formula(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would take it for a formula (= + - @ tab return).

    A number written as text keeps its sign. Rule: OWASP, "CSV Injection". `restore_text` is the exact inverse.
    """
    if _ARMED.match(text) and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text


def restore_text(cell: str) -> str:
    """The text that `disarm_formula` was given."""
    if cell.startswith("'") and _DISARMED.match(cell) and not _HARMLESS.fullmatch(cell[1:]):
        return cell[1:]
    return cell
