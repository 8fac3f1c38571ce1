"""Pages of the directory room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from tenure.workspace.pages import page

if TYPE_CHECKING:
    from tenure.workspace.pages import Request


@page("directory.view")
def accounts(request: Request) -> HttpResponse:
    """The account list."""
    return HttpResponse("")
