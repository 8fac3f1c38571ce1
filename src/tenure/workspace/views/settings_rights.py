"""Rights as pages: roles, the tree of grants, why somebody may or may not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.errors import DomainError
from tenure.workspace.actions.create_role import create_role
from tenure.workspace.actions.delete_role import delete_role
from tenure.workspace.actions.edit_role import edit_role
from tenure.workspace.actions.resume_grant import resume_grant
from tenure.workspace.actions.revoke_grant import revoke_grant
from tenure.workspace.domain.grants import Holder
from tenure.workspace.domain.roles import OWNER
from tenure.workspace.enums import GranteeKind
from tenure.workspace.granting import SEEING, guard_reach_to
from tenure.workspace.models import Grant, Member, Role
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.permission_names import known_permissions
from tenure.workspace.queries.explain import explain
from tenure.workspace.queries.grants import find_losses, get_grant, get_role, place_of
from tenure.workspace.reach import descendants_of
from tenure.workspace.record_form import add_error
from tenure.workspace.rights_forms import RoleForm, as_choice
from tenure.workspace.settings_pages import (
    account_names,
    grant_heads,
    grant_rows,
    heads,
    losses_shown,
    seen_holders,
    settings_tabs,
)

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.domain.chains import Explanation
    from tenure.workspace.pages import Request

SHOWN = 200
PEOPLE = 1000


class ExplainForm(forms.Form):
    """The question whether a member may do something, on an account or anywhere."""

    who = forms.ChoiceField(label=gettext_lazy("Who"))
    permission = forms.ChoiceField(label=gettext_lazy("May do"))
    account = forms.UUIDField(label=gettext_lazy("On the account"), required=False, widget=forms.Select)

    def __init__(self, ctx: Context, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        seen = seen_holders(ctx)
        members = Member.objects.all() if seen is None else Member.objects.filter(pk__in=seen)
        people = members.order_by("name", "id").values_list("pk", "name")[:PEOPLE]
        self.people = {str(key): name for key, name in people}
        as_choice(self.fields["who"], list(self.people.items()))
        as_choice(self.fields["permission"], [(name, name) for name in sorted(known_permissions())])
        for field in self.fields.values():
            field.widget.attrs["data-combobox"] = True
        self.fields["account"].widget.attrs["data-src"] = reverse("workspace:references", args=[ctx.workspace.slug, "account"])


@page("workspace.view")
@require_GET
def roles(request: Request) -> HttpResponse:
    """The roles, with how many grants are made from each."""
    ctx = request.ctx
    counts = dict(
        Grant.objects.filter(revoked_at__isnull=True, role__isnull=False)
        .values_list("role_id")
        .annotate(n=Count("id"))
        .order_by()
    )
    rows = [{"role": role, "grants": counts.get(role.pk, 0)} for role in Role.objects.order_by("-is_builtin", "name")]
    context = {
        "page_title": _("Roles"),
        "settings_tabs": settings_tabs(ctx, "roles"),
        "heads": heads(_("Role"), _("Gives"), _("Grants")),
        "roles": rows,
        "may_edit": ctx.holds("workspace.edit_role"),
        "may_create": ctx.holds("workspace.create_role"),
        "fixed": OWNER.name,
    }
    return render(request, "workspace/settings/roles.html", context)


@page("workspace.create_role")
def role_new(request: Request) -> HttpResponse:
    """The form of a new role."""
    request.ctx.require_everywhere("workspace.create_role")
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            role = create_role(request.ctx, values["name"], values["permissions"], description=values["description"])
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("The role %(name)s is there.") % {"name": role.name})
            return see_other(_roles_url(request))
    return _role_form(request, form, None)


@page("workspace.edit_role")
def role_edit(request: Request, role_id: UUID) -> HttpResponse:
    """The form of a role; its grants follow, as far as each may."""
    request.ctx.require_everywhere("workspace.edit_role")
    role = get_role(role_id)
    initial = {"name": role.name, "description": role.description, "permissions": role.permissions}
    form = RoleForm(request.POST or None, initial=initial, extra=tuple(role.permissions))
    if request.method == "POST" and form.is_valid():
        try:
            edit_role(request.ctx, role.pk, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("Saved."))
            return see_other(_roles_url(request))
    return _role_form(request, form, role)


@page("workspace.delete_role")
@require_POST
def role_removals(request: Request, role_id: UUID) -> HttpResponse:
    """Delete a role nobody holds."""
    delete_role(request.ctx, role_id)
    say(request, _("The role is deleted."))
    return see_other(_roles_url(request))


def _role_form(request: Request, form: RoleForm, role: Role | None) -> HttpResponse:
    chosen = set(form["permissions"].value() or ())
    context = {
        "form": form,
        "role": role,
        "rooms": [(room, [(name, name in chosen) for name in names]) for room, names in form.rooms],
        "page_title": role.name if role else _("New role"),
        "back": _roles_url(request),
        "may_delete": role is not None and not role.is_builtin and request.ctx.holds("workspace.delete_role"),
    }
    return render(request, "workspace/settings/role_form.html", context, status=422 if form.is_bound else 200)


def _roles_url(request: Request) -> str:
    return reverse("workspace:roles", args=[request.ctx.workspace.slug])


@page("workspace.explain_rights")
@require_GET
def grants(request: Request) -> HttpResponse:
    """The tree of grants, one level at a time from the root down, and the question why."""
    ctx = request.ctx
    asked = request.GET if "who" in request.GET else None
    form = ExplainForm(ctx, asked)
    answer = None
    if asked and form.is_valid():
        values = form.cleaned_data
        holder = Holder(GranteeKind.MEMBER, UUID(values["who"]))
        answer = _explained(ctx, explain(ctx, holder, values["permission"], values["account"]), form.people[values["who"]])
    stray = Grant.objects.filter(suspended_at__isnull=False, revoked_at__isnull=True).select_related("role").order_by("id")
    suspended = _seen(ctx, stray)[:SHOWN]
    context = {
        "page_title": _("Rights"),
        "settings_tabs": settings_tabs(ctx, "grants"),
        "form": form,
        "answer": answer,
        "heads": grant_heads(),
        "suspended": grant_rows(ctx, suspended),
        "may_revoke": ctx.holds("workspace.revoke_grant"),
        "may_resume": ctx.holds("workspace.resume_grant"),
        **_level(ctx, request.GET.get("below", "")),
    }
    return render(request, "workspace/settings/grants.html", context)


def _level(ctx: Context, below: str) -> dict[str, Any]:
    """One level of the tree: the grants straight below one (none named: the roots), the way to it, and how many each has handed on."""
    parent = get_grant(UUID(below)) if _is_uuid(below) else None
    if parent is not None:
        guard_reach_to(ctx, SEEING, [place_of(parent)])
    above: list[Grant] = []
    while parent is not None and _seen(ctx, [parent]):
        above.insert(0, parent)
        parent = get_grant(parent.parent_id) if parent.parent_id else None
    unrevoked = Grant.objects.filter(revoked_at__isnull=True).select_related("role")
    if above:
        here = unrevoked.filter(parent=above[-1])
    elif ctx.authority.reach(SEEING).everything:
        here = unrevoked.filter(parent__isnull=True)
    else:
        here = unrevoked.filter(grantee_id=ctx.actor.id)
    rows = grant_rows(ctx, here.order_by("created_at", "id")[: SHOWN + 1])
    counts = Grant.objects.filter(parent_id__in=[row["grant"].pk for row in rows], revoked_at__isnull=True)
    handed_on = dict(counts.values_list("parent_id").annotate(n=Count("id")).order_by())
    for row in rows:
        row["handed_on"] = handed_on.get(row["grant"].pk, 0)
    return {"above": grant_rows(ctx, above), "rows": rows[:SHOWN], "more": len(rows) > SHOWN}


def _seen(ctx: Context, grants: Iterable[Grant]) -> list[Grant]:
    """Those of the grants that reach no further than the caller sees."""
    reach = ctx.authority.reach(SEEING)
    if reach.everything:
        return list(grants)
    below = set(descendants_of(reach.roots))
    return [grant for grant in grants if grant.scope_account_id in below]


def _explained(ctx: Context, answer: Explanation, name: str) -> dict[str, Any]:
    chains = answer.chains or answer.nearest
    accounts = account_names(ctx, {link.place.account_id for chain in chains for link in chain.links if link.place.account_id})
    drawn = [
        [
            {
                "name": link.holder_name,
                "permissions": ", ".join(link.permissions),
                "where": accounts.get(link.place.account_id, "") if link.place.account_id else link.place.scope.label,  # type: ignore[attr-defined]
                "state": link.state.label,
                "is_live": link.state == "live",
            }
            for link in reversed(chain.links)
        ]
        for chain in chains[:5]
    ]
    return {"is_allowed": answer.is_allowed, "missing": answer.missing.label if answer.missing else "", "chains": drawn, "name": name,
            "permission": answer.question.permission}  # fmt: skip


@page("workspace.revoke_grant")
def revocations(request: Request, grant_id: UUID) -> HttpResponse:
    """Revoke a grant, after showing what ends with it."""
    back = reverse("workspace:grants", args=[request.ctx.workspace.slug])
    if request.method == "POST":
        revoke_grant(request.ctx, grant_id, reason=request.POST.get("reason", "")[:500])
        say(request, _("Revoked, with all below it."))
        return see_other(back)
    grant = get_grant(grant_id)
    guard_reach_to(request.ctx, "workspace.revoke_grant", [place_of(grant)])
    row = grant_rows(request.ctx, [grant])[0]
    context = {
        "page_title": _("Take %(what)s from %(name)s?") % {"what": row["what"], "name": row["holder"]},
        "losses": losses_shown(find_losses(request.ctx, [grant_id])),
        "is_final": True,
        "submit": _("Revoke"),
        "back": back,
    }
    return render(request, "workspace/settings/confirm.html", context)


@page("workspace.resume_grant")
@require_POST
def resumptions(request: Request, grant_id: UUID) -> HttpResponse:
    """Lift the suspension of a grant."""
    resume_grant(request.ctx, grant_id)
    say(request, _("The grant holds again."))
    return see_other(reverse("workspace:grants", args=[request.ctx.workspace.slug]))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
