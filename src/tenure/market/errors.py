"""What the market room refuses."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, Invalid


class NameTaken(Conflict):
    """Another living record of the kind is called the same."""

    code = "name_taken"
    message = "“{name}” is there already."


class DayTaken(Conflict):
    """A channel's cost of one day is there already."""

    code = "day_taken"
    message = "The cost of this channel on {on} is there already: change it there."


class AmountMissing(Invalid):
    """A cost without an amount, or below zero."""

    code = "amount_missing"
    message = "A cost needs an amount, and it cannot be negative."


class LeadConverted(Conflict):
    """The lead has become an opportunity."""

    code = "lead_converted"
    message = "This lead has become an opportunity already: go on there."


class ReasonMissing(Invalid):
    """A lead is given up without a reason."""

    code = "reason_missing"
    message = "Say why: the reason is what can be learnt from."
