"""How far a customer has come by what they pay for: the stages that billing proves.

Rule: DESIGN.md, "The stage ledger"; billing/README.md, "Stages".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

OPPORTUNITY, WON, ONBOARDING, LIVE, ADOPTING = "opportunity", "won", "onboarding", "live", "adopting"
RENEWED, EXPANDED, CHURNED, LOST = "renewed", "expanded", "churned", "lost"


class Proof(NamedTuple):
    """When something happened and the item that proves it."""

    at: datetime
    item: Hashable


@dataclass(frozen=True, slots=True)
class Run:
    """A subscription as a purchase sees it: first trial, signature, going live and adopting, and for how long it is paid.

    trial_until: when that trial was over, None while it is open. paid: None where it never is. until: the first instant at which it is paid no longer, None while that is open; last_item: what was
    paid last. first_term_ends_at: when the term that began with the first payment is over.
    """

    trial: Proof | None = None
    trial_until: datetime | None = None
    signed: Proof | None = None
    live: Proof | None = None
    adopting: Proof | None = None
    paid: Proof | None = None
    until: datetime | None = None
    last_item: Hashable = None
    first_term_ends_at: datetime | None = None


class Reached(NamedTuple):
    """A stage, when it was entered, by which item, and why where that is told."""

    stage: str
    at: datetime
    item: Hashable
    reason: str = ""


def stages_of(runs: Sequence[Run], now: datetime) -> Iterator[Reached]:
    """The stages that one purchase, of one subscription or several, has reached by now.

    Won is the earlier of the first signature and the first paid item, and onboarding comes with it.
    """
    won = _earliest([*(run.paid for run in runs), *(run.signed for run in runs)])
    found = [(OPPORTUNITY, _earliest(run.trial for run in runs)), (WON, won), (ONBOARDING, won)]
    if won is not None:
        found += [
            (LIVE, _earliest(run.live for run in runs)),
            (ADOPTING, _earliest(run.adopting for run in runs)),
            (RENEWED, renewal_of(runs)),
        ]
    for stage, proof in found:
        if proof is not None and proof.at <= now:
            yield Reached(stage, proof.at, proof.item)


def loss_of(runs: Sequence[Run], now: datetime) -> Proof | None:
    """When the last trial was over and nothing had been signed or paid; None while one runs, or where there was none."""
    last: Proof | None = None
    for run in runs:
        if run.trial is None or run.signed or run.paid or run.trial_until is None or run.trial_until > now:
            return None
        if last is None or run.trial_until > last.at:
            last = Proof(run.trial_until, run.trial.item)
    return last


def renewal_of(runs: Sequence[Run]) -> Proof | None:
    """When the first term was over and the customer still paid, for that subscription or for one that took its place."""
    first = min(((run.paid.at, run.first_term_ends_at) for run in runs if run.paid is not None), key=itemgetter(0), default=None)
    boundary = None if first is None else first[1]
    if boundary is None:
        return None
    for run in runs:
        if run.paid is not None and run.paid.at <= boundary and (run.until is None or boundary < run.until):
            return Proof(boundary, run.last_item)
    return None


def end_of(runs: Iterable[Run], now: datetime) -> Proof | None:
    """When a customer stopped to pay for anything, by the item that was paid last; None while they pay, or will, or never did."""
    last: Proof | None = None
    for run in runs:
        if run.paid is None:
            continue
        if run.until is None or run.until > now:
            return None
        if last is None or run.until > last.at:
            last = Proof(run.until, run.last_item)
    return last


def _earliest(proofs: Iterable[Proof | None]) -> Proof | None:
    return min((proof for proof in proofs if proof is not None), key=lambda proof: proof.at, default=None)
