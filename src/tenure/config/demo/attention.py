"""What the founder sees on opening Tenure: the accounts that are theirs, what others did in them yesterday, and what is to be done today."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tenure.config.demo.months import working_day
from tenure.config.demo.work import diary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenure.config.demo.generate import Story
    from tenure.config.demo.order import Order
    from tenure.config.demo.rows import Company
    from tenure.config.demo.team import Team
    from tenure.config.demo.words import Words

LARGEST_CUSTOMERS = 7
LARGEST_DEALS = 4
DUE_IN_DAYS = (-6, -2, -1, 0, 0, 0, 1, 2, 5, 9, 14)
TOUCHES = (
    ("call", "check_in"),
    ("mail", "reply"),
    ("meeting", "review"),
    ("call", "risk"),
    ("mail", "care"),
    ("meeting", "decision"),
)


def draw_attention(order: Order, words: Words, team: Team, stories: Sequence[Story], company: Company) -> None:
    """Give the founder the largest customers and deals, with tasks in them and traces of colleagues."""
    founder = team.address("founder")
    theirs = _largest(stories)
    numbers = {story.prospect.external_id for story in theirs}
    company.accounts = [replace(one, owner=founder) if one.external_id in numbers else one for one in company.accounts]
    chance = order.chance("attention")
    diaries = [diary_of(order, words, team, story, company, "attention") for story in theirs]
    for place, due_in in enumerate(DUE_IN_DAYS if diaries else ()):
        diary = diaries[place % len(diaries)]
        due_on = order.today + timedelta(days=due_in)
        occasion = chance.pick(("customer", "renewal")) if diary.story.is_customer else "deal"
        diary.task(occasion, due_on if due_in <= 0 else working_day(due_on), founder, is_done=False)
    for diary, (kind, occasion) in zip(diaries, TOUCHES, strict=False):
        diary.touch(kind, occasion, order.today - timedelta(days=1), diary.success if diary.story.is_customer else diary.seller)


def _largest(stories: Sequence[Story]) -> list[Story]:
    customers = sorted((one for one in stories if one.is_customer), key=lambda one: -one.life.monthly_minor)
    dealing = [
        one for one in stories if one.customer_on is None and any(deal.closed_at is None for deal in one.dealing.opportunities)
    ]
    deals = sorted(dealing, key=lambda one: -one.dealing.opportunities[-1].amount_minor)
    return [*customers[:LARGEST_CUSTOMERS], *deals[:LARGEST_DEALS]]
