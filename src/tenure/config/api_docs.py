"""The reference of the API as pages of ours, drawn from the OpenAPI document: no script runs, so the strict policy holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Every operation: what it takes, what it answers, and how to ask it with curl."""
    return render(request, "config/api_docs.html", {})


@require_safe
def api_problems(request: HttpRequest) -> HttpResponse:
    """Every kind of problem the API answers with."""
    return render(request, "config/api_problems.html", {})
