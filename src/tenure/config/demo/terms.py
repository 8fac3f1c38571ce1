"""What a customer agrees to: a plan, seats, how it is paid, and the discount of the first year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from tenure.config.demo.chance import Chance
from tenure.config.demo.plan import LARGE, MONTHS_PAID_OF_A_YEAR, PLANS
from tenure.config.demo.prospects import Prospect
from tenure.kernel.rounding import half_up_integer

ORDER_OF_PLANS = tuple(PLANS)
MONTHS_IN_YEAR = 12
# A large contract costs less a seat.
VOLUME = ((200, 22), (100, 15), (50, 8))


@dataclass(frozen=True, slots=True)
class Terms:
    """interval: month or year. seat_minor: list price a seat and month, when billed by the month. discount_percent: off the list amount."""

    plan: str
    seats: int
    interval: str
    seat_minor: int
    discount_percent: int

    @property
    def list_minor(self) -> int:
        """List amount of one interval, in cents."""
        return self.seats * self.seat_minor * (MONTHS_PAID_OF_A_YEAR if self.interval == "year" else 1)

    @property
    def net_minor(self) -> int:
        """What is paid for one interval, in cents, half up."""
        return half_up_integer(Fraction(self.list_minor * (100 - self.discount_percent), 100))

    @property
    def yearly_minor(self) -> int:
        """What is paid in twelve months, in cents."""
        return self.net_minor if self.interval == "year" else self.net_minor * MONTHS_IN_YEAR

    def with_seats(self, seats: int) -> Terms:
        """The same for other seats."""
        return replace(self, seats=seats)

    def without_discount(self) -> Terms:
        """The same after the discount has run out; what is given for volume stays."""
        return replace(self, discount_percent=volume_discount(self.seats))

    def dearer(self, percent: int) -> Terms:
        """The same at a higher list price, in whole cents."""
        return replace(self, seat_minor=half_up_integer(Fraction(self.seat_minor * (100 + percent), 100)))

    def upgraded(self) -> Terms | None:
        """The next larger plan where the seats call for it."""
        place = ORDER_OF_PLANS.index(self.plan) + 1
        if place == len(ORDER_OF_PLANS) or PLANS[ORDER_OF_PLANS[place]].from_seats > self.seats:
            return None
        larger = PLANS[ORDER_OF_PLANS[place]]
        return replace(self, plan=ORDER_OF_PLANS[place], seat_minor=max(larger.seat_minor, self.seat_minor))


def volume_discount(seats: int) -> int:
    """Percent off for many seats."""
    return next((percent for least, percent in VOLUME if seats >= least), 0)


def offer(chance: Chance, prospect: Prospect) -> Terms:
    """What the company is offered and, where it buys, what it starts with."""
    plan = chance.weighted(prospect.plan.plans)
    interval = "year" if chance.happens(0.0 if prospect.leaks else prospect.plan.yearly) else "month"
    first_year = chance.pick((10, 10, 15, 20)) if interval == "year" and chance.happens(0.3) else 0
    seats = max(1, round(prospect.seats * (chance.between(0.5, 1.0) if prospect.segment == LARGE else chance.between(0.7, 1.0))))
    return Terms(plan, seats, interval, PLANS[plan].seat_minor, max(first_year, volume_discount(seats)))
