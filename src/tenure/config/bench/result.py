"""What a bench is asked, and what it answers: figures, the same work done by a reference in the same run, the ratio."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BenchOptions:
    """size: how much work, in the bench's own unit; None means the size of its budget. folder: for throw-away files.

    is_full: the largest size too, where it takes minutes.
    """

    folder: Path
    size: int | None = None
    is_full: bool = False


@dataclass(frozen=True)
class Figure:
    """One measured number. at_most, at_least: its budget; ratio_at_most, ratio_at_least: that of value / reference."""

    work: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    reference: float | None = None
    ratio_at_most: float | None = None
    ratio_at_least: float | None = None

    @property
    def ratio(self) -> float | None:
        """The figure as a multiple of the reference; None without one."""
        return self.value / self.reference if self.reference else None

    @property
    def is_within_budget(self) -> bool:
        """Whether the figure, and its ratio where there is one, keep to their budgets."""
        return _is_between(self.value, self.at_least, self.at_most) and (
            self.ratio is None or _is_between(self.ratio, self.ratio_at_least, self.ratio_at_most)
        )


@dataclass(frozen=True)
class BenchResult:
    """The figures of one run of one bench."""

    name: str
    size: int | None
    figures: tuple[Figure, ...]

    @property
    def is_within_budget(self) -> bool:
        """Whether every figure is."""
        return all(figure.is_within_budget for figure in self.figures)


def _is_between(value: float, lowest: float | None, highest: float | None) -> bool:
    return (lowest is None or value >= lowest) and (highest is None or value <= highest)
