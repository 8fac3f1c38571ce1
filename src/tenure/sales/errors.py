"""What the sales room refuses."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, Invalid


class StageInUse(Conflict):
    """A stage of the pipeline with deals in it would go, or mean something else."""

    code = "stage_in_use"
    message = "There are deals in the stage “{name}”: move them first."


class AmountNegative(Invalid):
    """A deal's amount is below zero."""

    code = "amount_negative"
    message = "The amount of a deal cannot be negative."


class AccountNeeded(Invalid):
    """A lead becomes a deal without anybody to sell to."""

    code = "account_needed"
    message = "Choose the account the deal is with, or name the company so that one can be made."


class StageMissing(Invalid):
    """A deal is moved, and nobody says where to."""

    code = "stage_missing"
    message = "Choose the stage the deal moves to."
