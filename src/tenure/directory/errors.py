"""What the directory room refuses."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, Invalid


class AccountLoop(Conflict):
    """An account would stand below itself."""

    code = "account_loop"
    message = "{name} cannot stand below {parent}, because {parent} already stands below {name}."


class NameMissing(Invalid):
    """A record has no name."""

    code = "name_missing"
    message = "A name is needed."


class AccountTreeTooDeep(Conflict):
    """An account would stand too many levels below its root."""

    code = "account_tree_too_deep"
    message = "An account tree can be {deepest} levels deep at most."
