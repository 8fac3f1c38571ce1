"""The tracking plan as ingest asks it: compiled once for a workspace's plan, one look-up for an event that nothing is said about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tenure.stream.domain.plan import Expected, find_violation
from tenure.stream.enums_of_governance import ViolationCode
from tenure.stream.ingest.accepting import CallRefused

_any = msgspec.json.Decoder()
OWN_MARK = "$"


class Plan:
    """What is blocked in one workspace."""

    def __init__(
        self, expected: Mapping[str, Sequence[Expected]], retired: frozenset[str], known: frozenset[str] | None = None
    ) -> None:
        """expected: of the events whose violations are blocked. retired: names that are. known: all planned names, None where others may come."""
        self._expected = {name: tuple(rules) for name, rules in expected.items() if rules}
        self._retired = retired
        self._known = known

    def check(self, name: str, properties: bytes) -> None:
        """Raise CallRefused where the plan does not let the call in. properties: a JSON object."""
        rules = self._expected.get(name)
        if rules is not None:
            found = find_violation(rules, _any.decode(properties))
            if found is not None:
                raise CallRefused(found.code, found.reason)
        elif name in self._retired:
            raise CallRefused(ViolationCode.EVENT_RETIRED, f"The event {name!r} is retired: it must not be sent any more.")
        elif self._known is not None and name not in self._known and not name.startswith(OWN_MARK):
            raise CallRefused(ViolationCode.EVENT_UNPLANNED, f"The event {name!r} is not in the tracking plan.")
