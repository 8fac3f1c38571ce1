"""From the terms of a subscription item to its item values: when it is a trial, when it is paid, when its discount runs out."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tenure.billing.domain.item_values import Charge, DiscountDuration, ItemValue, State
from tenure.billing.domain.movements import DISCOUNT_EXPIRED
from tenure.kernel.anchor import MONTHLY, Interval
from tenure.kernel.period import Period
from tenure.kernel.rounding import Exact


@dataclass(frozen=True, slots=True)
class ItemTerms:
    """What was agreed about one item: instants where a civil day begins in the workspace's zone, amounts as in ItemValue.

    ends_at: the first instant at which it no longer runs. trial_ends_at: the end of its trial; a trial without one lasts as long as
    the item. discount_ends_at: from when the list amount is paid.
    """

    item: Hashable
    account: Hashable
    list_minor: int
    net_minor: int
    currency: str
    starts_at: datetime
    ends_at: datetime | None = None
    interval: Interval = MONTHLY
    charge: Charge = Charge.RECURRING
    discount: DiscountDuration | None = None
    discount_ends_at: datetime | None = None
    is_trial: bool = False
    trial_ends_at: datetime | None = None
    cancelled_at: datetime | None = None
    end_reason: str = ""

    @property
    def paid_from(self) -> datetime | None:
        """The instant from which it is paid; None where it never is."""
        start = self.starts_at
        if self.is_trial:
            if self.trial_ends_at is None:
                return None
            start = max(start, self.trial_ends_at)
        return start if self.ends_at is None or start < self.ends_at else None


def values_of(terms: ItemTerms, *, rate: Exact | None, recorded_at: datetime, source: str = "") -> list[ItemValue]:
    """The item values that the terms say, in order of time, one after the other without overlap; none where the item never ran.

    rate: the locked rate. An item that ends on the day it starts has no value.
    """
    return [
        ItemValue(
            item=terms.item,
            account=terms.account,
            list_minor=terms.list_minor,
            net_minor=terms.list_minor if is_expired else terms.net_minor,
            currency=terms.currency,
            valid=period,
            recorded_at=recorded_at,
            interval=terms.interval,
            state=state,
            charge=terms.charge,
            discount=None if is_expired else terms.discount,
            rate=rate,
            source=source,
            reason=DISCOUNT_EXPIRED if is_expired and period.start != terms.paid_from else "",
            end_reason=terms.end_reason,
            cancelled_at=terms.cancelled_at,
        )
        for period, state, is_expired in _parts(terms)
    ]


def _parts(terms: ItemTerms) -> Iterator[tuple[Period[datetime], State, bool]]:
    """(period, state, whether the discount has run out) of each part that is not empty."""
    paid_from = terms.paid_from
    if terms.is_trial:
        trial_end = terms.ends_at if paid_from is None else paid_from
        if trial_end is None or trial_end > terms.starts_at:
            yield Period(terms.starts_at, trial_end), State.TRIAL, False
    if paid_from is None:
        return
    turn = terms.discount_ends_at if terms.discount is not None else None
    if turn is None or (terms.ends_at is not None and turn >= terms.ends_at):
        yield Period(paid_from, terms.ends_at), State.PAID, False
        return
    if turn > paid_from:
        yield Period(paid_from, turn), State.PAID, False
    yield Period(max(turn, paid_from), terms.ends_at), State.PAID, True
