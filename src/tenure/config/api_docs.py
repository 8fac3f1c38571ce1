"""The reference of the API as pages of ours, drawn from the OpenAPI document: no script runs, so the strict policy holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenure.config.api import api
from tenure.config.api_reference import Subject, subjects_of
from tenure.kernel.errors import DomainError
from tenure.workspace.endpoints.problems import title_of
from tenure.workspace.endpoints.rate_limit import WINDOW_SECONDS

ICONS = {
    "Accounts": "building",
    "Audit": "history",
    "Change sets": "arrows-exchange",
    "Lists": "list-details",
    "Workspace": "settings",
}


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Every operation: what it takes, what it answers, and how to ask it with curl."""
    subjects = subjects_of(api.get_openapi_schema(), settings.BASE_URL)
    context = {
        "page_title": _("API reference"),
        "subjects": subjects,
        "navigation": _navigation(request, subjects),
        "base_url": settings.BASE_URL,
        "quota": settings.API_REQUESTS_PER_MINUTE,
        "window_seconds": WINDOW_SECONDS,
    }
    return render(request, "config/api_docs.html", context)


@require_safe
def api_problems(request: HttpRequest) -> HttpResponse:
    """Every kind of problem the API answers with."""
    context = {
        "page_title": _("Problems of the API"),
        "problems": list_problems(),
        "navigation": _navigation(request, subjects_of(api.get_openapi_schema(), settings.BASE_URL)),
    }
    return render(request, "config/api_problems.html", context)


def list_problems() -> list[dict[str, Any]]:
    """Every code with its status, what it means and what it says; by code."""
    known: list[type[DomainError]] = [DomainError, *_below(DomainError)]
    kinds = {kind.code: kind for kind in known}
    return [
        {
            "code": code,
            "title": title_of(kind),
            "status": kind.status,
            "meaning": (kind.__doc__ or "").strip().partition("\n")[0],
            "message": _(kind.message),
        }
        for code, kind in sorted(kinds.items())
    ]


def _below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _navigation(request: HttpRequest, subjects: list[Subject]) -> list[dict[str, Any]]:
    docs, problems = reverse("api_docs"), reverse("api_problems")
    pages = [
        {"label": _("Reference"), "icon": "code", "url": docs, "current": request.path == docs, "phone": True},
        {"label": _("Problems"), "icon": "alert-triangle", "url": problems, "current": request.path == problems, "phone": True},
        {"label": "openapi.json", "icon": "file-text", "url": reverse("api:openapi-json"), "phone": True},
    ]
    links = [
        {
            "label": subject.name,
            "icon": ICONS.get(subject.name, "list-details"),
            "url": f"{docs}#{subject.name.lower().replace(' ', '-')}",
        }
        for subject in subjects
    ]
    return [{"label": "", "items": pages}, {"label": _("Subjects"), "items": links}]
