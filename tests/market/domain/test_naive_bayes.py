"""Lead scores learnt from closed deals."""

from __future__ import annotations

from fractions import Fraction

from tenure.market.domain.naive_bayes import ClosedDeal, learn, probability, shown_percent

STAGES = ["first", "second", "won"]


def test_probability_of_a_lead_with_nothing_known_is_the_share_of_won() -> None:
    closed = [
        ClosedDeal(won=True, stage="won", features={}),
        ClosedDeal(won=False, stage="first", features={}),
        ClosedDeal(won=False, stage="first", features={}),
    ]

    # Smoothed counts at the first stage: won 1.1, lost 2.1.
    assert probability(learn(STAGES, closed), "first", {}) == Fraction(11, 32)


def test_probability_by_hand_with_one_feature_and_a_later_stage() -> None:
    closed = [
        ClosedDeal(won=True, stage="won", features={"country": "ES"}),
        ClosedDeal(won=False, stage="first", features={"country": "DE"}),
    ]

    # First stage 1.1 : 1.1; second 1.1 won of 1.1, 0.1 lost... the lost deal never got there: no 0.1 more than smoothing.
    # won = 1/2 x (1.1/1.1) x (1.1/1.2); lost = 1/2 x (0.1/1.1) x (0.1/1.2)
    won, lost = Fraction(1, 2) * Fraction(11, 12), Fraction(1, 2) * Fraction(1, 11) * Fraction(1, 12)
    assert probability(learn(STAGES, closed), "second", {"country": "ES"}) == won / (won + lost)


def test_probability_ignores_unset_and_unseen_values_and_rare_tags() -> None:
    closed = [
        ClosedDeal(won=True, stage="won", features={"country": "ES", "tags": ["big"]}),
        ClosedDeal(won=False, stage="first", features={"country": None, "tags": ["small"]}),
    ]
    frequencies = learn(STAGES, closed)

    plain = probability(frequencies, "first", {})

    assert probability(frequencies, "first", {"country": "FR", "tags": ["big"], "phone": ""}) == plain


def test_probability_uses_tags_that_were_seen_often() -> None:
    closed = [ClosedDeal(won=True, stage="won", features={"tags": ["big"]})] * 50 + [
        ClosedDeal(won=False, stage="first", features={"tags": ["small"]})
    ] * 50
    frequencies = learn(STAGES, closed)

    with_tag = probability(frequencies, "first", {"tags": ["big"]})
    without = probability(frequencies, "first", {})

    assert with_tag is not None
    assert without == Fraction(1, 2) < with_tag


def test_probability_at_the_ends() -> None:
    frequencies = learn(
        STAGES, [ClosedDeal(won=True, stage="won", features={}), ClosedDeal(won=False, stage="first", features={})]
    )

    assert (probability(frequencies, "won", {}), probability(frequencies, None, {})) == (1, 0)
    assert probability(learn(STAGES, []), "first", {}) is None


def test_shown_percent_leaves_certainty_to_closed_deals() -> None:
    assert [shown_percent(Fraction(*each)) for each in ((1, 10**6), (10**6 - 1, 10**6), (1, 1))] == [
        Fraction(1, 100),
        Fraction(9999, 100),
        100,
    ]
