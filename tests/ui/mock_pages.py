"""Pages drawn after the pictures, served under the strict content security policy; their values are invented."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation

from tenure.ui.gallery import frame_context, navigation, sample_context
from tenure.ui.views import gallery
from tests.ui.words import page_words, translated

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

PROBLEM_COLUMNS = [
    {"label": "Problem"},
    {"label": "Column"},
    {"label": "Rows", "kind": "number"},
    {"label": "Example"},
    {"label": "What to do"},
]
MISSING = {
    "error_title": "This page does not exist",
    "error_message": "Nothing is kept under this address.",
    "error_remedy": "Look it up with the search.",
    "error_status": 404,
    "error_code": "not_found",
}


def strict_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send the policy with every answer, in the language the address asks for."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = POLICY
        return response

    return answer


def mock(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the pages drawn after the pictures; `?lang=` and `?theme=` choose language and theme."""
    lang = request.GET.get("lang", "en")
    with translation.override(lang):
        context = (
            sample_context()
            | page_words(lang)
            | {"theme": request.GET.get("theme", "system"), "problem_columns": PROBLEM_COLUMNS}
            | MISSING
        )
        context["navigation"] = translated(navigation(), lang)
        return render(request, f"mock/{name}.html", context)


def found(request: HttpRequest) -> HttpResponse:
    """Answer the command palette."""
    asked = request.GET.get("q", "")
    items = [
        {"label": name, "detail": "Account", "url": "#found", "icon": "building"}
        for name in ("Hollis Logistics", "Norrland Energi")
        if asked.lower() in name.lower()
    ]
    return render(request, "ui/palette_results.html", {"groups": [{"label": "Accounts", "items": items}] if items else []})


def peek(_request: HttpRequest) -> HttpResponse:
    """Answer a row opened in place, with a toast in the header."""
    response = HttpResponse("<p>Looked at in place</p>")
    response["HX-Trigger"] = '{"toast": {"message": "\\u5df2\\u4fdd\\u5b58", "tone": "leaf", "undo_url": "/undo/"}}'
    return response


def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme: the test reads what arrived."""
    return JsonResponse({"theme": request.POST.get("theme")})


def frame(request: HttpRequest) -> HttpResponse:
    """Show a page with nothing in it but the frame."""
    return render(request, "ui/page.html", frame_context() | {"page_title": "Frame"})


def relative(request: HttpRequest) -> HttpResponse:
    """Show two moments before now."""
    now = datetime.now(tz=UTC)
    moments = [now - timedelta(hours=2, minutes=5), now - timedelta(hours=25)]
    return render(request, "mock/relative.html", frame_context() | {"moments": moments})


def broken(_request: HttpRequest) -> HttpResponse:
    """Fail."""
    return HttpResponse("<h1>Broken</h1>", status=500)


def work(request: HttpRequest) -> HttpResponse:
    """Show long work that is done when asked again."""
    if request.headers.get("HX-Request"):
        return render(request, "mock/work_done.html")
    return render(request, "mock/work.html", frame_context())


urlpatterns = [
    path("relative/", relative),
    path("broken/", broken),
    path("work/", work),
    path("gallery/", gallery),
    path("frame/", frame),
    path("search/", found),
    path("peek/", peek),
    path("theme/", theme),
    path("<slug:name>/", mock),
    *staticfiles_urlpatterns(),
]
