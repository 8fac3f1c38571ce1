"""Attribution: how much of a won amount each touch on the way to it is given.

Every model returns one share per touch, oldest first unless it says otherwise; shares add up to the value, except in
the published simple decay, which loses its tail unless normalised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from tenure.kernel.rounding import Exact, as_fraction

FIRST, LEAD_CREATED, DEAL_CREATED = "first", "lead_create", "deal_create"
_FORGOTTEN = 10_000


def shared(value: Exact, weights: Sequence[Exact]) -> list[Fraction]:
    """`value` shared in proportion to the weights, unrounded; nothing where there is no weight."""
    parts = [as_fraction(weight) for weight in weights]
    whole = sum(parts, Fraction(0))
    return [as_fraction(value) * part / whole for part in parts] if whole else [Fraction(0)] * len(parts)


def linear(touches: int, value: Exact) -> list[Fraction]:
    """The same share to every touch.

    Source: https://matomo.org/faq/multi-channel-conversion-attribution/faq_25500
    """
    return shared(value, [1] * touches)


def first_touch(touches: int, value: Exact) -> list[Fraction]:
    """Everything to the first touch."""
    return shared(value, [int(at == 0) for at in range(touches)])


def last_touch(touches: int, value: Exact) -> list[Fraction]:
    """Everything to the last touch."""
    return shared(value, [int(at == touches - 1) for at in range(touches)])


def position_based(touches: int, value: Exact, end_share: Exact = Fraction(2, 5)) -> list[Fraction]:
    """`end_share` to the first and to the last touch, the rest shared by those between; two touches share alike.

    Source: https://matomo.org/faq/multi-channel-conversion-attribution/faq_25500
    """
    if touches <= 2:  # noqa: PLR2004 - with no touch between the ends there is no middle to give to
        return linear(touches, value)
    end = as_fraction(end_share)
    middle = (1 - 2 * end) / (touches - 2)
    return shared(value, [end, *[middle] * (touches - 2), end])


def w_shaped(path: Sequence[str], value: Exact) -> list[Fraction]:
    """30 % each to the first touch, the touch that made the lead and the touch that made the deal, 10 % to the others.

    path: one label per touch, oldest first; `lead_create` and `deal_create` mark the milestones, and the first touch
    is the first whatever its label. A touch that is two milestones gets both; what no touch stands for is shared in
    proportion. Source: https://crmcurator.com/articles/hubspot/hubspot-attribution-reports/
    """
    milestones = [0] if path else []
    milestones += [path.index(label) for label in (LEAD_CREATED, DEAL_CREATED) if label in path]
    weights = [Fraction(0)] * len(path)
    for at in milestones:
        weights[at] += Fraction(3, 10)
    others = [at for at in range(len(path)) if at not in milestones]
    for at in others:
        weights[at] = Fraction(1, 10) / len(others)
    return shared(value, weights)


def simple_decay(touches: int, value: Exact = 100, *, normalised: bool = False) -> list[Fraction]:
    """Half to the most recent touch, half of the rest to the one before, and so on; most recent first.

    As published, the shares of n touches miss value / 2^n; `normalised` shares it out.
    Source: https://knowledge.hubspot.com/articles/kcs_article/reports/what-is-attribution-modeling-in-the-attribution-report
    """
    weights = [Fraction(1, 2 ** (at + 1)) for at in range(touches)]
    return shared(value, weights) if normalised else [as_fraction(value) * weight for weight in weights]


def time_decay(days_before: Sequence[Exact], value: Exact, half_life_days: Exact = 7) -> list[Fraction]:
    """A touch `half_life_days` earlier counts half as much.

    days_before: age of each touch at the win, in days. Powers of two are computed to 50 digits.
    Source: https://developers.google.com/google-ads/api/reference/rpc/v17/AttributionModelEnum.AttributionModel
    """
    ages = [as_fraction(days) / as_fraction(half_life_days) for days in days_before]
    youngest = min(ages, default=Fraction(0))
    with localcontext() as context:
        context.prec = 50
        weights = [_halved(age - youngest) for age in ages]
    return shared(value, weights)


def _halved(times: Fraction) -> Fraction:
    """One half to the power of `times`, exact for whole numbers; nothing is left after very many half-lives."""
    if times > _FORGOTTEN:
        return Fraction(0)
    if times.denominator == 1:
        return Fraction(1, 2**times.numerator)
    return Fraction(Decimal(2) ** -(Decimal(times.numerator) / Decimal(times.denominator)))


BY_COUNT: dict[str, Callable[[int, Exact], list[Fraction]]] = {
    "linear": linear,
    "first_touch": first_touch,
    "last_touch": last_touch,
    "position_based": position_based,
}
