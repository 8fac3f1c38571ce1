"""The record type of accounts: what imports, forms, API, bulk work and undo know about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tenure.directory.account_tree import keep_paths, remove_paths
from tenure.directory.domain.keys import domain_key, name_key, tokens_of
from tenure.directory.enums import AccountKind, TeamRole
from tenure.directory.errors import AccountLoop, NameMissing
from tenure.directory.events import AccountChanged, AccountCreated, AccountDeleted, AccountRestored
from tenure.directory.merging import move_back
from tenure.directory.models import Account, AccountSlots, AccountTag, AccountTeam, AccountToken, Segment
from tenure.directory.records.choices import choices_of
from tenure.directory.subject_ties import put_back_subjects
from tenure.kernel.collation import sort_key
from tenure.kernel.errors import FieldProblem
from tenure.workspace.errors import ReferenceUnknown
from tenure.workspace.lists import Choice
from tenure.workspace.models import Member
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType
from tenure.workspace.rows import Same, delete_columns, insert_columns, insert_rows

if TYPE_CHECKING:
    from tenure.kernel.errors import DomainError
    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeRow
    from tenure.workspace.models.base import Record


def segment_choices(_ctx: Context) -> list[Choice]:
    """The workspace's segments, at most three."""
    return [Choice(str(segment.pk), segment.name) for segment in Segment.objects.all()]


# Who is on an account besides its owner: fields without a column, kept in AccountTeam.
TEAM = {
    TeamRole.SELLER.value: RecordField(
        "seller", TeamRole.SELLER.label, FieldKind.MEMBER, synonyms=("account executive", "sales rep", "vendedor", "销售")
    ),
    TeamRole.SUCCESS.value: RecordField(
        "success", TeamRole.SUCCESS.label, FieldKind.MEMBER, synonyms=("csm", "customer success manager", "客户成功经理")
    ),
    TeamRole.IMPLEMENTATION.value: RecordField(
        "implementation",
        TeamRole.IMPLEMENTATION.label,
        FieldKind.MEMBER,
        synonyms=("implementation manager", "onboarding manager", "implantación"),
    ),
    TeamRole.SUPPORT.value: RecordField(
        "support", TeamRole.SUPPORT.label, FieldKind.MEMBER, synonyms=("support contact", "soporte", "支持")
    ),
}


