"""Which adapter answers which metric. An adapter only translates an example's inputs into calls of the domain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tenure.insights.conformance.reading import Inputs

Adapter = Callable[[Inputs], object]

# Decimals that each kind of figure is displayed with.
MONEY, PERCENT, MONTHS, RATIO, WHOLE_PERCENT = 2, 1, 1, 1, 0


@dataclass(frozen=True, slots=True)
class Metric:
    """An adapter and the decimals its metric is displayed with."""

    adapter: Adapter
    digits: int


METRICS: dict[str, Metric] = {}


def metric(name: str, digits: int) -> Callable[[Adapter], Adapter]:
    """Register the adapter of a metric."""

    def register(adapter: Adapter) -> Adapter:
        METRICS[name] = Metric(adapter, digits)
        return adapter

    return register


def percent(share: object) -> object:
    """An exact share as per cent; None stays None."""
    return None if share is None else share * 100  # type: ignore[operator]
