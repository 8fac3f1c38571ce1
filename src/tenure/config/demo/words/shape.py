"""The texts that a language brings. In texts, {company}, {person}, {seats}, {plan}, {product}, {month} and their kin are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tenure.config.demo.rows import Segment

Phrases = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Mappings are by the keys of plan.py; segments in its order. imports: what each import is called, as files.py has them.

    titles: by role in the decision. *_subjects and notes: by occasion.
    """

    segments: tuple[Segment, ...]
    imports: Phrases
    channels: Mapping[str, str]
    industries: Mapping[str, str]
    plans: Mapping[str, str]
    teams: Mapping[str, str]
    titles: Mapping[str, Phrases]
    personas: Mapping[str, str]
    stages: Mapping[str, str]
    lost_reasons: Mapping[str, str]
    won_reasons: Phrases
    churn_reasons: Mapping[str, str]
    disqualified: Phrases
    tags: Mapping[str, str]
    came_from_before: str
    deal: str
    expansion: str
    comeback: str
    describes: Phrases
    costs: Mapping[str, str]
    calls: Mapping[str, Phrases]
    meetings: Mapping[str, Phrases]
    mails: Mapping[str, Phrases]
    notes: Mapping[str, Phrases]
    tasks: Mapping[str, Phrases]
