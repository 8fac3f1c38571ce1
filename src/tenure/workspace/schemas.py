"""The workspace room over the API: audit, change sets, lists, members, the workspace itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.workspace.endpoints.schemas import In, Page
from tenure.workspace.enums import ActorKind, ChangeKind, MemberState, UndoOutcome

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists import ListSpec
    from tenure.workspace.models import AuditLine, ChangeRow, Member, SavedView


class AuditLineOut(Schema):
    """One action, as done."""

    id: UUID
    at: datetime
    actor_kind: ActorKind
    actor: UUID | None
    actor_name: str
    action: str = Field(examples=["directory.create_account"])
    subject_kind: str
    subject: UUID | None = Field(description="Id of the record it was done to.")
    account: UUID | None
    change_set: UUID | None
    facts: dict[str, Any]
    request_id: str
    address: str | None


class AuditPage(Page[AuditLineOut]):
    """One page of the audit."""


class ChangeRowOut(Schema):
    """What a change set did to one record."""

    position: int
    record: str = Field(description="The kind of record.", examples=["account"])
    id: UUID = Field(description="Id of the record.")
    kind: ChangeKind
    version: int = Field(description="The version the record had after it.")
    before: dict[str, Any] | None = Field(description="The fields that changed, as they were.")
    after: dict[str, Any] | None = Field(description="The same fields as they became.")
    outcome: UndoOutcome | None = Field(description="What became of it when the change set was undone.")


class ChangeRowPage(Page[ChangeRowOut]):
    """One page of a change set's rows, in the order they were written."""


class MemberOut(Schema):
    """One of the workspace's staff."""

    id: UUID
    name: str
    email: str
    state: MemberState
    team: str
    created_at: datetime


class MemberPage(Page[MemberOut]):
    """One page of members."""


class WorkspaceOut(Schema):
    """The workspace of the key, and what the key may do in it."""

    id: UUID
    name: str
    address: str = Field(description="Its part of the web address.")
    currency: str = Field(description="Reporting currency.")
    next_currency: str = Field(description="The one asked for, while amounts are being counted in it; empty else.")
    zone: str
    language: str
    fiscal_year_month: int = Field(description="The month in which the fiscal year begins, 1 to 12.")
    key_name: str
    permissions: list[str] = Field(description="What the key may do somewhere: permissions and patterns.")


class ColumnOut(Schema):
    """A column of a list: its name is that of the filter and the sort."""

    name: str
    label: str
    kind: str
    is_filter: bool
    is_sort: bool


class ListOut(Schema):
    """A list of records, with the workspace's own fields among its columns."""

    name: str
    label: str
    default_sort: str
    columns: list[ColumnOut]


class ListsOut(Schema):
    """All lists the key may see."""

    items: list[ListOut]


class SavedViewIn(In):
    """A list's state under a name. Over the API it is everybody's; the same name is written over."""

    name: str = Field(min_length=1, max_length=60)
    query: str = Field(
        max_length=2000,
        description="Filters, sort and columns as they stand in the list's address.",
        examples=["stage=live&sort=-arr"],
    )


class SavedViewOut(Schema):
    """A list's state under a name."""

    id: UUID
    name: str
    query: str
    owner: UUID | None = Field(description="The member it belongs to; null for everybody's.")
    created_at: datetime


class SavedViewsOut(Schema):
    """The saved views of one list."""

    items: list[SavedViewOut]


def audit_line_out(line: AuditLine) -> AuditLineOut:
    """The line as the API writes it."""
    return AuditLineOut(
        id=line.pk,
        at=line.at,
        actor_kind=ActorKind(line.actor_kind),
        actor=line.actor_id,
        actor_name=line.actor_name,
        action=line.action,
        subject_kind=line.subject_kind,
        subject=line.subject_id,
        account=line.account_id,
        change_set=line.change_set_id,
        facts=line.facts,
        request_id=line.request_id,
        address=line.address,
    )


def change_row_out(row: ChangeRow) -> ChangeRowOut:
    """The row as the API writes it."""
    return ChangeRowOut(
        position=row.position,
        record=row.record,
        id=row.row_id,
        kind=ChangeKind(row.kind),
        version=row.row_version,
        before=row.before,
        after=row.after,
        outcome=UndoOutcome(row.outcome) if row.outcome else None,
    )


def member_out(member: Member) -> MemberOut:
    """The member as the API writes them."""
    return MemberOut(
        id=member.pk,
        name=member.name,
        email=member.email,
        state=MemberState(member.state),
        team=member.team,
        created_at=member.created_at,
    )


def workspace_out(ctx: Context) -> WorkspaceOut:
    """The workspace of the context, and its key's rights."""
    workspace = ctx.workspace
    return WorkspaceOut(
        id=workspace.pk,
        name=workspace.name,
        address=workspace.slug,
        currency=workspace.currency,
        next_currency=workspace.next_currency,
        zone=workspace.zone,
        language=workspace.language,
        fiscal_year_month=workspace.fiscal_year_month,
        key_name=ctx.actor.name,
        permissions=sorted({permission for right in ctx.authority.rights for permission in right.permissions}),
    )


def list_out(ctx: Context, spec: ListSpec) -> ListOut:
    """The list as the API describes it."""
    columns = [
        ColumnOut(name=one.name, label=str(one.label), kind=one.kind, is_filter=one.is_filter, is_sort=bool(one.sort))
        for one in spec.columns_for(ctx)
    ]
    return ListOut(name=spec.name, label=str(spec.label), default_sort=spec.default_sort, columns=columns)


def saved_view_out(view: SavedView) -> SavedViewOut:
    """The saved view as the API writes it."""
    return SavedViewOut(id=view.pk, name=view.name, query=view.query, owner=view.owner_id, created_at=view.created_at)
