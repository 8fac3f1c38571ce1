"""The waterfall and the exchange row."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tenure.billing.domain.definition_sets import PROFITWELL, TENURE
from tenure.billing.domain.movements import movements_of_account
from tenure.billing.domain.waterfall import Waterfall, churn_by_will, exchange_row, exchange_step, waterfall, within
from tenure.kernel.period import Period
from tests.billing.domain.facts import at, paid

CENT = 1_000_000
rates = st.fractions(Fraction(1, 10), Fraction(10), max_denominator=1000)


def test_waterfall_sums_movements_by_kind_at_the_locked_rate() -> None:
    facts = [paid("a", 100), paid("a", 160, 40), paid("b", 50, 40, currency="USD", rate=Fraction(9, 10))]

    moved = movements_of_account(TENURE, facts)

    assert waterfall(moved) == Waterfall(new=100 * CENT, expansion=(60 + 45) * CENT)
    assert waterfall(within(moved, Period(at(1)))).net_new == 105 * CENT


def test_waterfall_net_new_is_the_published_sum() -> None:
    # The sum is the one that Maxio prints: losses against gains, reactivation among them.
    changed = Waterfall(new=20_000, expansion=8_000, reactivation=2_000, contraction=-3_000, churn=-5_000)

    assert (changed.net_new, changed.net_new_arr) == (22_000, 264_000)


def test_churn_by_will_without_a_reason_is_voluntary() -> None:
    assert churn_by_will([(100, ""), (50, "price"), (70, "involuntary")]) == (150, 70)


@given(st.integers(0, 10**9), st.integers(0, 10**9), rates, rates, rates)
def test_exchange_step_explains_the_whole_difference(
    opening: int, closing: int, first: Fraction, last: Fraction, locked: Fraction
) -> None:
    step = exchange_step(TENURE, (opening, closing), (first, last), locked_rate=locked)

    assert step.opening + step.movement + step.exchange == step.closing
    assert exchange_step(PROFITWELL, (opening, closing), (first, last), locked_rate=locked).exchange == 0


def test_exchange_row_of_a_quiet_period_is_the_change_of_the_rate() -> None:
    # 100 EUR at 1.10 then 1.05 = -5, with no movement
    level = {"EUR": 100}

    assert exchange_row(level, level, [], ({"EUR": Fraction("1.10")}, {"EUR": Fraction("1.05")})) == -5
