"""The directory's own figures, tabs and panels on the account page, and what the palette finds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tenure.directory.enums import Stage
from tenure.directory.lists import ACCOUNTS, PEOPLE
from tenure.directory.lists.people import ROLE_TONES
from tenure.directory.models import AccountFile, AccountTeam, Person
from tenure.directory.panels import Figure, Panel, register_figure, register_panel, register_tab
from tenure.directory.queries.likeness import same_accounts
from tenure.directory.queries.people import decision_chain, find_champion
from tenure.directory.queries.tasks import tasks_of_account
from tenure.directory.queries.timeline import timeline_page
from tenure.directory.waiting_subjects import may_tie, product_ids
from tenure.kernel.money import Money
from tenure.stream.queries.ties import list_tied
from tenure.workspace import formats
from tenure.workspace.lists import ListState, fetch_page
from tenure.workspace.lists.cells import register_tones
from tenure.workspace.search import Found, SearchSource, register_search

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tenure.workspace.context import Context


STAGE_TONES: dict[str, str] = {
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
MAX_CHAIN = 100
MAX_IDS = 8


def _arr(ctx: Context, account: Account) -> Figure | None:
    if account.arr_minor is None:
        return None
    return Figure(_("ARR"), formats.money(Money(account.arr_minor, ctx.workspace.currency), ctx))


def _champion(ctx: Context, account: Account) -> Figure | None:
    """Who carries the account, and how long ago anybody there was in touch."""
    person = find_champion(ctx, account.pk)
    if person is None and account.last_contact_at is None:
        return None
    note = _now("no contact yet")
    if account.last_contact_at is not None:
        note = _long_ago(ctx, account.last_contact_at)
    if person is None:
        return Figure(_("Champion"), _now("Nobody yet"), note=note)
    return Figure(_("Champion"), person.name, note=note, url=reverse("directory:person", args=[ctx.workspace.slug, person.pk]))


def _long_ago(ctx: Context, at: datetime) -> str:
    days = (ctx.now().astimezone(ctx.tz).date() - at.astimezone(ctx.tz).date()).days
    if days <= 0:
        return _now("last contact today")
    return ngettext("last contact %(days)s day ago", "last contact %(days)s days ago", days) % {"days": formats.number(days, ctx)}


def _timeline(ctx: Context, account: Account) -> dict[str, Any]:
    return timeline_page(ctx, account_id=account.pk)


def _people(ctx: Context, account: Account) -> dict[str, Any]:
    people = list(decision_chain(ctx, account.pk)[:MAX_CHAIN])
    for person in people:
        person.tone = ROLE_TONES.get(person.role, "")
    return {"people": people, "may_create": ctx.holds("directory.create_person")}


def _people_count(_ctx: Context, account: Account) -> int:
    return Person.objects.filter(account_id=account.pk, left_on=None)[: MAX_CHAIN + 1].count()


def _files(ctx: Context, account: Account) -> dict[str, Any]:
    rows = AccountFile.objects.filter(account_id=account.pk).select_related("file", "added_by").order_by("-id")[:MAX_CHAIN]
    return {"files": rows, "may_add": ctx.holds("directory.add_file"), "may_delete": ctx.holds("directory.delete_file")}


def _files_count(_ctx: Context, account: Account) -> int:
    return AccountFile.objects.filter(account_id=account.pk)[: MAX_CHAIN + 1].count()


def _next(ctx: Context, account: Account) -> dict[str, Any]:
    return {"tasks": tasks_of_account(ctx, account.pk), "today": ctx.today(), "may_tick": ctx.holds("directory.update_task")}


def _team(_ctx: Context, account: Account) -> dict[str, Any]:
    team = AccountTeam.objects.filter(account_id=account.pk).select_related("member").order_by("role")
    return {"team": team}


def _needs(_ctx: Context, account: Account) -> dict[str, Any] | None:
    if account.segment is None or not account.segment.needs:
        return None
    return {"needs": account.segment.needs}


def _same(ctx: Context, account: Account) -> dict[str, Any] | None:
    alike = same_accounts(ctx, account)
    return {"alike": alike} if alike else None


def _product_ids(ctx: Context, account: Account) -> dict[str, Any] | None:
    """The ids by which the vendor's product knows the account, its users and its visitors."""
    spans = list_tied([account.pk], limit=MAX_IDS + 1)
    if not spans:
        return None
    back = reverse("directory:account", args=[ctx.workspace.slug, account.pk])
    return {"ids": product_ids(spans[:MAX_IDS]), "has_more": len(spans) > MAX_IDS, "may_untie": may_tie(ctx), "back": back}


def _nothing_more(_ctx: Context, _account: Account) -> dict[str, Any]:
    return {}


def _find_accounts(ctx: Context, text: str) -> list[Found]:
    page = fetch_page(ctx, ACCOUNTS, ListState(search=text, sort="name"), limit=8)
    slug = ctx.workspace.slug
    return [
        Found(row.name, row.domain or row.city, reverse("directory:account", args=[slug, row.pk]), "building")
        for row in page.rows
    ]


def _find_people(ctx: Context, text: str) -> list[Found]:
    page = fetch_page(ctx, PEOPLE, ListState(search=text, sort="name"), limit=8)
    slug = ctx.workspace.slug
    return [
        Found(row.name, str(row.account or row.email), reverse("directory:person", args=[slug, row.pk]), "user")
        for row in page.rows
    ]


def register_own_panels() -> None:
    """What the directory shows on its own page, and in the palette."""
    register_tones(STAGE_TONES)
    register_tones({str(role): tone for role, tone in ROLE_TONES.items()})
    register_figure(_arr, position=10)
    register_figure(_champion, position=50)
    view = "directory.view"
    register_tab(Panel("timeline", _("Timeline"), "directory/timeline_tab.html", view, _timeline, position=0))
    register_tab(Panel("people", _("People"), "directory/people_tab.html", view, _people, position=10, count=_people_count))
    register_tab(Panel("files", _("Files"), "directory/files_tab.html", view, _files, position=90, count=_files_count))
    register_panel(Panel("next", _("Next"), "directory/next_panel.html", view, _next, position=0))
    register_panel(Panel("needs", _("What they want"), "directory/needs_panel.html", view, _needs, position=20))
    register_panel(Panel("team", _("Team"), "directory/team_panel.html", view, _team, position=50))
    register_panel(
        Panel("same", _("May be the same"), "directory/same_panel.html", "directory.merge_accounts", _same, position=80)
    )
    register_panel(Panel("product_ids", _("In the product"), "directory/product_ids_panel.html", view, _product_ids, position=85))
    register_panel(Panel("about", _("About"), "directory/about_panel.html", view, _nothing_more, position=90))
    register_search(SearchSource(_("Accounts"), view, _find_accounts))
    register_search(SearchSource(_("People"), view, _find_people))
