"""What the market room shows elsewhere: where an account came from, and leads in the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenure.directory.models import Turn
from tenure.directory.panels import Panel, register_panel
from tenure.market.lists import LEADS
from tenure.market.models import Lead
from tenure.workspace.lists import ListState, fetch_page
from tenure.workspace.reach import scope_filter
from tenure.workspace.search import Found, SearchSource, register_search

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tenure.workspace.context import Context


def register_own_panels() -> None:
    """The panel of accounts, the palette."""
    register_panel(Panel("came_from", _("Came from"), "market/came_from_panel.html", "market.view", _first_lead, position=80))
    register_search(SearchSource(_("Leads"), "market.view", _find))


def _first_lead(ctx: Context, account: Account) -> dict[str, Any] | None:
    """The earliest lead that the account's turns began with."""
    leads = Turn.objects.filter(account_id=account.pk, lead_id__isnull=False).values("lead_id")
    rows = Lead.objects.filter(scope_filter(ctx, "market.view", Lead), pk__in=leads)
    lead = rows.select_related("channel").order_by("first_contact_at", "id").first()
    return {"lead": lead} if lead is not None else None


def _find(ctx: Context, text: str) -> list[Found]:
    page = fetch_page(ctx, LEADS, ListState(search=text, sort="name"), limit=6)
    slug = ctx.workspace.slug
    return [
        Found(str(lead), lead.company or lead.email, reverse("market:lead", args=[slug, lead.pk]), "target-arrow")
        for lead in page.rows
    ]
