"""Cutting a batch into its calls by brackets alone, where a JSON reader gives up on one of them: the others are kept."""

from __future__ import annotations

import re

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_OPENING, _CLOSING = b"[{", b"]}"
_IN_OBJECT = 2


def cut_calls(body: bytes) -> list[bytes] | None:
    """The objects of the list under "batch", as bytes; None where no such list can be made out."""
    calls: list[bytes] = []
    depth, start, inside = 0, -1, -1
    key = b""
    for found in _TOKEN.finditer(body):
        token = found[0]
        if token in _OPENING:
            depth += 1
            if inside < 0 and token == b"[" and depth == _IN_OBJECT and key == b'"batch"':
                inside = depth
            elif depth == inside + 1 and inside > 0:
                start = found.start()
        elif token in _CLOSING:
            if depth == inside:
                return calls
            depth -= 1
            if depth == inside:
                calls.append(body[start : found.end()])
        elif depth == _IN_OBJECT - 1:
            key = token
    return None
