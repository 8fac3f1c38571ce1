"""Sentences that say why a file or a column is read the way it is, each with its code and its facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext


def translatable(message: str) -> str:
    """Mark an English sentence for translation where it stands; faces translate it when it is shown.

    Imported as `_`, the name by which sentences are gathered. Unlike Django's marker it needs no settings, so that
    files can be read before there are any.
    """
    return message


@dataclass(frozen=True, slots=True)
class Note:
    """One finding: `code` for machines, `message` an English template over `facts` that faces translate."""

    code: str
    message: str
    facts: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in the language that is active now."""
        return gettext(self.message).format(**self.facts)

    def as_dict(self) -> dict[str, Any]:
        """The note as plain values for JSON."""
        return {"code": self.code, "message": self.message, "facts": dict(self.facts)}

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Note:
        """The note that `as_dict` wrote."""
        return cls(plain["code"], plain["message"], dict(plain["facts"]))
