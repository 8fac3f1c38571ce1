"""What every request passes: an id for the logs, and the content security policy of every answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tenure.kernel.ids import uuid7

Next = Callable[[HttpRequest], HttpResponseBase]

log = structlog.get_logger(__name__)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")
_POLICY = "; ".join(  # noqa: FLY002
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def request_identity(get_response: Next) -> Next:
    """Give the request an id (the caller's `X-Request-Id` where it is one) and send it back."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-Id", "")
        request.request_id = given if _REQUEST_ID.match(given) else uuid7().hex  # type: ignore[attr-defined]
        response = get_response(request)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response

    return answer


def content_security_policy(get_response: Next) -> Next:
    """Allow only our own files: no inline script or style runs, whatever a record's text says."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        return response

    return answer


def database_lost(get_response: Next) -> Next:
    """Say plainly that the database cannot be reached, that nothing was changed, and when to try again."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        log.error("database_lost", path=request.path, error=str(exception))
        with suppress(Exception):
            connection.close()
        response = plain_error(
            request,
            503,
            _("The database cannot be reached"),
            _("Nothing was changed. Try again in a moment; if it lasts, run: tenure doctor"),
        )
        response["Retry-After"] = "5"
        return response

    answer.process_exception = process_exception  # type: ignore[attr-defined]
    return answer


def plain_error(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    """An error page that asks nothing of the database."""
    context = {
        "error_title": title,
        "error_message": message,
        "error_status": status,
        "error_reference": getattr(request, "request_id", ""),
    }
    return HttpResponse(render_to_string("ui/error.html", context), status=status)


def page_missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Django's 404 in our own words."""
    return plain_error(request, 404, _("This page does not exist"), _("Nothing is kept under this address."))


def page_failed(request: HttpRequest) -> HttpResponse:
    """Django's 500 in our own words."""
    return plain_error(
        request, 500, _("Something went wrong on our side"), _("Nothing was changed. The log names it by the reference below.")
    )
