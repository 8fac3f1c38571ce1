"""The record type of people: what imports, forms, API, bulk work and undo know about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tenure.directory.domain.keys import email_key, name_key, tokens_of
from tenure.directory.enums import ChainRole
from tenure.directory.errors import NameMissing
from tenure.directory.events import PersonChanged, PersonCreated, PersonDeleted, PersonRestored
from tenure.directory.merging import move_back
from tenure.directory.models import Person, PersonSlots, PersonToken
from tenure.directory.records.choices import choices_of
from tenure.kernel.collation import sort_key
from tenure.workspace.lists import Choice
from tenure.workspace.records import Change, FieldKind, RecordEvents, RecordField, RecordType, update_records
from tenure.workspace.rows import insert_rows

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeRow


role_choices = choices_of(ChainRole)


def language_choices(_ctx: Context) -> list[Choice]:
    """The languages Tenure speaks."""
    return [Choice(code, name) for code, name in settings.LANGUAGES]


class PersonRecord(RecordType):
    """People."""

    name = "person"
    label = _("Person")
    label_plural = _("People")
    icon = "user"
    model = Person
    slots = PersonSlots
    events = RecordEvents(PersonCreated, PersonChanged, PersonDeleted, PersonRestored)
    view_permission = "directory.view"
    create_permission = "directory.create_person"
    change_permission = "directory.update_person"
    delete_permission = "directory.delete_people"
    belongs_to: ClassVar[dict[str, str]] = {"account": "account_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "name",
            _("Name"),
            is_required=True,
            synonyms=(
                "full name",
                "contact",
                "contact name",
                "person",
                "nombre",
                "nombre completo",
                "contacto",
                "姓名",
                "联系人",
            ),
        ),
        RecordField(
            "email",
            _("E-mail"),
            FieldKind.EMAIL,
            is_key=True,
            synonyms=("email", "email address", "mail", "correo", "correo electrónico", "邮箱", "电子邮件"),
        ),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "contact id", "person id", "record id")),
        RecordField(
            "account",
            _("Account"),
            FieldKind.REFERENCE,
            column="account_id",
            references="account",
            synonyms=("company", "company name", "account name", "associated company", "empresa", "公司"),
        ),
        RecordField("title", _("Title"), synonyms=("job title", "position", "function", "cargo", "puesto", "职位", "职务")),
        RecordField(
            "role",
            _("Role in the decision"),
            FieldKind.CHOICE,
            choices=role_choices,
            synonyms=("buying role", "decision role", "role", "rol", "rol de compra", "决策角色"),
        ),
        RecordField("persona", _("Persona"), synonyms=("buyer persona", "perfil", "画像")),
        RecordField(
            "phone",
            _("Phone"),
            synonyms=("phone number", "telephone", "mobile", "teléfono", "móvil", "电话", "手机"),
            max_length=60,
        ),
        RecordField(
            "language",
            _("Language"),
            FieldKind.CHOICE,
            choices=language_choices,
            synonyms=("preferred language", "idioma", "语言"),
        ),
        RecordField(
            "is_main",
            _("Main contact"),
            FieldKind.BOOLEAN,
            synonyms=("primary", "primary contact", "contacto principal", "主要联系人"),
        ),
        RecordField(
            "left_on", _("Left the company on"), FieldKind.DATE, synonyms=("left", "end date", "fecha de salida", "离职日期")
        ),
    )

    def columns(self, names: Iterable[str]) -> set[str]:
        """The name and the address carry their keys with them."""
        columns = super().columns(names)
        if "name" in columns:
            columns |= {"name_sort", "name_key"}
        if "email" in columns:
            columns.add("email_key")
        return columns

    def match_key(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 - any key field's value
        """An address is found however it is written."""
        return ("email_key", email_key(str(value))) if name == "email" else super().match_key(name, value)

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Trimmed name and address, sort and match keys; of several main contacts of one account in one batch the last stays."""
        del ctx
        mains: dict[UUID, Any] = {}
        for row in rows:
            row.name, row.email = row.name.strip(), row.email.strip()
            row.name_key, row.name_sort, row.email_key = name_key(row.name), sort_key(row.name), email_key(row.email)
            if row.is_main and row.account_id is not None:
                if row.account_id in mains:
                    mains[row.account_id].is_main = False
                mains[row.account_id] = row

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Every person has a name; the main contact there was gives way before the new one is written."""
        if any(not row.name for row in rows):
            raise NameMissing
        if names is None or not {"is_main", "account"}.isdisjoint(names):
            _give_way(ctx, rows)

    def written(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """The words of the name follow, with the account they are fenced by."""
        if names is None:
            _insert_tokens(ctx, rows)
        elif not {"name", "account"}.isdisjoint(names):
            _delete_tokens(rows)
            _insert_tokens(ctx, rows)

    def removed(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Somebody deleted is found by no word."""
        del ctx
        _delete_tokens(rows)

    def revived(self, ctx: Context, rows: Sequence[Any]) -> None:
        """They are found again."""
        _insert_tokens(ctx, rows)

    def reverse(self, ctx: Context, facts: Sequence[ChangeRow]) -> None:
        """What followed a merge goes back."""
        move_back(ctx, self, facts)


def _give_way(ctx: Context, rows: Sequence[Any]) -> None:
    """Where one of `rows` becomes the main contact of its account, who was it until now is it no longer; the change set knows."""
    accounts = {row.account_id for row in rows if row.is_main} - {None}
    if accounts:
        others = Person.objects.filter(account_id__in=accounts, is_main=True).exclude(pk__in=[row.pk for row in rows])
        update_records(ctx, PERSON, [Change(row, {"is_main": False}) for row in others])


def _insert_tokens(ctx: Context, rows: Sequence[Any]) -> None:
    tokens = [
        PersonToken(workspace_id=ctx.workspace.pk, person_id=row.pk, account_id=row.account_id, token=token)
        for row in rows
        for token in tokens_of(row.name_key)
    ]
    insert_rows(PersonToken, tokens)


def _delete_tokens(rows: Sequence[Any]) -> None:
    PersonToken.objects.filter(person_id__in=[row.pk for row in rows]).delete()


PERSON = PersonRecord()
