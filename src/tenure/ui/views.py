"""The gallery: every component in its states, for whoever builds a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tenure.ui.gallery import sample_context


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in its states with sample values; served only where the settings route it (development and tests)."""
    return render(request, "ui/gallery.html", sample_context())
