"""What may go wrong in the domain, each with the code, status and sentence that every face answers with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


class _NamedFacts(dict[str, object]):
    """Facts for a template, where a fact nobody gave stays readable instead of raising inside an error."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class DomainError(Exception):
    """Something the domain refuses, said as a fact.

    A subclass sets `code` (stable, for machines), `status` (HTTP) and `message` (an English template over named
    facts). Faces translate the template, then format it with `facts`; `str(error)` is the English sentence.
    """

    code: ClassVar[str] = "domain_error"
    status: ClassVar[int] = 409
    message: ClassVar[str] = "The request cannot be carried out."

    def __init__(self, **facts: object) -> None:
        self.facts: dict[str, object] = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        return self.formatted(self.message)

    def formatted(self, template: str) -> str:
        """The sentence of `template`, usually the translated `message`, with this error's facts put in."""
        return template.format_map(_NamedFacts(self.facts))

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.__dict__)


def _restored(kind: type[DomainError], state: dict[str, object]) -> DomainError:
    """An error as it was before it was pickled (keyword-only constructors do not pickle by themselves)."""
    error = kind.__new__(kind)
    error.__dict__.update(state)
    return error


class NotFound(DomainError):
    """It does not exist, or the caller may not know that it exists."""

    code = "not_found"
    status = 404
    message = "This does not exist, or you may not see it."


class Forbidden(DomainError):
    """The caller may see it but may not do this."""

    code = "forbidden"
    status = 403
    message = "You do not have permission to do this."


class Conflict(DomainError):
    """A rule of the domain forbids it in the present state."""

    code = "conflict"
    status = 409
    message = "This is not possible in the present state."


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of the input; field is the name the caller used."""

    field: str
    message: str


class Invalid(DomainError):
    """The input is malformed; `errors` says which fields and why."""

    code = "invalid"
    status = 422
    message = "The input is not valid."

    def __init__(self, errors: Iterable[FieldProblem] = (), **facts: object) -> None:
        self.errors: tuple[FieldProblem, ...] = tuple(errors)
        super().__init__(**facts)
