"""Bringing the demo company in: through the product's own sign-up, invitations, segments and imports, as its founder.

What was interrupted is gone on with: everything here meets what is there already.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tenure.config.demo.files import DemoFile, demo_files
from tenure.config.demo.generate import generate
from tenure.config.demo.months import add_months
from tenure.config.demo.order import MONTHS_LIVED, Order
from tenure.config.demo.plan import DOMAIN, GROSS_MARGIN_AT_FIRST, GROSS_MARGIN_PER_YEAR, NAME, SLUG
from tenure.config.demo.words import WORDS
from tenure.config.problems import SetupProblem
from tenure.directory.actions.save_segment import Need, save_segment
from tenure.workspace.actions.accept_invitation import accept_invitation
from tenure.workspace.actions.claim_import import claim_import
from tenure.workspace.actions.draft_import import draft_import
from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.actions.open_workspace import new_workspace_context, open_workspace
from tenure.workspace.actions.set_gross_margins import set_gross_margins
from tenure.workspace.enums import ChangeSetKind, ChangeSetState, MemberState
from tenure.workspace.imports.draft import Fault
from tenure.workspace.imports.run import carry_out
from tenure.workspace.models import ChangeSet, ImportRow, Role, User
from tenure.workspace.models import Member as WorkspaceMember
from tenure.workspace.queries.contexts import invitee_context, member_context
from tenure.workspace.queries.entry import list_memberships
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from tenure.config.demo.rows import Member
    from tenure.workspace.context import Context

FAULTS_SHOWN = 5
ZONES = {"en": "Europe/Berlin", "es": "Europe/Madrid", "zh-hans": "Asia/Shanghai"}
Tell = Callable[[str], None]


def load_demo(order: Order, tell: Tell) -> User:
    """Make the demo company that was ordered, where there is none, and return its founder. tell: hears of every part that is done.

    Raises SetupProblem where a row of it does not come in: the demo company is a proof of the imports too.
    """
    founder = find_founder()
    if founder is not None and _is_whole(seen_by(founder)):
        return founder
    company = generate(order)
    user = founder or _open(order, company.members[0])
    ctx = seen_by(user)
    for member in company.members[1:]:
        _join(ctx, member)
    for place, segment in enumerate(company.segments, 1):
        needs = [Need(need.need, need.answer) for need in segment.needs]
        save_segment(ctx, place, name=segment.name, description=segment.description, needs=needs)
    _say_margins(ctx, order)
    for title, files in demo_files(company, WORDS[order.language]):
        if _bring_in(ctx, title, files):
            tell(f"{title}: {sum(len(one.rows) for one in files):,} rows")
    return user


def find_founder() -> User | None:
    """Whom the demo company belongs to; None where there is no demo company yet."""
    users = User.objects.filter(email__endswith=f"@{DOMAIN}").order_by("created_at")
    return next((user for user in users if any(place.slug == SLUG for place in list_memberships(user.pk))), None)


def _open(order: Order, founder: Member) -> User:
    """The founder, without a password, and the workspace."""
    with transaction.atomic():
        user = User.objects.create_user(founder.email, name=founder.name)
        open_workspace(
            new_workspace_context(NAME, slug=SLUG, currency="EUR", zone=ZONES[order.language], language=order.language), user
        )
    return user


def seen_by(user: User) -> Context:
    """The demo company's workspace as its founder sees it."""
    place = next(place for place in list_memberships(user.pk) if place.slug == SLUG)
    return member_context(place.workspace_id, place.member_id)


def _join(ctx: Context, member: Member) -> None:
    """A colleague is invited and accepts; they have no password, so nobody signs in as them."""
    with enter(ctx.scope):
        if WorkspaceMember.objects.filter(email=member.email, state=MemberState.ACTIVE).exists():
            return
        role = Role.objects.get(name=member.role)
        _invitation, secret = invite_member(ctx, member.email, role, name=member.name, team=member.team)
        user, _ = User.objects.get_or_create(email=member.email, defaults={"name": member.name, "password": make_password(None)})
        accept_invitation(invitee_context(secret), secret, user)


def _say_margins(ctx: Context, order: Order) -> None:
    """The share of revenue left after hosting and support, a little better every year."""
    months = [add_months(order.begins, month) for month in range(MONTHS_LIVED + 1)]
    percents = {month: GROSS_MARGIN_AT_FIRST + GROSS_MARGIN_PER_YEAR * (place // 12) for place, month in enumerate(months)}
    set_gross_margins(ctx, {month: Decimal(percent) for month, percent in percents.items()})


def _bring_in(ctx: Context, title: str, files: list[DemoFile]) -> bool:
    """Import the files, unless they were before; whether they were imported now."""
    with enter(ctx.scope):
        if _imports(title).exclude(state__in=(ChangeSetState.RUNNING, ChangeSetState.INTERRUPTED)).exists():
            return False
    drafted = draft_import(ctx, [(one.name, one.content(), one.plan) for one in files], title=title)
    started = claim_import(ctx, drafted.pk)
    change_set = carry_out(ctx, started.pk, started.attempt)
    if change_set.failed or change_set.state != ChangeSetState.DONE:
        raise SetupProblem(f"{title}: {change_set.failed} of {change_set.done} rows were refused:\n{_faults(ctx, started.pk)}")
    return True


def _is_whole(ctx: Context) -> bool:
    """Whether the last import of the demo company came to its end."""
    last = WORDS[ctx.workspace.language].imports[-1]
    with enter(ctx.scope):
        return _imports(last).exclude(state__in=(ChangeSetState.RUNNING, ChangeSetState.INTERRUPTED)).exists()


def _imports(title: str) -> QuerySet[ChangeSet]:
    return ChangeSet.objects.filter(kind=ChangeSetKind.IMPORT, title=title)


def _faults(ctx: Context, run_id: UUID) -> str:
    """The first few rows that were refused, and why."""
    with enter(ctx.scope):
        rows = (
            ImportRow.objects.filter(import_file__run_id=run_id)
            .select_related("import_file__file")
            .order_by("import_file", "row")[:FAULTS_SHOWN]
        )
        return "\n".join(
            f"{row.import_file.file.name}, row {row.row}: {Fault.from_dict(row.problems[0]).sentence() if row.problems else ''}"
            for row in rows
        )
