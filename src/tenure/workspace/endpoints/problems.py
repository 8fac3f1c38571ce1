"""Problem details: how the API says that something is wrong (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from ninja import Schema
from pydantic import Field

from tenure.kernel.errors import DomainError, Invalid
from tenure.workspace.endpoints.errors import BodyMalformed, NotAuthenticated, PageSizeInvalid, TooManyRequests
from tenure.workspace.errors import CursorInvalid, FieldUnknown, FilterInvalid, RecordChanged
from tenure.workspace.pages import error_sentence

if TYPE_CHECKING:
    from django.http import HttpRequest
    from ninja.errors import HttpError, ValidationError

PROBLEM_TYPE = "application/problem+json"
PRECONDITION_FAILED = 412
RETRY_SECONDS = {409: 1, 503: 5}


class ProblemDetail(Schema):
    """What is wrong with one part of the input; exactly one of pointer, parameter and header says which."""

    detail: str = Field(description="What is wrong, in a sentence.")
    pointer: str | None = Field(default=None, description="JSON pointer into the body, such as #/name.")
    parameter: str | None = Field(default=None, description="Name of the parameter in the path or query.")
    header: str | None = Field(default=None, description="Name of the header.")


class Problem(Schema):
    """Problem details (RFC 9457)."""

    type: str = Field(description="Address of a text about this kind of problem.")
    title: str = Field(description="The kind of problem; the same each time.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What went wrong this time, in a sentence, in the language asked for by Accept-Language.")
    instance: str = Field(description="The path that was asked for.")
    code: str = Field(description="The kind of problem, for programs.")
    request_id: str = Field(description="Names this request in Tenure's audit and logs.")
    errors: list[ProblemDetail] = Field(default_factory=list, description="What is wrong with single parts of the input.")


def problem_response(request: HttpRequest, error: DomainError, errors: Sequence[ProblemDetail] | None = None) -> HttpResponse:
    """The error as the API says it, with the headers that go with its status."""
    status = PRECONDITION_FAILED if isinstance(error, RecordChanged) and "If-Match" in request.headers else error.status
    problem = Problem(
        type=f"{reverse('api_problems')}#{error.code}",
        title=title_of(error),
        status=status,
        detail=error_sentence(error),
        instance=request.path,
        code=error.code,
        request_id=getattr(request, "request_id", ""),
        errors=list(details_of(error) if errors is None else errors),
    )
    response = HttpResponse(problem.model_dump_json(exclude_none=True), content_type=PROBLEM_TYPE, status=status)
    for name, value in _headers_of(error, status).items():
        response[name] = value
    return response


def title_of(error: DomainError | type[DomainError]) -> str:
    """A title that is the same for every problem of this code."""
    return error.code.replace("_", " ").capitalize()


def details_of(error: DomainError) -> list[ProblemDetail]:
    """The parts of the input an error names."""
    if isinstance(error, FieldUnknown | FilterInvalid | PageSizeInvalid):
        return [ProblemDetail(detail=error_sentence(error), parameter=str(error.facts.get("name", "")))]
    if isinstance(error, CursorInvalid):
        return [ProblemDetail(detail=error_sentence(error), parameter="after")]
    if isinstance(error, Invalid):
        return [
            ProblemDetail(detail=str(problem.message), pointer=_pointer(problem.field.split("."))) for problem in error.errors
        ]
    return []


def malformed(error: HttpError) -> DomainError:
    """The parser's refusal of a body in our words."""
    cause = error.__cause__ or error
    return cause if isinstance(cause, DomainError) else BodyMalformed(problem=str(cause))


def invalid_input(error: ValidationError) -> tuple[Invalid, list[ProblemDetail]]:
    """The schema's refusals, one for each place in the input."""
    return Invalid(), [_detail(one) for one in error.errors]


def _detail(one: dict[str, Any]) -> ProblemDetail:
    source, *path = one["loc"]
    sentence = str(one["msg"])
    if source in {"query", "path", "cookie"}:
        return ProblemDetail(detail=sentence, parameter=str(path[-1]) if path else source)
    if source == "header":
        return ProblemDetail(detail=sentence, header=str(path[-1]))
    # The body's own argument name is no part of the body.
    return ProblemDetail(detail=sentence, pointer=_pointer(path[1:] if source == "body" else path))


def _pointer(path: Iterable[object]) -> str:
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in path]
    return "#" + "".join(f"/{step}" for step in steps)


def _headers_of(error: DomainError, status: int) -> dict[str, str]:
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, NotAuthenticated):
        headers["WWW-Authenticate"] = _challenge(error)
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(error.facts["retry_seconds"])
    elif error.code in {"request_under_way", "database_unavailable"}:
        headers["Retry-After"] = str(RETRY_SECONDS[status])
    return headers


def _challenge(error: NotAuthenticated) -> str:
    parameters = {"realm": "Tenure"} | ({"error": "invalid_token"} if type(error) is not NotAuthenticated else {})
    return "Bearer " + ", ".join(f"{name}={json.dumps(value)}" for name, value in parameters.items())
