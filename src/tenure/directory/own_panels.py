"""The directory's own panels on the account page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tenure.directory.enums import Stage
from tenure.directory.panels import Figure, Panel, register_figure, register_panel
from tenure.kernel.money import Money
from tenure.workspace import formats
from tenure.workspace.lists.cells import register_tones
from tenure.workspace.search import Found, SearchSource, register_search

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tenure.workspace.context import Context


STAGE_TONES = {
    Stage.LEAD: "sky",
    Stage.QUALIFIED: "sky",
    Stage.OPPORTUNITY: "sky",
    Stage.WON: "leaf",
    Stage.ONBOARDING: "sky",
    Stage.LIVE: "leaf",
    Stage.ADOPTING: "leaf",
    Stage.RENEWED: "leaf",
    Stage.EXPANDED: "leaf",
    Stage.ADVOCATE: "leaf",
    Stage.LOST: "rose",
    Stage.CHURNED: "rose",
}


def _arr(ctx: Context, account: Account) -> Figure | None:
    if account.arr_minor is None:
        return None
    return Figure(_("ARR"), formats.money(Money(account.arr_minor, ctx.workspace.currency), ctx))


def _nothing_more(_ctx: Context, _account: Account) -> dict[str, Any]:
    return {}


def _find(ctx: Context, text: str) -> list[Found]:
    from django.urls import reverse  # noqa: PLC0415

    from tenure.directory.lists import ACCOUNTS  # noqa: PLC0415
    from tenure.workspace.lists import ListState, fetch_page  # noqa: PLC0415

    page = fetch_page(ctx, ACCOUNTS, ListState(search=text, sort="name"), limit=8)
    slug = ctx.workspace.slug
    return [Found(row.name, row.domain or row.city, reverse("directory:account", args=[slug, row.pk]), "building") for row in page.rows]


def register_own_panels() -> None:
    """What the directory shows on its own page, and in the palette."""
    register_tones(STAGE_TONES)
    register_figure(_arr, position=10)
    register_panel(Panel("about", _("About"), "directory/about_panel.html", "directory.view", _nothing_more, position=90))
    register_search(SearchSource(_("Accounts"), "directory.view", _find))
