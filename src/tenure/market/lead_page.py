"""What other rooms show on a lead's page: buttons at its head, sections below. Filled in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from tenure.market.models import Lead
    from tenure.workspace.context import Context


@dataclass(frozen=True, slots=True)
class LeadPart:
    """A piece of the page: `load` gives its template's context, or None where there is nothing to show."""

    template: str
    permission: str
    load: Callable[[Context, Lead], dict[str, Any] | None]


_buttons: list[LeadPart] = []
_sections: list[LeadPart] = []


def register_lead_button(part: LeadPart) -> None:
    """Add a button at the head of a lead's page."""
    _buttons.append(part)


def register_lead_section(part: LeadPart) -> None:
    """Add a section to a lead's page."""
    _sections.append(part)


def lead_parts(request: HttpRequest, ctx: Context, lead: Lead) -> dict[str, list[SafeString]]:
    """The buttons and the sections of a lead's page, drawn."""
    return {"buttons": _drawn(request, ctx, lead, _buttons), "sections": _drawn(request, ctx, lead, _sections)}


def _drawn(request: HttpRequest, ctx: Context, lead: Lead, parts: list[LeadPart]) -> list[SafeString]:
    drawn = []
    for part in parts:
        context = part.load(ctx, lead) if ctx.holds(part.permission) else None
        if context is not None:
            drawn.append(render_to_string(part.template, {"lead": lead, **context}, request))
    return drawn