class AccountRecord(RecordType):
    """Accounts."""

    name = "account"
    label = _("Account")
    label_plural = _("Accounts")
    icon = "building"
    model = Account
    slots = AccountSlots
    tree_field = "parent"
    events = RecordEvents(AccountCreated, AccountChanged, AccountDeleted, AccountRestored)
    view_permission = "directory.view"
    create_permission = "directory.create_account"
    change_permission = "directory.update_account"
    delete_permission = "directory.delete_accounts"
    assigned_apart = frozenset({"tags", *TEAM})
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "name",
            _("Name"),
            is_required=True,
            is_key=True,
            synonyms=("company", "company name", "account", "account name", "customer", "empresa", "cuenta", "公司", "客户"),
        ),
        RecordField(
            "external_id", _("External id"), is_key=True, synonyms=("id", "account id", "record id", "company id", "seller id")
        ),
        RecordField(
            "domain", _("Domain"), FieldKind.DOMAIN, is_key=True, synonyms=("website", "company domain name", "url", "web")
        ),
        RecordField("kind", _("Kind"), FieldKind.CHOICE, choices=choices_of(AccountKind)),
        RecordField(
            "parent",
            _("Parent account"),
            FieldKind.REFERENCE,
            column="parent_id",
            references="account",
            synonyms=("parent", "subsidiary of", "parent company", "matriz"),
        ),
        RecordField(
            "segment", _("Segment"), FieldKind.REFERENCE, column="segment_id", references="segment", choices=segment_choices
        ),
        RecordField(
            "owner", _("Owner"), FieldKind.MEMBER, column="owner_id", synonyms=("account owner", "company owner", "propietario")
        ),
        *TEAM.values(),
        RecordField("industry", _("Industry"), synonyms=("sector", "industria", "行业")),
        RecordField("country", _("Country"), FieldKind.COUNTRY, synonyms=("office location", "país", "国家")),
        RecordField("city", _("City"), synonyms=("town", "ciudad", "城市")),
        RecordField("employees", _("Employees"), FieldKind.INTEGER, synonyms=("number of employees", "headcount", "empleados")),
        RecordField("tags", _("Tags"), FieldKind.CHOICES, synonyms=("labels", "etiquetas")),
        RecordField("came_from", _("Came from"), synonyms=("referral source", "source", "origin", "lead source")),
        RecordField("description", _("Description"), FieldKind.LONG_TEXT, synonyms=("about", "notes"), max_length=10_000),
    )

    def assign(self, row: Record, name: str, value: Any) -> None:  # noqa: ANN401 - any field's value
        """Tags and team wait on the row until it is written; a name's old words are remembered to be taken back."""
        if name == "tags":
            row.tags = sorted(set(value or ()))  # type: ignore[attr-defined]
        elif name in TEAM:
            setattr(row, name, UUID(str(value)) if value else None)
        else:
            super().assign(row, name, value)

    def columns(self, names: Iterable[str]) -> set[str]:
        """The name and the domain carry their keys with them."""
        columns = super().columns(name for name in names if name != "tags" and name not in TEAM)
        if "name" in columns:
            columns |= {"name_sort", "name_key"}
        if "domain" in columns:
            columns.add("domain_key")
        return columns

    def read(self, ctx: Context, rows: Sequence[Any], names: Collection[str]) -> list[dict[str, Any]]:
        """Tags and team are read in one query each where they are asked for and not loaded yet."""
        if "tags" in names:
            load_tags([row for row in rows if "tags" not in row.__dict__])
        if not TEAM.keys().isdisjoint(names):
            load_team([row for row in rows if not TEAM.keys() <= row.__dict__.keys()])
        return super().read(ctx, rows, names)

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Trimmed name, sort and match keys."""
        del ctx
        for row in rows:
            row.name = row.name.strip()
            key = name_key(row.name)
            row.stale_key = row.name_key if row.name_key != key else ""
            row.name_key, row.name_sort = key, sort_key(row.name)
            row.domain_key = domain_key(row.domain)

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Every account has a name, none is its own parent, and whoever is on its team is a member of the workspace."""
        del ctx
        _guard_team(rows, TEAM.keys() if names is None else TEAM.keys() & set(names))
        for row in rows:
            if not row.name:
                raise NameMissing
            if row.parent_id is not None and row.parent_id == row.id:
                raise AccountLoop(name=row.name, parent=row.name)

    def written(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Words, tags and the tree follow."""
        if names is None:
            for row in rows:
                row.__dict__.setdefault("tags", [])
        if names is None or "name" in names:
            _write_tokens(ctx, rows, is_new=names is None)
        if names is None or "tags" in names:
            _write_tags(ctx, [row for row in rows if "tags" in row.__dict__], is_new=names is None)
        changed = TEAM.keys() if names is None else TEAM.keys() & set(names)
        if changed:
            _write_team(ctx, rows, changed, is_new=names is None)
        if names is None or "parent" in names:
            keep_paths(ctx, rows, is_new=names is None)

    def removed(self, ctx: Context, rows: Sequence[Any]) -> None:
        """A deleted account is found by no word; its place in the tree waits for its return."""
        _delete_tokens(ctx, [(token, row.id) for row in rows for token in tokens_of(row.name_key)])
        remove_paths(ctx, [row.id for row in rows])

    def revived(self, ctx: Context, rows: Sequence[Any]) -> None:
        """It is found again, in its old place."""
        _insert_tokens(ctx, rows)
        keep_paths(ctx, rows, is_new=True)

    def loop_error(self, name: str, parent: str) -> DomainError:
        """An account below itself."""
        return AccountLoop(name=name, parent=parent)

    def reverse(self, ctx: Context, facts: Sequence[ChangeRow]) -> None:
        """What followed a merge goes back, and so does a member's word about product events."""
        said = [fact for fact in facts if "ties" in (fact.before or {})]
        put_back_subjects(ctx, said)
        move_back(ctx, self, [fact for fact in facts if fact not in said])


def load_tags(rows: Sequence[Any]) -> None:
    """Put `tags` on rows, in one query."""
    tags: dict[UUID, list[str]] = defaultdict(list)
    for account_id, tag in AccountTag.objects.filter(account_id__any_of=[row.pk for row in rows]).values_list(
        "account_id", "tag"
    ):
        tags[account_id].append(tag)
    for row in rows:
        row.tags = sorted(tags[row.pk])


def load_team(rows: Sequence[Any]) -> None:
    """Put the member of each team role on rows, by id, in one query; roles that were set but not written yet stay."""
    members = {
        (account_id, role): member_id
        for account_id, role, member_id in AccountTeam.objects.filter(account_id__any_of=[row.pk for row in rows]).values_list(
            "account_id", "role", "member_id"
        )
    }
    for row in rows:
        for role in TEAM:
            row.__dict__.setdefault(role, members.get((row.pk, role)))


def _guard_team(rows: Sequence[Any], roles: Collection[str]) -> None:
    """Raise ReferenceUnknown for a member of no or another workspace: the team has no column that guard_references would see."""
    named = [row.__dict__ for row in rows if not TEAM.keys().isdisjoint(row.__dict__)]
    wanted = {role: {state.get(role) for state in named} - {None} for role in roles}
    ids = set().union(*wanted.values())
    there = set(Member.objects.filter(pk__any_of=list(ids)).values_list("pk", flat=True)) if ids else set()
    unknown = [role for role, members in wanted.items() if members - there]
    if unknown:
        raise ReferenceUnknown(
            [FieldProblem(role, str(_("There is no such record, or you may not see it."))) for role in unknown]
        )


def _write_team(ctx: Context, rows: Sequence[Any], roles: Collection[str], *, is_new: bool) -> None:
    if not is_new:
        AccountTeam.objects.filter(account_id__any_of=[row.pk for row in rows], role__in=list(roles)).delete()
    team = [
        AccountTeam(workspace_id=ctx.workspace.pk, account_id=row.pk, role=role, member_id=row.__dict__[role])
        for row in rows
        if not TEAM.keys().isdisjoint(row.__dict__)
        for role in roles
        if row.__dict__.get(role)
    ]
    insert_rows(AccountTeam, team)


def _write_tokens(ctx: Context, rows: Sequence[Any], *, is_new: bool) -> None:
    if not is_new:
        rows = [row for row in rows if row.stale_key]
        _delete_tokens(ctx, [(token, row.pk) for row in rows for token in tokens_of(row.stale_key)])
    _insert_tokens(ctx, rows)


def _insert_tokens(ctx: Context, rows: Sequence[Any]) -> None:
    tokens = [(row.id, token) for row in rows for token in tokens_of(row.name_key)]
    insert_columns(
        AccountToken,
        len(tokens),
        workspace_id=Same(ctx.workspace.pk),
        account_id=[account_id for account_id, _ in tokens],
        token=[token for _, token in tokens],
    )


def _delete_tokens(ctx: Context, pairs: Sequence[tuple[str, UUID]]) -> None:
    delete_columns(
        AccountToken,
        len(pairs),
        workspace_id=Same(ctx.workspace.pk),
        token=[token for token, _ in pairs],
        account_id=[account_id for _, account_id in pairs],
    )


def _write_tags(ctx: Context, rows: Sequence[Any], *, is_new: bool) -> None:
    if not is_new:
        AccountTag.objects.filter(account_id__any_of=[row.pk for row in rows]).delete()
    tags = [(row.id, tag) for row in rows for tag in row.tags]
    insert_columns(
        AccountTag,
        len(tags),
        workspace_id=Same(ctx.workspace.pk),
        account_id=[account_id for account_id, _ in tags],
        tag=[tag for _, tag in tags],
    )


ACCOUNT = AccountRecord()
