"""Charge models: what a quantity costs. Pure, exact and unrounded; whoever writes a line rounds it once.

Rule: spec/billing.md. Amounts are decimals of any unit of money; tiers go on from one bound to the next, the last one has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from tenure.kernel.errors import Invalid
from tenure.kernel.rounding import Exact, as_fraction


class TiersInvalid(Invalid):
    """Tiers that leave a quantity without a price, or with two."""

    code = "tiers_invalid"
    message = "Tiers end at rising bounds, and the last one has no bound."


@dataclass(frozen=True, slots=True)
class Tier:
    """Units up to `up_to` (inclusive; None for the last tier) cost `unit` each; `flat` is owed once the tier is entered."""

    up_to: Decimal | None
    unit: Decimal = Decimal(0)
    flat: Decimal = Decimal(0)


def standard(quantity: Exact, amount: Exact) -> Fraction:
    """Each unit costs the same."""
    return as_fraction(quantity) * as_fraction(amount)


def package(quantity: Exact, amount: Exact, size: Exact, *, free_units: Exact = 0, is_started_owed: bool = True) -> Fraction:
    """Packages of `size` units; a started one is owed whole, or not at all."""
    if size <= 0:
        raise Invalid
    packages = max(as_fraction(quantity) - as_fraction(free_units), Fraction(0)) / as_fraction(size)
    return (ceil(packages) if is_started_owed else floor(packages)) * as_fraction(amount)


def graduated(quantity: Exact, tiers: Sequence[Tier], *, is_flat_owed_at_zero: bool = True) -> Fraction:
    """Each tier's units at that tier's price, and the flat fee of every tier entered. Raises TiersInvalid.

    is_flat_owed_at_zero: whether no usage at all owes the first tier's flat fee (Lago, OpenMeter) or nothing (Flexprice, Polar).
    """
    _check(tiers)
    left, start, total = as_fraction(quantity), Fraction(0), Fraction(0)
    for position, tier in enumerate(tiers):
        end = None if tier.up_to is None else as_fraction(tier.up_to)
        is_entered = left > start or (position == 0 and (is_flat_owed_at_zero or left < 0))
        if not is_entered:
            break
        units = left - start if end is None else min(left, end) - start
        total += units * as_fraction(tier.unit) + as_fraction(tier.flat)
        if end is not None:
            start = end
    return total


def _check(tiers: Sequence[Tier]) -> None:
    bounds = [tier.up_to for tier in tiers[:-1]]
    if not tiers or tiers[-1].up_to is not None or None in bounds:
        raise TiersInvalid
    rising = [bound for bound in bounds if bound is not None]
    if any(later <= sooner for sooner, later in zip([Decimal(0), *rising], rising, strict=False)):
        raise TiersInvalid
