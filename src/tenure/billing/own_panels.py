"""What billing shows on the account page: the renewal among the figures, money as a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tenure.billing.amounts_shown import show_amounts
from tenure.billing.lists import SUBSCRIPTIONS
from tenure.billing.lists.movements import MOVEMENT_TONES
from tenure.billing.lists.subscriptions import STATE_TONES
from tenure.billing.models import MrrMovement, ReportedChurn
from tenure.billing.queries.subscriptions import subscriptions_of
from tenure.directory.panels import Figure, Panel, register_figure, register_tab
from tenure.workspace import formats
from tenure.workspace.lists import ListState, fetch_page
from tenure.workspace.lists.cells import register_tones
from tenure.workspace.search import Found, SearchSource, register_search

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tenure.workspace.context import Context

SHOWN_SUBSCRIPTIONS, SHOWN_MOVEMENTS = 20, 20


def _renewal(ctx: Context, account: Account) -> Figure | None:
    """In how many days the next subscription is renewed."""
    if account.renews_on is None:
        return None
    days = (account.renews_on - ctx.today()).days
    said = ngettext("%(days)s day", "%(days)s days", days) % {"days": formats.number(days, ctx)}
    return Figure(_("Renewal"), said, formats.day(account.renews_on))


def _money(ctx: Context, account: Account) -> dict[str, Any]:
    """Subscriptions, the latest movements, and what was reported."""
    rows = subscriptions_of(ctx, account.pk).select_related("opportunity")
    movements = MrrMovement.objects.filter(account_id=account.pk).select_related("item").order_by("-effective_on", "-id")
    base = reverse("billing:movements", args=[ctx.workspace.slug])
    return {
        "subscriptions": [(row, STATE_TONES[row.state]) for row in show_amounts(ctx, rows[:SHOWN_SUBSCRIPTIONS])],
        "movements": [(row, MOVEMENT_TONES[row.kind]) for row in show_amounts(ctx, movements[:SHOWN_MOVEMENTS])],
        "reports": list(ReportedChurn.objects.filter(account_id=account.pk).order_by("-churned_on")[:5]),
        "movements_url": f"{base}?account={account.pk}",
        "subscriptions_url": f"{reverse('billing:subscriptions', args=[ctx.workspace.slug])}?account={account.pk}",
        "may_create": ctx.holds("billing.create_subscription"),
    }


def _count(ctx: Context, account: Account) -> int | None:
    return subscriptions_of(ctx, account.pk).count() or None


def _find(ctx: Context, text: str) -> list[Found]:
    page = fetch_page(ctx, SUBSCRIPTIONS, ListState(search=text, sort="-updated"), limit=5)
    slug = ctx.workspace.slug
    return [
        Found(f"{row} · {row.account}", row.get_state_display(), reverse("billing:subscription", args=[slug, row.pk]), "refresh")
        for row in page.rows
    ]


def register_own_panels() -> None:
    """Figure, tab, tones of states and kinds, palette."""
    register_tones(STATE_TONES)
    register_tones(MOVEMENT_TONES)
    register_figure(_renewal, position=20)
    register_tab(Panel("money", _("Money"), "billing/money_tab.html", "billing.view", _money, position=30, count=_count))
    register_search(SearchSource(_("Subscriptions"), "billing.view", _find))
