"""Running a suite file of billing and reporting per example and in total."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from fractions import Fraction
from pathlib import Path

from tenure.billing.conformance.metering import Counter, count_in_memory
from tenure.billing.conformance.models import MODELS
from tenure.billing.conformance.reading import Params, number
from tenure.kernel.rounding import Exact, as_decimal, as_fraction
from tenure.kernel.worked_examples import ExampleMalformed, Report, Suite, print_report, run_suite
from tenure.usage.domain.numbers import shown

_MODES = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "ceiling": ROUND_CEILING,
    "floor": ROUND_FLOOR,
    "down": ROUND_DOWN,
    "up": ROUND_UP,
}
_DIGITS = 60
_MOST_PLACES = 20


def run(path: Path, count: Counter = count_in_memory) -> Report:
    """Run every example of a suite file (a JSON list); `count` is what counts. Raises SuiteUnreadable where it is none."""

    def judge(name: str, example: Mapping[str, object]) -> tuple[bool, object, object]:
        expected = example.get("expected")
        wanted = number(expected, "expected")
        got = _rounded(MODELS[name](Params(example.get("params", {})), example.get("usage"), count), example.get("round"))
        return as_fraction(got) == as_fraction(wanted), shown(as_decimal(got)), expected

    return run_suite(Suite("model", MODELS, judge, plain=str, text=str), path)


def run_conformance(file: Path, as_json: bool) -> int:  # noqa: FBT001 - the command line's own shape
    """Print the report of a suite file, amounts as decimal texts; the exit code is 0 where all passed, 1 where not, 2 where it cannot be run."""
    return print_report(run, file, as_json=as_json)


def _rounded(value: Exact, how: object) -> Exact:
    """`value` as the example wants it rounded; exact where it says nothing."""
    if how is None:
        return value
    rounding = Params(how, "round")
    mode, places = rounding.text("mode", "half_up"), int(rounding.number("places", "2"))
    if mode not in _MODES or not 0 <= places <= _MOST_PLACES:
        raise ExampleMalformed(problem=f"unknown rounding {mode} at {places} places")
    fraction = as_fraction(value) * 10**places
    # Enough digits that what decides the rounding is never cut off: the quotient's own, and whether a rest is left.
    whole, rest = divmod(abs(fraction.numerator), fraction.denominator)
    tail = (
        Decimal("0.5")
        if 2 * rest == fraction.denominator
        else Decimal("0.25")
        if 0 < 2 * rest < fraction.denominator
        else Decimal("0.75")
    )
    signed = (Decimal(whole) + (tail if rest else 0)) * (1 if fraction >= 0 else -1)
    rounded = signed.quantize(Decimal(1), rounding=_MODES[mode], context=Context(prec=_DIGITS))
    return Fraction(int(rounded), 10**places)
