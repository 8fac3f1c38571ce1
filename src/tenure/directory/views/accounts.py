"""Pages of accounts: the list, the forms, one account."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.directory.actions.create_account import create_account
from tenure.directory.actions.delete_accounts import delete_accounts
from tenure.directory.actions.update_account import update_account
from tenure.directory.lists import ACCOUNTS
from tenure.directory.panels import draw, figures_of, side_of, tabs_of
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.aliases import resolve_accounts
from tenure.directory.queries.duplicates import find_duplicates
from tenure.directory.queries.timeline import timeline_page
from tenure.directory.records import ACCOUNT, load_tags
from tenure.directory.stage_path import stage_path
from tenure.directory.views.timeline import timeline_response
from tenure.directory.views.touches import account_page
from tenure.kernel.errors import DomainError, NotFound
from tenure.workspace import formats
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error, form_values, record_form

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

AROUND_ACCOUNTS = Surroundings(
    record="account",
    row_url="directory:account",
    peek_url="directory:account_peek",
    new_url="directory:account_new",
    import_record="account",
    empty_title=gettext_lazy("No accounts yet"),
    empty_text=gettext_lazy(
        "Accounts are the companies you sell to and serve. People, deals, subscriptions and notes all hang on them."
    ),
)


MAY = ("update_account", "delete_accounts", "merge_accounts", "add_note", "log_activity", "create_task")


@page("directory.view")
@require_GET
def accounts(request: Request) -> HttpResponse:
    """The account list."""
    return list_page(request, ACCOUNTS, AROUND_ACCOUNTS)


@page("directory.create_account")
def account_new(request: Request) -> HttpResponse:
    """The form of a new account; a likely duplicate is shown before it is written a second time."""
    ctx = request.ctx
    form = record_form(ctx, ACCOUNT, request.POST or None)
    duplicates = []
    if request.method == "POST" and form.is_valid():
        values = form_values(form)
        duplicates = [] if "create_anyway" in request.POST else find_duplicates(ctx, name=values["name"], domain=values["domain"])
        if not duplicates:
            try:
                account = create_account(ctx, {name: value for name, value in values.items() if value not in ("", None, [])})
            except DomainError as error:
                add_error(form, error, error_sentence(error))
            else:
                say(request, _("%(name)s is there.") % {"name": account.name})
                return see_other(reverse("directory:account", args=[ctx.workspace.slug, account.pk]))
    status = 422 if form.is_bound else 200
    context = {"form": form, "duplicates": duplicates, "page_title": _("New account")}
    return render(request, "directory/account_form.html", context, status=status)


@page("directory.update_account")
def account_edit(request: Request, account_id: UUID) -> HttpResponse:
    """The form of an account."""
    ctx = request.ctx
    account = get_account(ctx, account_id)
    form = record_form(ctx, ACCOUNT, request.POST or None, row=account)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            edited = update_account(ctx, account_id, form_values(form), version=int(version) if version.isdigit() else None)
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("Saved."), undo=edited.last_change_set)
            return see_other(reverse("directory:account", args=[ctx.workspace.slug, account_id]))
    context = {"form": form, "account": account, "page_title": account.name}
    return render(request, "directory/account_form.html", context, status=422 if form.is_bound else 200)


@page("directory.view")
@require_GET
def account(request: Request, account_id: UUID) -> HttpResponse:
    """One account: who they are, the path so far, figures, tabs, what to do next."""
    ctx = request.ctx
    try:
        row = get_account(ctx, account_id)
    except NotFound:
        became = resolve_accounts(ctx, [account_id]).get(account_id, account_id)
        if became == account_id:
            raise
        return see_other(reverse("directory:account", args=[ctx.workspace.slug, became]))
    load_tags([row])
    base = reverse("directory:account", args=[ctx.workspace.slug, account_id])
    tabs, chosen = tabs_of(ctx, row, request.GET.get("tab", ""), base)
    context = {
        "account": row,
        "page_title": row.name,
        "employees": formats.number(row.employees, ctx),
        "stages": stage_path(ctx, row),
        "figures": figures_of(ctx, row),
        "tabs": tabs,
        "tab": draw(request, ctx, row, chosen) if chosen else None,
        "side": side_of(request, ctx, row),
        "may": {name: ctx.holds(f"directory.{name}") for name in MAY},
    }
    return render(request, "directory/account.html", context)


@page("directory.view")
@require_GET
def account_timeline(request: Request, account_id: UUID) -> HttpResponse:
    """Older lines of the account's timeline: a part for HTMX, else a page."""
    account = get_account(request.ctx, account_id)
    context = timeline_page(request.ctx, account_id=account.pk, after=request.GET.get("after", ""))
    older_url = reverse("directory:account_timeline", args=[request.ctx.workspace.slug, account_id])
    return timeline_response(
        request, context | {"older_url": older_url, "page_title": account.name, "back": account_page(request.ctx, account_id)}
    )


@page("directory.delete_accounts")
@require_POST
def account_removals(request: Request, account_id: UUID) -> HttpResponse:
    """Delete the account with all that belongs to it; the next page offers to take it back."""
    ctx = request.ctx
    account = get_account(ctx, account_id)
    say(request, _("%(name)s deleted.") % {"name": account.name}, undo=delete_accounts(ctx, [account_id]))
    return see_other(reverse("directory:accounts", args=[ctx.workspace.slug]))


@page("directory.view")
@require_GET
def account_peek(request: Request, account_id: UUID) -> HttpResponse:
    """An account opened in place below its row."""
    row = get_account(request.ctx, account_id)
    load_tags([row])
    return render(request, "directory/account_peek.html", {"account": row, "figures": figures_of(request.ctx, row)})
