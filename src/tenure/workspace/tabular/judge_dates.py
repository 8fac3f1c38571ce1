"""Is the column a date or an instant, and in which order? Decided over the whole column, never over its first cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from tenure.workspace.tabular.column_tally import ColumnTally, typed_text
from tenure.workspace.tabular.dates import ORDERS
from tenure.workspace.tabular.decisions import Candidate, DateOrder, Decision, Kind
from tenure.workspace.tabular.forms import DateTally
from tenure.workspace.tabular.notes import Note
from tenure.workspace.tabular.notes import translatable as _
from tenure.workspace.tabular.words import names_a_date

_ONLY = _(
    "Dates are read as {order}: {count} of {of} values are only possible that way (for example {example}); none contradicts it."
)
_ONLY_BUT = _(
    "Dates are read as {order}: {count} of {of} values are only possible that way (for example {example}); "
    "{against} contradict it."
)
_UNSURE = _("Dates are read as {order}, but all {of} values are possible in another order too. Check it.")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 75_000


@dataclass(frozen=True, slots=True)
class DatesJudged:
    """The candidates for date and instant, what to warn of, and the extremes under the best of them."""

    candidates: tuple[Candidate, ...]
    warnings: tuple[Note, ...]
    low: str
    high: str


def judge_dates(tally: ColumnTally, header: str, filled: int, zone: str, hint: DateOrder) -> DatesJudged:
    """The ways to read the column as dates or instants; none where it holds none.

    zone: the zone of instants without an offset. hint: the order taken where no value decides.
    """
    dates = tally.forms.dates
    typed_dates, typed_instants = tally.typed[date], tally.typed[datetime]
    if dates.cells + typed_dates + typed_instants == 0:
        return _from_numbers(tally, header, filled)
    order, notes, warnings = _order(dates, hint)
    fits = sum(cells for orders, cells in dates.by_orders.items() if order in orders)
    missing = dates.by_orders[()]
    if missing:
        facts: dict[str, object] = {"count": missing, "example": dates.examples[()]}
        warnings += (Note("dates_do_not_exist", _("{count} dates are not in the calendar (for example {example})."), facts),)
    all_fits = fits + typed_dates + typed_instants
    low, high = _extremes(tally, order)
    if dates.with_time or typed_instants:
        notes += (_zone_note(dates, zone),)
        decision = Decision(Kind.INSTANT, date_order=order, zone=zone)
        alone = max(0, all_fits - dates.with_time - typed_instants)
        candidates = [Candidate(decision, all_fits, filled - all_fits, notes)]
        if alone:
            candidates.append(Candidate(Decision(Kind.DATE, date_order=order), alone, filled - alone, notes))
        return DatesJudged(tuple(candidates), warnings, low, high)
    candidate = Candidate(Decision(Kind.DATE, date_order=order), all_fits, filled - all_fits, notes)
    return DatesJudged((candidate,), warnings, low, high)


def _order(dates: DateTally, hint: DateOrder) -> tuple[DateOrder, tuple[Note, ...], tuple[Note, ...]]:
    """The order that suits most cells; where several suit as many, the hint, said as a doubt."""
    if not dates.cells:
        return DateOrder.YMD, (), ()
    fits = {order: sum(cells for orders, cells in dates.by_orders.items() if order in orders) for order in ORDERS}
    only = {order: dates.by_orders[order,] for order in ORDERS}
    best = max(fits.values())
    tied = [order for order in ORDERS if fits[order] == best]
    order = hint if hint in tied else tied[0]
    total = dates.cells
    if len(tied) > 1:
        if dates.with_name == dates.cells:
            return order, (Note("month_names", _("Months are written as names."), {}),), ()
        doubt = Note("ambiguous_date_order", _UNSURE, {"order": order.value, "of": total})
        return order, (doubt,), (doubt,)
    against = sum(cells for orders, cells in dates.by_orders.items() if orders and order not in orders)
    example = dates.examples.get((order,), dates.low[order][1])
    decisive = only[order] or best
    facts: dict[str, object] = {"order": order.value, "count": decisive, "of": total, "example": example, "against": against}
    note = Note("date_order", _ONLY_BUT if against else _ONLY, facts)
    warnings: tuple[Note, ...] = (note,) if against else ()
    if dates.short_years:
        warnings += (
            Note("short_years", _("{count} years have two digits: below 50 is read as 20xx."), {"count": dates.short_years}),
        )
    return order, (note,), warnings


def _zone_note(dates: DateTally, zone: str) -> Note:
    if dates.with_offset:
        facts: dict[str, object] = {"count": dates.with_offset, "of": dates.with_time, "zone": zone}
        return Note("offsets", _("{count} of {of} times carry an offset; the others are read in the zone {zone}."), facts)
    return Note("zone_assumed", _("Times carry no offset: they are read in the zone {zone}."), {"zone": zone})


def _extremes(tally: ColumnTally, order: DateOrder) -> tuple[str, str]:
    dates = tally.forms.dates
    found: list[tuple[date, str]] = [side[order] for side in (dates.low, dates.high) if order in side]
    for kind in (date, datetime):
        for value in (tally.typed_low.get(kind), tally.typed_high.get(kind)):
            if isinstance(value, datetime):
                found.append((value.date(), typed_text(value)))
            elif isinstance(value, date):
                found.append((value, typed_text(value)))
    return (min(found)[1], max(found)[1]) if found else ("", "")


def _from_numbers(tally: ColumnTally, header: str, filled: int) -> DatesJudged:
    """Numbers that may be days: eight digits, or a spreadsheet's day numbers under a header that speaks of a date."""
    compact = tally.forms.compact_dates
    if compact.cells >= max(1, 0.9 * filled):
        note = Note(
            "compact_dates", _("{count} of {of} numbers are days written as YYYYMMDD."), {"count": compact.cells, "of": filled}
        )
        candidate = Candidate(Decision(Kind.DATE, date_order=DateOrder.YMD), compact.cells, filled - compact.cells, (note,))
        low, high = compact.low[DateOrder.YMD][1], compact.high[DateOrder.YMD][1]
        return DatesJudged((candidate,), (), low, high)
    forms = [form for form in tally.forms.numbers.values() if _PLAIN.fullmatch(form.example)]
    likely = [form for form in forms if float(form.low) >= _FIRST_SERIAL and float(form.high) <= _LAST_SERIAL]
    cells = sum(form.count for form in likely)
    if not names_a_date(header) or cells < max(1, 0.9 * filled):
        return DatesJudged((), (), "", "")
    has_time = any("." in form.example for form in likely)
    note = Note("day_numbers", _("{count} of {of} values look like a spreadsheet's day numbers."), {"count": cells, "of": filled})
    candidate = Candidate(Decision(Kind.INSTANT if has_time else Kind.DATE, serials=True), cells, filled - cells, (note,))
    return DatesJudged((candidate,), (note,), min(form.low for form in likely), max(form.high for form in likely))
