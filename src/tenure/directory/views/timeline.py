"""Older lines of a timeline, brought in below those that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from tenure.workspace.pages import Request


def timeline_response(request: Request, context: dict[str, Any]) -> HttpResponse:
    """The lines alone for HTMX, else on a page of their own."""
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "directory/timeline_rows.html" if is_part else "directory/timeline_page.html", context)
