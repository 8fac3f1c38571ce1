"""Trials: how many become paying customers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tenure.kernel.rounding import Exact, ratio

HORIZONS = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial: when it started, and when it was first paid for."""

    started_on: date
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class TrialCohort:
    """Trials of one cohort at one horizon of days; immature where the youngest has not had so many days yet."""

    horizon_days: int
    trials: int
    paid: int
    is_mature: bool

    @property
    def rate(self) -> Fraction | None:
        """Paid within the horizon, of started."""
        return ratio(self.paid, self.trials)


def trial_to_paid(started: Exact, paid: Exact) -> Fraction | None:
    """Trials that pay, as a share; None without trials.

    In the cohort form both are the same trials (https://help.chartmogul.com/hc/en-us/articles/115000865205); in the
    same-window form they are starts and conversions of one window, and the share may exceed 1.
    """
    return ratio(paid, started)


def trial_cohort(trials: Iterable[Trial], horizon_days: int, as_of: date) -> TrialCohort:
    """How many of these trials were paid for within `horizon_days` of their start, as known on `as_of`."""
    horizon = timedelta(days=horizon_days)
    known = [trial for trial in trials if trial.started_on <= as_of]
    paid = sum(1 for trial in known if trial.paid_on is not None and trial.paid_on <= min(trial.started_on + horizon, as_of))
    is_mature = all(trial.started_on + horizon <= as_of for trial in known)
    return TrialCohort(horizon_days, len(known), paid, is_mature)
