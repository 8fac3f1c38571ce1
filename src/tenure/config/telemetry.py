"""What Tenure says about its own health to Prometheus: requests by page and status, how long they took, how far readers of events are behind.

`/metrics` answers only to this machine: a scraper elsewhere goes through a proxy that checks it (docs/guides/self-host.md).
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, generate_latest

from tenure.kernel import clock
from tenure.stream.metrics import RelayLag

Next = Callable[[HttpRequest], HttpResponseBase]

REQUESTS = Counter("tenure_requests_total", "Requests answered", ("view", "method", "status"))
SECONDS = Histogram(
    "tenure_request_seconds", "Seconds to an answer", ("view",), buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)
)
REGISTRY.register(RelayLag())
LOOPBACK = frozenset({"127.0.0.1", "::1"})


def measured(get_response: Next) -> Next:
    """Count every answer and its time under the name of its page; unknown addresses share one name."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        began = clock.monotonic()
        response = get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else "unknown"
        REQUESTS.labels(view, request.method, response.status_code).inc()
        SECONDS.labels(view).observe(clock.monotonic() - began)
        return response

    return answer


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures of this process in Prometheus's text form."""
    if request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
