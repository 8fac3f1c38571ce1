"""Finding leads by what one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from tenure.directory.domain.keys import name_key

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_LAST = "\U0010ffff"


def matches_lead(_ctx: Context, text: str) -> Q:
    """Leads whose name, company or address begins so, or whose external id it is. Served by btree indexes alone."""
    key, address = name_key(text), text.strip().casefold()
    found = Q(external_id=text.strip())
    if key:
        found |= Q(name_key__gte=key, name_key__lt=key + _LAST) | Q(company_key__gte=key, company_key__lt=key + _LAST)
    if address:
        found |= Q(email_key__gte=address, email_key__lt=address + _LAST)
    return found


def matches_name(_ctx: Context, text: str) -> Q:
    """Records whose name begins so."""
    key = name_key(text)
    return Q(name_key__gte=key, name_key__lt=key + _LAST) if key else Q(pk__in=[])
