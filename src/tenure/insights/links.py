"""Ways from a figure to the records under it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def list_url(ctx: Context, name: str, *args: object, **query: str) -> str:
    """The address of a page of the workspace, with the parts of its query that say something."""
    url = reverse(name, args=[ctx.workspace.slug, *args])
    parts = {key: value for key, value in query.items() if value}
    return f"{url}?{urlencode(parts)}" if parts else url
