"""The models of the suite: each only translates an example's parameters into calls of what counts and prices."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from tenure.billing.conformance import metering
from tenure.billing.conformance.metering import Counter
from tenure.billing.conformance.reading import Params, number
from tenure.kernel.charge_models import Tier, graduated, package, standard
from tenure.kernel.rounding import Exact
from tenure.kernel.worked_examples import ExampleMalformed
from tenure.usage.domain.unit_conversion import UnitConversion, convert
from tenure.usage.enums import UnitRounding

Model = Callable[[Params, object, Counter], Exact]


def price(params: Params, quantity: Decimal) -> Fraction:
    """What a quantity costs by the charge model that `model` names."""
    name = params.text("model")
    if name not in PRICES:
        raise ExampleMalformed(problem=f"unknown model {name}")
    return PRICES[name](params, quantity)


def _standard(params: Params, quantity: Decimal) -> Fraction:
    return standard(quantity, params.number("amount"))


def _package(params: Params, quantity: Decimal) -> Fraction:
    rounding = params.text("round", "up")
    if rounding not in ("up", "down"):
        raise ExampleMalformed(problem=f"unknown rounding {rounding}")
    return package(
        quantity,
        params.number("amount"),
        params.number("package_size"),
        free_units=params.number("free_units", "0"),
        is_started_owed=rounding == "up",
    )


def _graduated(params: Params, quantity: Decimal) -> Fraction:
    tiers = [
        Tier(
            tier.number("up_to") if tier.has("up_to") else None,
            tier.number("unit", "0"),
            tier.number("flat", "0"),
        )
        for tier in params.rows("tiers")
    ]
    return graduated(quantity, tiers, is_flat_owed_at_zero=params.flag("flat_at_zero", default=True))


PRICES: dict[str, Callable[[Params, Decimal], Fraction]] = {
    "standard": _standard,
    "package": _package,
    "graduated": _graduated,
}


def _priced(name: str) -> Model:
    def run(params: Params, usage: object, _count: Counter) -> Exact:
        return PRICES[name](params, number(usage, "usage"))

    return run


def _aggregate(params: Params, usage: object, count: Counter) -> Exact:
    return _one(count(metering.aggregate(params, usage)))


def _weighted_sum(params: Params, usage: object, count: Counter) -> Exact:
    return _one(count(metering.weighted_sum(params, usage)))


def _prorated_recurring_sum(params: Params, usage: object, count: Counter) -> Exact:
    return _one(count(metering.prorated_recurring_sum(params, usage)))


def _bucketed(params: Params, usage: object, count: Counter) -> Exact:
    return sum((price(params, each or Decimal(0)) for each in count(metering.buckets(usage))), Fraction(0))


def _unit_conversion(params: Params, usage: object, count: Counter) -> Exact:
    rounding = params.text("round", "none")
    if rounding not in UnitRounding.values:
        raise ExampleMalformed(problem=f"unknown rounding {rounding}")
    conversion = UnitConversion(params.number("divide_by", "1"), UnitRounding(rounding))
    if conversion.divide_by <= 0:
        raise ExampleMalformed(problem="divide_by is not above zero")
    units = convert(_one(count(metering.total(usage))), conversion, free_units=params.number("free_converted_units", "0"))
    return price(params.part("base"), units)


def _one(values: list[Decimal | None]) -> Decimal:
    return values[0] or Decimal(0)


MODELS: dict[str, Model] = {
    "aggregate": _aggregate,
    "weighted_sum": _weighted_sum,
    "prorated_recurring_sum": _prorated_recurring_sum,
    "bucketed": _bucketed,
    "unit_conversion": _unit_conversion,
    **{name: _priced(name) for name in PRICES},
}
