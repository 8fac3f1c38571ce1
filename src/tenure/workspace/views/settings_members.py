"""Members: who they are, what they hold, inviting, suspending, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.errors import DomainError
from tenure.workspace.actions.cancel_invitation import cancel_invitation
from tenure.workspace.actions.change_role import change_role
from tenure.workspace.actions.hand_over_workspace import hand_over_workspace
from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.actions.leave_workspace import leave_workspace
from tenure.workspace.actions.reinstate_member import reinstate_member
from tenure.workspace.actions.remove_member import remove_member
from tenure.workspace.actions.renew_invitation import renew_invitation
from tenure.workspace.actions.suspend_member import suspend_member
from tenure.workspace.domain.grants import Holder
from tenure.workspace.enums import GranteeKind, MemberState
from tenure.workspace.inviting import invitation_link
from tenure.workspace.mail import is_mail_sent
from tenure.workspace.models import Grant, Invitation, Member
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.queries.grants import find_losses, list_grant_ids_of
from tenure.workspace.queries.members import get_member
from tenure.workspace.record_form import add_error
from tenure.workspace.rights_forms import InviteForm, TermsForm
from tenure.workspace.settings_pages import (
    grant_heads,
    grant_rows,
    guard_member_seen,
    heads,
    losses_shown,
    seen_holders,
    settings_tabs,
)

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

SHOWN = 200
MAY = (
    "invite_member", "renew_invitation", "cancel_invitation", "suspend_member", "reinstate_member", "remove_member", "change_role",
    "revoke_grant",
)  # fmt: skip


@page("workspace.view")
@require_GET
def members(request: Request) -> HttpResponse:
    """Everybody who works here, with what they hold; who left is kept, because records name them."""
    ctx = request.ctx
    wanted = request.GET.get("state", "")
    text = request.GET.get("q", "").strip()[:100]
    rows = Member.objects.filter(state=MemberState.LEFT) if wanted == "left" else Member.objects.exclude(state=MemberState.LEFT)
    seen = seen_holders(ctx)
    if seen is not None:
        rows = rows.filter(pk__in=seen)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
    found = list(rows.order_by("name", "id")[: SHOWN + 1])
    context = {
        "page_title": _("Members"),
        "settings_tabs": settings_tabs(ctx, "members"),
        "heads": heads(_("Name"), _("Rights"), _("State")),
        "members": _with_rights(request, found[:SHOWN]),
        "more": len(found) > SHOWN,
        "text": text,
        "wanted": wanted,
        "may": _may(request),
    }
    return render(request, "workspace/settings/members.html", context)


def _with_rights(request: Request, rows: list[Member]) -> list[dict[str, Any]]:
    grants = (
        Grant.objects.filter(grantee_id__in=[row.pk for row in rows], revoked_at__isnull=True)
        .select_related("role")
        .order_by("id")
    )
    by_member: dict[UUID, list[dict[str, Any]]] = {}
    for drawn in grant_rows(request.ctx, grants):
        by_member.setdefault(drawn["grant"].grantee_id, []).append(drawn)
    return [{"member": row, "grants": by_member.get(row.pk, []), "tone": TONES.get(row.state, "")} for row in rows]


TONES: dict[str, str] = {MemberState.INVITED: "sky", MemberState.SUSPENDED: "amber", MemberState.ACTIVE: "leaf"}


@page("workspace.view")
def member(request: Request, member_id: UUID) -> HttpResponse:
    """One member: their state, their grants, and what can be done about them."""
    ctx = request.ctx
    row = get_member(member_id)
    guard_member_seen(ctx, row)
    form = TermsForm(ctx, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_role(ctx, row.pk, form.chosen_role.pk, **form.terms())
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("%(name)s now has the role %(role)s.") % {"name": row.name, "role": form.chosen_role.name})
            return see_other(_url(request, row))
    grants = Grant.objects.filter(grantee_id=row.pk, revoked_at__isnull=True).select_related("role").order_by("id")
    context = {
        "page_title": row.name,
        "member_shown": row,
        "tone": TONES.get(row.state, ""),
        "is_self": row.pk == ctx.member_id,
        "is_owner_here": _holds_root(ctx.member_id),
        "grants": grant_rows(ctx, grants),
        "heads": grant_heads(with_holder=False),
        "losses": losses_shown(find_losses(ctx, [grant.pk for grant in grants])),
        "invitation": Invitation.objects.filter(member=row, accepted_at__isnull=True, cancelled_at__isnull=True).first(),
        "form": form,
        "may": _may(request),
    }
    return render(request, "workspace/settings/member.html", context, status=422 if form.is_bound else 200)


@page("workspace.invite_member")
def invitations(request: Request) -> HttpResponse:
    """Invite a colleague; the answer shows the link, this once."""
    ctx = request.ctx
    form = InviteForm(ctx, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            invitation, secret = invite_member(ctx, values["email"], form.chosen_role, name=values["name"], **form.terms())
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            return _link_shown(request, invitation, secret)
    context = {
        "form": form,
        "page_title": _("Invite a colleague"),
        "back": reverse("workspace:members", args=[ctx.workspace.slug]),
    }
    return render(
        request, "workspace/settings/form.html", context | {"submit": _("Invite")}, status=422 if form.is_bound else 200
    )


@page("workspace.renew_invitation")
@require_POST
def renewals(request: Request, member_id: UUID) -> HttpResponse:
    """A new link for somebody invited; shown this once."""
    invitation, secret = renew_invitation(request.ctx, member_id)
    return _link_shown(request, invitation, secret)


def _link_shown(request: Request, invitation: Invitation, secret: str) -> HttpResponse:
    is_sent = is_mail_sent()
    context = {
        "invitation": invitation,
        "member_shown": invitation.member,
        "link": invitation_link(secret),
        "is_mailed": is_sent,
        "page_title": _("The invitation is on its way") if is_sent else _("Send this link"),
    }
    return render(request, "workspace/settings/invited.html", context, status=201)


@page("workspace.cancel_invitation")
@require_POST
def cancellations(request: Request, member_id: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    row = cancel_invitation(request.ctx, member_id)
    say(request, _("The invitation of %(name)s is withdrawn.") % {"name": row.name})
    return see_other(reverse("workspace:members", args=[request.ctx.workspace.slug]))


@page("workspace.suspend_member")
def suspensions(request: Request, member_id: UUID) -> HttpResponse:
    """Suspend a member, after showing what rests with them."""
    if request.method == "POST":
        row = suspend_member(request.ctx, member_id, reason=request.POST.get("reason", "")[:500])
        say(request, _("%(name)s is suspended.") % {"name": row.name})
        return see_other(_url(request, row))
    return _confirm(request, member_id, _("Suspend %(name)s?"), _("Suspend"), is_final=False)


@page("workspace.reinstate_member")
@require_POST
def reinstatements(request: Request, member_id: UUID) -> HttpResponse:
    """Lift a suspension."""
    row = reinstate_member(request.ctx, member_id)
    say(request, _("%(name)s is active again.") % {"name": row.name})
    return see_other(_url(request, row))


@page("workspace.remove_member")
def member_removals(request: Request, member_id: UUID) -> HttpResponse:
    """Let a member go, after showing what ends with them."""
    if request.method == "POST":
        row = remove_member(request.ctx, member_id, reason=request.POST.get("reason", "")[:500])
        say(request, _("%(name)s has left.") % {"name": row.name})
        return see_other(_url(request, row))
    return _confirm(request, member_id, _("Let %(name)s go?"), _("Remove"), is_final=True)


@page("workspace.leave_workspace")
@require_POST
def departures(request: Request) -> HttpResponse:
    """Leave the workspace oneself."""
    leave_workspace(request.ctx)
    return see_other("/")


@page("workspace.hand_over_workspace")
def handovers(request: Request, member_id: UUID) -> HttpResponse:
    """Make another member the owner, after saying what that means."""
    row = get_member(member_id)
    guard_member_seen(request.ctx, row)
    if request.method == "POST":
        hand_over_workspace(request.ctx, member_id)
        say(request, _("%(name)s is the owner now.") % {"name": row.name})
        return see_other(_url(request, row))
    context = {"page_title": _("Hand the workspace over to %(name)s?") % {"name": row.name}, "back": _url(request, row)}
    return render(request, "workspace/settings/handover.html", context)


def _confirm(request: Request, member_id: UUID, question: str, submit: str, *, is_final: bool) -> HttpResponse:
    row = get_member(member_id)
    guard_member_seen(request.ctx, row)
    losses = find_losses(request.ctx, list_grant_ids_of(Holder(GranteeKind.MEMBER, row.pk)))
    context = {
        "page_title": question % {"name": row.name},
        "losses": losses_shown(losses),
        "is_final": is_final,
        "submit": submit,
        "back": _url(request, row),
    }
    return render(request, "workspace/settings/confirm.html", context)


def _holds_root(member_id: UUID | None) -> bool:
    return bool(Grant.objects.filter(parent__isnull=True, revoked_at__isnull=True, grantee_id=member_id).exists())


def _may(request: Request) -> dict[str, bool]:
    return {name: request.ctx.holds(f"workspace.{name}") for name in MAY}


def _url(request: Request, row: Member) -> str:
    return reverse("workspace:member", args=[request.ctx.workspace.slug, row.pk])
