"""Near misses: values that are not known but nearly are, with the known value that is probably meant."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tenure.workspace.tabular.words import folded

_NOT_WORD = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+")
_CANDIDATES = 12
_LONGEST = 80
# Up to so many letters, so many slips: a short word is soon another word.
_SLIPS = ((3, 0), (6, 1), (12, 2))
_MOST_SLIPS = 3
SAME_BUT_FOR_WRITING = 0.98


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The known value that is probably meant; confidence from 0 to 1."""

    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Known:
    value: str
    key: str
    numbers: tuple[str, ...]


def nearest_values(unknown: Iterable[str], known: Iterable[str]) -> dict[str, Suggestion]:
    """For each unknown value the nearest known one, where one is near enough to be offered.

    First by equality without case, accents, spaces and signs ("GTXPro" is "GTX Pro"), then by one to three slips of the
    pen, more in longer words ("technolgy"). Values whose numbers differ are never near ("Plan 10", "Plan 11"). Two equally
    near values halve the confidence. Cost: each value is compared with a dozen others at most, found by shared letter pairs.
    """
    known_values = [_known(value) for value in dict.fromkeys(known)]
    exact = {one.value for one in known_values}
    by_key = {one.key: one for one in reversed(known_values) if one.key}
    pairs: dict[str, list[int]] | None = None
    found: dict[str, Suggestion] = {}
    for value in dict.fromkeys(unknown):
        mine = _known(value)
        if value in exact or not mine.key:
            continue
        if mine.key in by_key:
            found[value] = Suggestion(by_key[mine.key].value, SAME_BUT_FOR_WRITING)
            continue
        if pairs is None:
            pairs = _pairs_index(known_values)
        if suggestion := _nearest(mine, known_values, pairs):
            found[value] = suggestion
    return found


def _known(value: str) -> _Known:
    key = _NOT_WORD.sub("", folded(value))[:_LONGEST]
    return _Known(value, key, tuple(_NUMBERS.findall(value)))


def _pairs(key: str) -> set[str]:
    padded = f"^{key}$"
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


def _pairs_index(known: list[_Known]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for position, one in enumerate(known):
        for pair in _pairs(one.key):
            index[pair].append(position)
    # A pair that half of a large catalogue shares tells nothing and costs most.
    most = max(200, len(known) // 10)
    return {pair: positions for pair, positions in index.items() if len(positions) <= most}


def _nearest(mine: _Known, known: list[_Known], pairs: dict[str, list[int]]) -> Suggestion | None:
    allowed = _allowed_slips(len(mine.key))
    if not allowed:
        return None
    shared: Counter[int] = Counter()
    for pair in _pairs(mine.key):
        shared.update(pairs.get(pair, ()))
    near: list[tuple[int, str]] = []
    for position, _count in shared.most_common(_CANDIDATES):
        other = known[position]
        if other.numbers == mine.numbers and (slips := count_slips(mine.key, other.key, allowed)) is not None:
            near.append((slips, other.value))
    if not near:
        return None
    near.sort()
    slips, value = near[0]
    confidence = 1 - slips / max(len(mine.key), 1)
    is_tied = len(near) > 1 and near[1][0] == slips
    return Suggestion(value, round(confidence / 2 if is_tied else confidence, 3))


def _allowed_slips(length: int) -> int:
    return next((slips for longest, slips in _SLIPS if length <= longest), _MOST_SLIPS)


def count_slips(left: str, right: str, most: int) -> int | None:
    """Letters added, lost, changed or swapped with their neighbour; None where there are more than `most`.

    The optimal string alignment distance, within a band of `most` around the diagonal.
    """
    if abs(len(left) - len(right)) > most:
        return None
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        current = [row] + [most + 1] * len(right)
        for column in range(max(1, row - most), min(len(right), row + most) + 1):
            other = right[column - 1]
            cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current[column] = cost
        if min(current) > most:
            return None
        before, last = last, current
    return last[-1] if last[-1] <= most else None
