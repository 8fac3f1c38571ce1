"""Examples on attribution and lead scores."""

from __future__ import annotations

from tenure.insights.conformance.reading import Inputs
from tenure.insights.conformance.registry import MONEY, metric
from tenure.market.domain import attribution, naive_bayes, scoring


@metric("attribution_linear", MONEY)
def linear(inputs: Inputs) -> object:
    """The same share to every touch."""
    return attribution.linear(inputs.count("touches"), inputs.number("value", default=100))


@metric("attribution_position_based", MONEY)
def position_based(inputs: Inputs) -> object:
    """40 % to each end."""
    return attribution.position_based(inputs.count("touches"), inputs.number("value", default=100))


@metric("attribution_w_shaped", MONEY)
def w_shaped(inputs: Inputs) -> object:
    """30 % to each of three milestones."""
    return attribution.w_shaped(inputs.texts("path"), inputs.number("value", default=100))


@metric("attribution_simple_decay", MONEY)
def simple_decay(inputs: Inputs) -> object:
    """Half to the most recent touch, and so on, as published."""
    return attribution.simple_decay(inputs.count("touches"), inputs.number("value", default=100))


@metric("attribution_time_decay", MONEY)
def time_decay(inputs: Inputs) -> object:
    """Half as much per half-life."""
    half_life = inputs.number("half_life_days", default=7)
    return attribution.time_decay(inputs.numbers("days_before"), inputs.number("value", default=100), half_life)


@metric("lead_score_caps", MONEY)
def lead_score_caps(inputs: Inputs) -> object:
    """Points of groups with caps, and an overall limit."""
    groups = [scoring.ScoreGroup(row.number("raw"), row.optional("cap")) for row in inputs.rows("groups")]
    return scoring.score(groups, inputs.optional("limit"))


@metric("lead_score_decay_linear", MONEY)
def lead_score_decay_linear(inputs: Inputs) -> object:
    """Points that fade by the same part of the original at every interval."""
    points, lost = inputs.number("points"), inputs.number("pct")
    every = inputs.number("every_months", default=1)
    return [scoring.faded(points, lost, every, age) for age in inputs.numbers("ages_months")]


@metric("lead_score_naive_bayes", MONEY)
def lead_score_naive_bayes(inputs: Inputs) -> object:
    """The chance that a lead is won, in per cent, learnt from closed deals."""
    closed = [
        naive_bayes.ClosedDeal(row.raw().get("won") is True, row.text("stage"), row.part("f").raw())
        for row in inputs.rows("closed")
    ]
    lead = inputs.part("lead")
    stage = lead.text("stage") if lead.has("stage") else None
    chance = naive_bayes.probability(naive_bayes.learn(inputs.texts("stages"), closed), stage, lead.part("f").raw())
    return None if chance is None else naive_bayes.shown_percent(chance)
