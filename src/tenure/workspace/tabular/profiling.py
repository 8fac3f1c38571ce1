"""What every column of a table holds, found in one pass over the whole file with flat memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from heapq import nlargest
from itertools import islice
from operator import itemgetter

from tenure.workspace.tabular.column_tally import ColumnTally
from tenure.workspace.tabular.decisions import Candidate, ColumnProfile, DateOrder, Decision, Kind
from tenure.workspace.tabular.judge_dates import DatesJudged, judge_dates
from tenure.workspace.tabular.judge_numbers import NumbersJudged, has_leading_zeros, judge_numbers
from tenure.workspace.tabular.judge_words import find_mends, judge_boolean, judge_texts
from tenure.workspace.tabular.notes import Note
from tenure.workspace.tabular.notes import translatable as _
from tenure.workspace.tabular.rows import Cell, RowProblem
from tenure.workspace.tabular.table import Row, Table

_BATCH_CELLS = 20_000
_DISTINCT_CELLS = 200_000
_MOST_DISTINCT = 10_000
_FREQUENT = 50
_ENOUGH = 0.9
_WORTH_OFFERING = 0.5
_TEXTUAL = {Kind.TEXT, Kind.IDENTIFIER, Kind.LIST, Kind.EMPTY}


def profile(table: Table, *, zone: str = "UTC", date_order_hint: DateOrder = DateOrder.DMY) -> list[ColumnProfile]:
    """Each column's counts, values and the kinds it may be read as, with evidence, over all rows.

    zone: the workspace's zone, for times without an offset. date_order_hint: taken only where no value decides.
    Rows that are no records (RowProblem) are not counted; `table.tally` says how many there were.
    """
    return profile_rows(
        table.header, table.rows(), zone=zone, date_order_hint=date_order_hint, typed=table.dialect.format == "xlsx"
    )


def profile_rows(
    header: Sequence[str],
    rows: Iterable[Row | RowProblem],
    *,
    zone: str = "UTC",
    date_order_hint: DateOrder = DateOrder.DMY,
    typed: bool = True,
) -> list[ColumnProfile]:
    """The same for rows that are already at hand. typed: cells may be other than text."""
    width = max(1, len(header))
    tallies = [ColumnTally(max(100, min(_MOST_DISTINCT, _DISTINCT_CELLS // width))) for _name in header]
    for batch in _batches(rows, max(50, _BATCH_CELLS // width)):
        for tally, column in zip(tallies, zip(*batch, strict=True), strict=True):
            if typed:
                tally.add_mixed(column)
            else:
                tally.add_texts(column)
    return [
        _judged(index, name, tally, zone, date_order_hint)
        for index, (name, tally) in enumerate(zip(header, tallies, strict=True))
    ]


def _batches(rows: Iterable[Row | RowProblem], size: int) -> Iterator[list[list[Cell]]]:
    records = (row[1] for row in rows if row.__class__ is tuple)
    while batch := list(islice(records, size)):
        yield batch


def _judged(index: int, name: str, tally: ColumnTally, zone: str, hint: DateOrder) -> ColumnProfile:
    tally.digest()
    tally.forms.settle()
    filled = tally.cells - tally.empties - tally.null_words.total() - tally.weak_null_words.total()
    numbers = judge_numbers(tally, filled)
    dates = judge_dates(tally, name, filled, zone, hint)
    candidates = _ranked(tally, name, filled, numbers, dates)
    best = candidates[0].kind
    if best in _TEXTUAL and tally.weak_null_words:
        candidates = _with_weak_words_as_values(tally, candidates)
    nulls = dict(tally.null_words) if best in _TEXTUAL else {**tally.null_words, **tally.weak_null_words}
    low, high = _extremes(tally, best, numbers, dates)
    mends = find_mends(tally) if best in _TEXTUAL else {}
    return ColumnProfile(
        index=index,
        name=name,
        count=tally.cells,
        empties=tally.empties,
        null_words=nulls,
        distinct=len(tally.values),
        distinct_is_exact=tally.is_exact,
        frequent=tuple(nlargest(_FREQUENT, tally.values.items(), key=itemgetter(1))),
        minimum=low,
        maximum=high,
        candidates=tuple(_knowing_nulls(one, nulls) for one in candidates),
        warnings=_warnings(tally, best, numbers, dates, mends),
        mends=mends,
    )


def _ranked(tally: ColumnTally, name: str, filled: int, numbers: NumbersJudged, dates: DatesJudged) -> list[Candidate]:
    """All candidates, best first: the most telling kind that suits nine cells in ten."""
    if filled == 0 and not tally.weak_null_words:
        return [Candidate(Decision(Kind.EMPTY), 0, 0)]
    boolean = judge_boolean(tally, name, filled)
    texts = judge_texts(tally, filled)
    telling = [*([boolean] if boolean else []), *dates.candidates, *numbers.candidates]
    if has_leading_zeros(tally) and not dates.candidates:
        telling, texts = texts, telling
    ranked = [one for one in (*telling, *texts) if one.share >= _WORTH_OFFERING]
    typed = sum(tally.typed[kind] for kind in (date, datetime))
    return sorted(ranked, key=lambda one: (one.share < _ENOUGH, typed > 0 and one.kind not in (Kind.DATE, Kind.INSTANT)))


def _with_weak_words_as_values(tally: ColumnTally, candidates: list[Candidate]) -> list[Candidate]:
    extra = tally.weak_null_words.total()
    for word, cells in tally.weak_null_words.items():
        tally.values[word] = tally.values.get(word, 0) + cells
    return [
        Candidate(one.decision, one.fits + extra, one.misfits, one.evidence, one.examples)
        if one.kind in _TEXTUAL
        else Candidate(one.decision, one.fits, one.misfits + extra, one.evidence, one.examples)
        for one in candidates
    ]


def _knowing_nulls(candidate: Candidate, nulls: dict[str, int]) -> Candidate:
    plain = {**candidate.decision.as_dict(), "null_words": sorted(nulls)}
    return Candidate(Decision.from_dict(plain), candidate.fits, candidate.misfits, candidate.evidence, candidate.examples)


def _extremes(tally: ColumnTally, best: Kind, numbers: NumbersJudged, dates: DatesJudged) -> tuple[str, str]:
    if best in (Kind.DATE, Kind.INSTANT):
        return dates.low, dates.high
    if best in (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT):
        return numbers.low, numbers.high
    return (min(tally.values), max(tally.values)) if tally.values else ("", "")


def _warnings(
    tally: ColumnTally, best: Kind, numbers: NumbersJudged, dates: DatesJudged, mends: dict[str, str]
) -> tuple[Note, ...]:
    found: tuple[Note, ...] = ()
    if best in (Kind.DATE, Kind.INSTANT):
        found += dates.warnings
    if best in (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT, Kind.IDENTIFIER, Kind.TEXT):
        found += numbers.warnings
    if tally.padded:
        found += (Note("padded", _("{count} cells have spaces around their value; they are removed."), {"count": tally.padded}),)
    if mends:
        damaged, was = next(iter(mends.items()))
        facts: dict[str, object] = {"count": sum(tally.values[value] for value in mends), "example": damaged, "was": was}
        found += (
            Note("spreadsheet_damage", _("A spreadsheet turned {count} ranges into dates: “{example}” was “{was}”."), facts),
        )
    return found
