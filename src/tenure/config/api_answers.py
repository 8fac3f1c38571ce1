"""Answers below /api/ that no operation gives: unknown addresses, wrong methods, and what the web server itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from tenure.kernel.errors import DomainError
from tenure.workspace.endpoints.errors import AddressUnknown, BodyTooLarge, InternalError, MethodNotAllowed, RequestRefused
from tenure.workspace.endpoints.problems import PROBLEM_TYPE, problem_response

Next = Callable[[HttpRequest], HttpResponseBase]

PATH = "/api/"


@csrf_exempt
def address_unknown(request: HttpRequest) -> HttpResponse:
    """The last address below /api/."""
    return problem_response(request, AddressUnknown())


def api_problems(get_response: Next) -> Next:
    """Middleware: whatever refuses a request below /api/, the answer is a problem (RFC 9457)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path.startswith(PATH) or response.status_code < HTTPStatus.BAD_REQUEST:
            return response
        if response.headers.get("Content-Type", "").startswith(PROBLEM_TYPE):
            return response
        problem = problem_response(request, _error_of(request, response.status_code))
        if "Allow" in response:
            problem["Allow"] = ", ".join(sorted(response["Allow"].split(", ")))
        return problem

    return answer


def _error_of(request: HttpRequest, status: int) -> DomainError:
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return MethodNotAllowed(method=request.method)
    if status == HTTPStatus.NOT_FOUND:
        return AddressUnknown()
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return BodyTooLarge(max_bytes="")
    return InternalError() if status >= HTTPStatus.INTERNAL_SERVER_ERROR else RequestRefused()
