"""Building item values from an example: amounts as published, time counted from one fixed day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from tenure.billing.domain.definition_sets import SETS, STRIPE, TENURE, definition_named
from tenure.billing.domain.definitions import Definition, Pause
from tenure.billing.domain.item_values import ItemValue, State
from tenure.billing.domain.movements import Movement
from tenure.billing.domain.normalise import MICROS_PER_MINOR
from tenure.insights.conformance.reading import Inputs
from tenure.kernel.anchor import MONTHLY, Anchor, Interval, Unit
from tenure.kernel.period import Period
from tenure.kernel.rounding import Exact, as_fraction, half_up_integer
from tenure.kernel.worked_examples import ExampleMalformed

START = datetime(2026, 1, 1, tzinfo=UTC)
MONTHS = Anchor(START, MONTHLY)
# Published figures name no minor unit; so fine a one keeps each of their decimals, and thirds to the twelfth.
MINOR_PER_UNIT = 10**9
_CURRENCY = "XXX"

# Readings that the field names and that differ from a shipped definition in one point.
PUBLISHED = {
    **SETS,
    "maxio": replace(TENURE, name="maxio", reactivation_within_days=90),
    "maxio_stripe": STRIPE,
    "chargify_polar": replace(TENURE, name="chargify_polar", pause=Pause.KEPT),
    "recurly": replace(TENURE, name="recurly", pause=Pause.CHURN),
}
_INTERVALS = {
    "day": Interval(1, Unit.DAY),
    "week": Interval(1, Unit.WEEK),
    "month": MONTHLY,
    "quarter": Interval(3, Unit.MONTH),
    "year": Interval(1, Unit.YEAR),
}


def definition_of(inputs: Inputs, default: Definition = TENURE) -> Definition:
    """The definition that the example names as its policy, else the default."""
    if not inputs.has("policy") and not inputs.has("definition"):
        return default
    name = inputs.text("policy" if inputs.has("policy") else "definition").removesuffix("_default")
    return PUBLISHED.get(name) or definition_named(name)


def interval_of(inputs: Inputs) -> Interval:
    """The interval of an amount: so many months, or per day, week, month, quarter or year."""
    if inputs.has("per"):
        per = inputs.text("per")
        if per not in _INTERVALS:
            raise ExampleMalformed(problem=f"per {per} is no interval")
        return _INTERVALS[per]
    return Interval(inputs.count("interval_months", "months", default=1), Unit.MONTH)


def minor(amount: Exact) -> int:
    """A published amount in the fine minor unit of this suite."""
    return half_up_integer(as_fraction(amount) * MINOR_PER_UNIT)


def amount(micros: Exact) -> Fraction:
    """Micros as an amount as published."""
    return as_fraction(micros) / (MICROS_PER_MINOR * MINOR_PER_UNIT)


def value(
    item: object,
    net: Exact,
    start: datetime = START,
    end: datetime | None = None,
    **facts: object,
) -> ItemValue:
    """A paid value of one item of one account, recorded when it starts; `facts` are further fields of ItemValue."""
    plain = ItemValue(
        item=str(item),
        account="account",
        list_minor=minor(net),
        net_minor=minor(net),
        currency=_CURRENCY,
        valid=Period(start, end),
        recorded_at=start,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def trial(item: object, net: Exact) -> ItemValue:
    """An item on trial."""
    return value(item, net, state=State.TRIAL)


def after(days: Exact = 0, minutes: Exact = 0) -> datetime:
    """The instant so long after the start."""
    return START + timedelta(seconds=half_up_integer(as_fraction(days) * 86_400 + as_fraction(minutes) * 60))


def mrr(totals: dict[str, int]) -> Fraction:
    """The one currency's MRR as published."""
    return amount(totals.get(_CURRENCY, 0))


def named(movements: Iterable[Movement]) -> list[list[object]]:
    """Movements as pairs of kind and signed amount."""
    return [[movement.kind.value, amount(movement.micros)] for movement in movements]


def day(text: str) -> date:
    """A civil date, written with its year or, as some sources do, only MM-DD (read in a leap year)."""
    try:
        return date.fromisoformat(text if len(text) > len("MM-DD") else f"2000-{text}")
    except ValueError as error:
        raise ExampleMalformed(problem=f"{text} is not a date") from error


def next_year(moment: date) -> date:
    """The same day a year later, for periods that run over the end of a year without naming it."""
    return Anchor(moment, Interval(1, Unit.YEAR)).boundary(1)
