"""Is the column a number, an amount, a percentage? Decided over all its forms, with the counts that decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tenure.workspace.tabular.amounts import exact_decimal, split_amount
from tenure.workspace.tabular.column_tally import ColumnTally
from tenure.workspace.tabular.decisions import Candidate, Decision, Kind
from tenure.workspace.tabular.forms import NumberForm
from tenure.workspace.tabular.notes import Note
from tenure.workspace.tabular.notes import translatable as _

_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class NumbersJudged:
    """The numeric candidates, what to warn of, and the extremes under the best of them."""

    candidates: tuple[Candidate, ...]
    warnings: tuple[Note, ...]
    low: str
    high: str


def judge_numbers(tally: ColumnTally, filled: int) -> NumbersJudged:
    """The ways to read the column as numbers; none where it holds no number.

    The decimal mark is the one that suits most cells. An amount's currency is the one most cells name.
    """
    forms = list(tally.forms.numbers.values())
    typed_integers, typed_decimals = tally.typed[int], tally.typed[Decimal]
    if not forms and not typed_integers and not typed_decimals:
        return NumbersJudged((), (), "", "")
    mark, notes, warnings = _decimal_mark(forms)
    suiting = [form for form in forms if mark in form.marks]
    percents = _cells(form for form in suiting if form.written.is_percent)
    currencies = Counter[str]()
    for form in suiting:
        if form.written.currency:
            currencies[form.written.currency] += form.count
    plain = _cells(form for form in suiting if not form.written.is_percent and not form.written.currency)
    plain += typed_integers + typed_decimals
    whole = typed_integers + _cells(form for form in suiting if _is_whole(form, mark))
    candidates: list[Candidate] = []
    if percents:
        candidates.append(_candidate(Decision(Kind.PERCENT, decimal_mark=mark), percents, filled, notes))
    if currencies:
        money, money_warnings = _money(currencies, plain, filled, mark, notes)
        candidates.append(money)
        warnings += money_warnings
    if plain:
        if whole:
            candidates.append(_candidate(Decision(Kind.INTEGER, decimal_mark=mark), whole, filled, notes))
        decimal = _candidate(Decision(Kind.DECIMAL, decimal_mark=mark), plain, filled, notes)
        candidates.insert(0 if whole < plain else len(candidates), decimal)
    if any(_has_leading_zero(form) for form in suiting):
        warnings += (Note("leading_zeros", _("Some values begin with a zero: as a number they would lose it."), {}),)
    return NumbersJudged(tuple(candidates), warnings, *_extremes(tally, suiting, mark))


def has_leading_zeros(tally: ColumnTally) -> bool:
    """Whether a value such as 00713 would lose digits as a number, or is too long to be one."""
    return any(_has_leading_zero(form) or len(form.example) > _LONGEST_NUMBER for form in tally.forms.numbers.values())


def _cells(forms: Iterable[NumberForm]) -> int:
    return sum(form.count for form in forms)


def _is_whole(form: NumberForm, mark: str) -> bool:
    written = form.written
    return mark not in written.digits and not written.exponent and not written.is_percent and not written.currency


def _has_leading_zero(form: NumberForm) -> bool:
    return form.low.isdigit() and len(form.low) > 1 and form.low.startswith("0")


def _decimal_mark(forms: list[NumberForm]) -> tuple[str, tuple[Note, ...], tuple[Note, ...]]:
    only = {mark: [form for form in forms if form.marks == mark] for mark in ".,"}
    point, comma = (_cells(only[mark]) for mark in ".,")
    separated = [form for form in forms if form.marks == ".," and not form.written.digits.isdigit()]
    if not point and not comma:
        if not separated:
            return ".", (), ()
        facts: dict[str, object] = {"count": _cells(separated), "example": separated[0].example}
        text = _(
            "{count} values could have a decimal or a grouping separator (for example {example}); nothing decides. Check it."
        )
        return ".", (), (Note("ambiguous_decimal_mark", text, facts),)
    mark, fits, against = (".", point, comma) if point >= comma else (",", comma, point)
    facts = {"mark": mark, "count": fits, "of": _cells(forms), "example": only[mark][0].example, "against": against}
    note = Note(
        "decimal_mark",
        _("The decimal mark is “{mark}”: {count} of {of} values are only possible that way ({example}); {against} contradict."),
        facts,
    )
    return mark, (note,), (note,) if against else ()


def _money(
    currencies: Counter[str], plain: int, filled: int, mark: str, notes: tuple[Note, ...]
) -> tuple[Candidate, tuple[Note, ...]]:
    (currency, cells), *others = currencies.most_common()
    note = Note("currency", _("{count} amounts are in {currency}."), {"count": cells, "currency": currency})
    candidate = _candidate(Decision(Kind.MONEY, decimal_mark=mark, currency=currency), cells + plain, filled, (*notes, note))
    if not others:
        return candidate, ()
    counts = ", ".join(f"{code}: {count}" for code, count in currencies.most_common())
    warning = Note(
        "two_currencies",
        _("The column holds amounts in several currencies ({counts}). Only {currency} is read."),
        {"counts": counts, "currency": currency},
    )
    return candidate, (warning,)


def _candidate(decision: Decision, fits: int, filled: int, notes: tuple[Note, ...]) -> Candidate:
    return Candidate(decision, fits, filled - fits, notes)


def _extremes(tally: ColumnTally, forms: list[NumberForm], mark: str) -> tuple[str, str]:
    values = [tally.typed_low[kind] for kind in (int, Decimal) if kind in tally.typed_low]
    values += [tally.typed_high[kind] for kind in (int, Decimal) if kind in tally.typed_high]
    numbers = [Decimal(value) for value in values if isinstance(value, int | Decimal)]
    for text in (text for form in forms for text in (form.low, form.high)):
        written = split_amount(text)
        value = exact_decimal(written, mark) if written else None
        if value is not None:
            numbers.append(value)
    return (format(min(numbers), "f"), format(max(numbers), "f")) if numbers else ("", "")
