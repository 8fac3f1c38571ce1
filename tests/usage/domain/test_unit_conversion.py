"""Expected values: OpenMeter's examples of unit conversion, and hand calculation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tenure.usage.domain.unit_conversion import UnitConversion, convert
from tenure.usage.enums import UnitRounding


@pytest.mark.parametrize(
    ("quantity", "rounding", "units"),
    [
        ("1400", UnitRounding.CEILING, "2"),
        ("1400", UnitRounding.FLOOR, "1"),
        ("1400", UnitRounding.HALF_UP, "1"),
        ("1500", UnitRounding.HALF_UP, "2"),
        ("1400", UnitRounding.NONE, "1.4"),
        ("-1400", UnitRounding.CEILING, "-1"),
        ("0", UnitRounding.CEILING, "0"),
    ],
)
def test_convert_divides_and_rounds(quantity: str, rounding: UnitRounding, units: str) -> None:
    assert convert(Decimal(quantity), UnitConversion(Decimal(1000), rounding)) == Decimal(units)


def test_convert_takes_free_units_off_after_rounding_and_never_below_zero() -> None:
    conversion = UnitConversion(Decimal(1000), UnitRounding.CEILING)

    assert convert(Decimal(1400), conversion, free_units=Decimal("0.5")) == Decimal("1.5")
    assert convert(Decimal(1400), conversion, free_units=Decimal(5)) == 0
