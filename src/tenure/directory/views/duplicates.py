"""Records that look alike, over the whole workspace: merge them, or say that they are two."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.directory.actions.keep_apart import keep_apart
from tenure.directory.errors import MergeWithItself
from tenure.directory.queries.likeness import alike_accounts, alike_people
from tenure.directory.records import ACCOUNT, PERSON
from tenure.directory.views.merges import is_id
from tenure.kernel.errors import NotFound
from tenure.workspace.pages import page, say, see_other

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

KINDS = {"account": ACCOUNT, "person": PERSON}


@page("directory.merge_accounts")
@require_GET
def duplicates(request: Request) -> HttpResponse:
    """Groups of accounts or people that share a key."""
    ctx = request.ctx
    kind = "person" if request.GET.get("kind") == "person" else "account"
    find = alike_people if kind == "person" else alike_accounts
    groups, after = find(ctx, after=request.GET.get("after", ""))
    here = reverse("directory:duplicates", args=[ctx.workspace.slug])
    context = {
        "groups": groups,
        "kind": kind,
        "page_title": _("Duplicates"),
        "row_url": f"directory:{kind}",
        "merge_url": f"directory:{kind}_merges",
        "next_url": f"?kind={kind}&after={after}" if after else "",
        "tabs": [
            {"label": _("Accounts"), "url": here, "current": kind == "account"},
            {"label": _("People"), "url": f"{here}?kind=person", "current": kind == "person"},
        ],
    }
    return render(request, "directory/duplicates.html", context)


@page("directory.merge_accounts")
@require_POST
def distinct_pairs(request: Request, kind: str) -> HttpResponse:
    """These two are not the same."""
    ctx = request.ctx
    if kind not in KINDS:
        raise NotFound(kind="record")
    one, other = (request.POST.get(name, "") for name in ("one", "other"))
    if not is_id(one) or not is_id(other):
        raise MergeWithItself
    keep_apart(ctx, KINDS[kind], UUID(one), UUID(other))
    say(request, _("They are kept apart."))
    return see_other(reverse("directory:duplicates", args=[ctx.workspace.slug]), kind=kind)
