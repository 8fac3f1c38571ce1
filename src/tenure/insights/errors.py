"""What the insights room refuses."""

from __future__ import annotations

from tenure.kernel.errors import Invalid, NotFound


class CohortInvalid(Invalid):
    """A filter of a metrics page does not read."""

    code = "cohort_invalid"
    message = "{name} cannot be {value}. Periods are written as 12m or 2026-01-01..2026-06-30, records by their id."


class BoundaryUnknown(NotFound):
    """There is no such boundary, or no stage of it has a source yet."""

    code = "boundary_unknown"
    message = "The bow-tie has no boundary from {source} to {target} yet."
