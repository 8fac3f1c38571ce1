"""`@endpoint`: an operation of the API. Finds the key, counts the request, checks the permission, opens the scope.

Rule: HOUSE rule 9; DESIGN.md, Safety: no key, 401; without the permission, 403; a record out of reach, 404.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponseBase
from ninja.utils import contribute_operation_callback

from tenure.kernel.errors import DomainError
from tenure.workspace.action import declare_permission
from tenure.workspace.endpoints.admission import Admitted, admit
from tenure.workspace.endpoints.bodies import guard_body
from tenure.workspace.endpoints.errors import DatabaseUnavailable, StateConflict, ValueOutOfRange
from tenure.workspace.endpoints.idempotency import answer_once
from tenure.workspace.endpoints.problems import problem_response
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from ninja.operation import Operation

    from tenure.workspace.context import Context
    from tenure.workspace.lists import ListSpec

View = TypeVar("View", bound=Callable[..., Any])
Run = Callable[..., HttpResponseBase]

_BAD_REQUEST = 400

log = structlog.get_logger(__name__)


class ApiRequest(HttpRequest):
    """A request at an endpoint: `ctx` is the context of its API key."""

    ctx: Context
    api_key: Admitted
    request_id: str


class _TurnedDown(Exception):
    """Carries a refusal out of the transaction, which is rolled back on its way."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response


@dataclass(frozen=True, slots=True)
class EndpointSpec:
    """What an endpoint declares: its permission, the list it shows, whether it heeds If-Match, how long a body may be, its secret."""

    permission: str
    lists: ListSpec | None
    is_versioned: bool
    max_bytes: int
    shown_once: str = ""


def endpoint(
    permission: str,
    *,
    lists: ListSpec | None = None,
    is_versioned: bool = False,
    max_bytes: int = 1024 * 1024,
    shown_once: str = "",
) -> Callable[[View], View]:
    """An operation for keys that hold `permission` somewhere. Stands below `@router.get(...)` and its kin.

    lists: the list whose filters, sorts and cursor the operation takes as parameters. shown_once: the field of the answer that is
    a secret, which no kept reply holds. The view runs in one transaction with its
    action, and its answer is written out inside it. A POST heeds Idempotency-Key.
    """
    declare_permission(permission)
    spec = EndpointSpec(permission, lists, is_versioned, max_bytes, shown_once)

    def declare(view: View) -> View:
        def wrap(operation: Operation) -> None:
            sources = [model.__ninja_param_source__ for model in operation.models]
            # An operation that is bound to an API is a copy, which wraps its own `run` by what stands here.
            operation._run_decorators = [lambda run: _wrapped(run, spec, sources)]  # type: ignore[attr-defined]  # noqa: SLF001 - decorate_view's own place

        contribute_operation_callback(view, wrap)
        view.endpoint = spec  # type: ignore[attr-defined]
        return view

    return declare


def _wrapped(run: Run, spec: EndpointSpec, sources: Sequence[str]) -> Run:

    @functools.wraps(run)
    def answer(request: Any, **path: Any) -> HttpResponseBase:  # noqa: ANN401 - a path's own parameters
        try:
            request.api_key = caller = admit(request)
        except DomainError as error:
            return problem_response(request, error)
        except OperationalError as error:
            return problem_response(request, refusal_of(error))
        request.ctx = caller.ctx
        response = _answered(request, caller, spec, lambda: _checked(request, run, sources, spec.max_bytes, path))
        caller.allowance.write(response)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


def _answered(request: Any, caller: Admitted, spec: EndpointSpec, carry_out: Callable[[], HttpResponseBase]) -> HttpResponseBase:  # noqa: ANN401
    try:
        caller.allowance.require()
        caller.ctx.require(spec.permission)
        with enter(caller.ctx.scope):
            if request.method != "POST":
                return _unless_refused(carry_out())
            return _unless_refused(answer_once(request, caller, carry_out, shown_once=spec.shown_once))
    except _TurnedDown as turned:
        return turned.response
    except DomainError as error:
        return problem_response(request, error)
    except (DataError, IntegrityError, OperationalError) as error:
        return problem_response(request, refusal_of(error))


def _unless_refused(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code >= _BAD_REQUEST:
        raise _TurnedDown(response)
    return response


def _checked(request: Any, run: Run, sources: Sequence[str], max_bytes: int, path: dict[str, Any]) -> HttpResponseBase:  # noqa: ANN401
    guard_body(request, sources, max_bytes)
    return run(request, **path)


def refusal_of(error: DataError | IntegrityError | OperationalError) -> DomainError:
    """What the database's own refusal means to the caller; whoever runs Tenure finds its words in the log."""
    log.warning("database_refused", exc_info=error)
    if isinstance(error, DataError):
        return ValueOutOfRange()
    return StateConflict() if isinstance(error, IntegrityError) else DatabaseUnavailable()
