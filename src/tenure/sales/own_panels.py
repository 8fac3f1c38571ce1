"""What the sales room shows elsewhere: deals on an account's page, the way on from a lead, deals in the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenure.directory.panels import Figure, Panel, register_figure, register_tab
from tenure.kernel.money import Money
from tenure.market.lead_page import LeadPart, register_lead_button, register_lead_section
from tenure.sales.enums import Outcome
from tenure.sales.lists import OPPORTUNITIES
from tenure.sales.models import Opportunity
from tenure.workspace import formats
from tenure.workspace.lists import ListState, fetch_page
from tenure.workspace.reach import scope_filter
from tenure.workspace.search import Found, SearchSource, register_search

if TYPE_CHECKING:
    from django.db.models import Q

    from tenure.directory.models import Account
    from tenure.market.models import Lead
    from tenure.workspace.context import Context

MOST_DEALS = 20
_COLUMNS = ({"label": _("Deal")}, {"label": _("Stage")}, {"label": _("Amount"), "kind": "number"}, {"label": _("Closed")})


def register_own_panels() -> None:
    """Tab and figure of accounts, button and section of leads, the palette."""
    register_tab(Panel("deals", _("Deals"), "sales/deals_tab.html", "sales.view", _account_deals, position=30, count=_count))
    register_figure(_open_pipeline, position=30)
    register_lead_button(
        LeadPart("sales/lead_button.html", "sales.convert_lead", lambda _ctx, lead: {} if lead.is_open else None)
    )
    register_lead_section(LeadPart("sales/lead_deals.html", "sales.view", _lead_deals))
    register_search(SearchSource(_("Opportunities"), "sales.view", _find))


def _deals(ctx: Context, **of: object) -> Any:  # noqa: ANN401 - a queryset
    visible: Q = scope_filter(ctx, "sales.view", Opportunity)
    return Opportunity.objects.filter(visible, **of)


def _shown(ctx: Context, rows: Any) -> list[tuple[Opportunity, str]]:  # noqa: ANN401 - as above
    found = rows.select_related("account", "product", "stage", "agent", "owner").order_by("-created_at", "-id")[:MOST_DEALS]
    return [(deal, formats.money(_money(ctx, deal.amount_minor, deal.currency), ctx)) for deal in found]


def _money(ctx: Context, minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency or ctx.workspace.currency)


def _account_deals(ctx: Context, account: Account) -> dict[str, Any]:
    return {
        "deals": _shown(ctx, _deals(ctx, account=account)),
        "columns": [*_COLUMNS, {"label": _("Sold by")}],
        "may_create": ctx.holds("sales.create_opportunity"),
    }


def _count(ctx: Context, account: Account) -> int:
    return _deals(ctx, account=account).count()


def _open_pipeline(ctx: Context, account: Account) -> Figure | None:
    """What is open with this account, where it is in one currency."""
    if not ctx.holds("sales.view"):
        return None
    sums = list(
        _deals(ctx, account=account, outcome=Outcome.OPEN)
        .order_by()
        .values_list("currency")
        .annotate(Count("pk"), Sum("amount_minor"))[:2]
    )
    if len(sums) != 1:
        return None
    currency, count, minor = sums[0]
    url = reverse("sales:opportunities", args=[ctx.workspace.slug]) + f"?account={account.pk}&outcome=open"
    return Figure(
        _("Open deals"), formats.money(_money(ctx, minor, currency), ctx) if minor else formats.number(count, ctx), url=url
    )


def _lead_deals(ctx: Context, lead: Lead) -> dict[str, Any] | None:
    deals = _shown(ctx, _deals(ctx, lead=lead))
    return {"deals": deals, "columns": list(_COLUMNS)} if deals else None


def _find(ctx: Context, text: str) -> list[Found]:
    page = fetch_page(ctx, OPPORTUNITIES, ListState(search=text, sort="name"), limit=6)
    slug = ctx.workspace.slug
    return [
        Found(str(deal), str(deal.stage), reverse("sales:opportunity", args=[slug, deal.pk]), "heart-handshake")
        for deal in page.rows
    ]
