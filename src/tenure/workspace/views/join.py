"""Accepting an invitation: the one page for somebody who is not a member yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tenure.kernel.errors import DomainError
from tenure.workspace.actions.accept_invitation import accept_invitation
from tenure.workspace.inviting import get_open_invitation
from tenure.workspace.models import User
from tenure.workspace.pages import error_page, see_other
from tenure.workspace.queries.contexts import invitee_context
from tenure.workspace.rights_forms import JoinForm
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import Member


@never_cache
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Join with the account one has, or make one: the link is proof of the address."""
    try:
        ctx = invitee_context(secret, address=request.META.get("REMOTE_ADDR") or None)
        with enter(ctx.scope):
            member: Member = get_open_invitation(ctx, secret).member
    except DomainError as error:
        return error_page(request, error)
    with translation.override(ctx.language):
        try:
            return _answer(request, ctx, secret, member)
        except DomainError as error:
            return error_page(request, error)


def _answer(request: HttpRequest, ctx: Context, secret: str, member: Member) -> HttpResponse:
    known = User.objects.filter(email=member.email).exists()
    form = JoinForm(request.POST or None, initial={"name": member.name})
    if request.user.is_authenticated:
        if request.method == "POST":
            return _joined(ctx, secret, request.user)
    elif not known and request.method == "POST" and form.is_valid() and _is_good_password(form, member):
        with transaction.atomic():
            user = User.objects.create_user(member.email, form.cleaned_data["password"], name=form.cleaned_data["name"])
            answer = _joined(ctx, secret, user)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return answer
    context = {
        "page_title": _("Join %(workspace)s") % {"workspace": ctx.workspace.name},
        "form": form,
        "email": member.email,
        "known": known,
        "sign_in_url": f"{reverse('account_login')}?next={request.path}",
    }
    return render(request, "workspace/join.html", context, status=422 if form.is_bound else 200)


def _joined(ctx: Context, secret: str, user: User) -> HttpResponse:
    accept_invitation(ctx, secret, user)
    return see_other(f"/{ctx.workspace.slug}/")


def _is_good_password(form: JoinForm, member: Member) -> bool:
    try:
        validate_password(form.cleaned_data["password"], User(email=member.email, name=form.cleaned_data["name"]))
    except ValidationError as error:
        form.add_error("password", error)
        return False
    return True
