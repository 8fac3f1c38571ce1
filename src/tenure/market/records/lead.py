"""The record type of leads: what imports, forms, API, bulk work and undo know about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.directory.domain.keys import email_key, name_key
from tenure.directory.records import segment_choices
from tenure.kernel.collation import sort_key
from tenure.market.enums import LeadStatus
from tenure.market.events import LeadChanged, LeadCreated, LeadDeleted, LeadRestored
from tenure.market.models import Lead, LeadSlots
from tenure.workspace.lists import Choice
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def status_choices(_ctx: Context) -> list[Choice]:
    """Where a lead may stand."""
    return [Choice(value, label) for value, label in LeadStatus.choices]


_STANDING = {"verdict", "status", "qualified_at", "disqualified_at"}


class LeadRecord(RecordType):
    """Leads."""

    name = "lead"
    label = _("Lead")
    label_plural = _("Leads")
    icon = "target-arrow"
    model = Lead
    slots = LeadSlots
    events = RecordEvents(LeadCreated, LeadChanged, LeadDeleted, LeadRestored)
    view_permission = "market.view"
    create_permission = "market.create_lead"
    change_permission = "market.update_lead"
    delete_permission = "market.delete_leads"
    assigned_apart = frozenset({"status", "qualified_at", "disqualified_at"})
    belongs_to: ClassVar[dict[str, str]] = {"account": "account_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField("name", _("Name"), synonyms=("full name", "contact name", "lead name", "nombre", "姓名")),
        RecordField("email", _("E-mail"), FieldKind.EMAIL, is_key=True, synonyms=("email", "email address", "correo", "邮箱")),
        RecordField(
            "external_id", _("External id"), is_key=True, synonyms=("id", "lead id", "mql id", "prospect id", "lead number")
        ),
        RecordField("company", _("Company"), synonyms=("company name", "organisation", "organization", "empresa", "公司")),
        RecordField("title", _("Title"), synonyms=("job title", "position", "cargo", "职位")),
        RecordField("phone", _("Phone"), synonyms=("phone number", "teléfono", "电话"), max_length=60),
        RecordField("country", _("Country"), FieldKind.COUNTRY, synonyms=("país", "国家")),
        RecordField(
            "channel",
            _("Channel"),
            FieldKind.REFERENCE,
            column="channel_id",
            references="channel",
            synonyms=("source", "lead source", "origin", "original source", "lead origin", "canal", "origen", "渠道", "来源"),
        ),
        RecordField(
            "first_contact_at",
            _("First contact"),
            FieldKind.INSTANT,
            synonyms=(
                "first contact date",
                "created",
                "create date",
                "created at",
                "signup date",
                "first seen",
                "primer contacto",
                "首次接触",
            ),
        ),
        RecordField(
            "status",
            _("Status"),
            FieldKind.CHOICE,
            column="verdict",
            choices=status_choices,
            synonyms=("lead status", "lifecycle stage", "estado", "状态"),
        ),
        RecordField(
            "qualified_at",
            _("Qualified"),
            FieldKind.INSTANT,
            synonyms=("qualified date", "mql date", "sql date", "became qualified", "合格时间"),
        ),
        RecordField("disqualified_at", _("Disqualified"), FieldKind.INSTANT, synonyms=("disqualified date", "lost date")),
        RecordField(
            "lost_reason",
            _("Reason"),
            synonyms=("lost reason", "disqualification reason", "unqualified reason", "motivo", "原因"),
        ),
        RecordField(
            "segment", _("Segment"), FieldKind.REFERENCE, column="segment_id", references="segment", choices=segment_choices
        ),
        RecordField("persona", _("Persona"), synonyms=("buyer persona", "perfil", "画像")),
        RecordField(
            "owner",
            _("Owner"),
            FieldKind.MEMBER,
            column="owner_id",
            synonyms=("lead owner", "assigned to", "propietario", "负责人"),
        ),
        RecordField(
            "account",
            _("Account"),
            FieldKind.REFERENCE,
            column="account_id",
            references="account",
            synonyms=("converted account",),
        ),
        RecordField(
            "person", _("Person"), FieldKind.REFERENCE, column="person_id", references="person", synonyms=("converted contact",)
        ),
        RecordField("score", _("Score"), FieldKind.INTEGER, synonyms=("lead score", "puntuación", "评分")),
        RecordField(
            "landing_page",
            _("Landing page"),
            synonyms=("landing page id", "first page seen", "página de destino", "落地页"),
            max_length=2000,
        ),
        RecordField(
            "first_source", _("First touch: source"), synonyms=("utm_source", "utm source", "first utm source"), max_length=500
        ),
        RecordField("first_medium", _("First touch: medium"), synonyms=("utm_medium", "utm medium", "first utm medium")),
        RecordField(
            "first_campaign", _("First touch: campaign"), synonyms=("utm_campaign", "utm campaign", "first utm campaign")
        ),
        RecordField("first_term", _("First touch: term"), synonyms=("utm_term", "utm term", "first utm term")),
        RecordField("first_content", _("First touch: content"), synonyms=("utm_content", "utm content", "first utm content")),
        RecordField(
            "first_click_id", _("First touch: click id"), synonyms=("gclid", "fbclid", "msclkid", "li_fat_id", "click id")
        ),
        RecordField("last_source", _("Last touch: source"), synonyms=("last utm source", "latest source")),
        RecordField("last_medium", _("Last touch: medium"), synonyms=("last utm medium",)),
        RecordField("last_campaign", _("Last touch: campaign"), synonyms=("last utm campaign",)),
        RecordField("last_term", _("Last touch: term"), synonyms=("last utm term",)),
        RecordField("last_content", _("Last touch: content"), synonyms=("last utm content",)),
        RecordField("last_click_id", _("Last touch: click id"), synonyms=("last click id", "last gclid")),
    )

    def columns(self, names: Iterable[str]) -> set[str]:
        """Who it is carries its keys with it; the status its instants, and the instants the status."""
        columns = super().columns(names)
        for name, derived in (("name", {"name_key"}), ("email", {"email_key"}), ("company", {"company_key"})):
            if name in columns:
                columns |= derived
        if columns & {"name", "email", "company", "external_id"}:
            columns.add("name_sort")
        return columns | _STANDING if columns & _STANDING else columns

    def match_key(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 - any key field's value
        """An address is found however it is written."""
        return ("email_key", email_key(str(value))) if name == "email" else super().match_key(name, value)

    def assign(self, row: Any, name: str, value: Any) -> None:  # noqa: ANN401 - any field's value
        """Status and instants say the same: an instant that comes or goes takes the status with it, and the other way round."""
        super().assign(row, name, value)
        if name == "status":
            row.disqualified_at = row.disqualified_at if value == LeadStatus.DISQUALIFIED else None
            row.qualified_at = None if value == LeadStatus.NEW else row.qualified_at
        elif name == "qualified_at":
            row.verdict = _with_qualified(row.verdict, value)
        elif name == "disqualified_at":
            row.verdict = _with_disqualified(row, value)

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Trimmed words and their keys; instants that the status needs and nobody gave: now, or in a backfill the first contact."""
        now = ctx.now()
        for row in rows:
            row.name, row.email, row.company = row.name.strip(), row.email.strip(), row.company.strip()
            row.name_key, row.email_key, row.company_key = name_key(row.name), email_key(row.email), name_key(row.company)
            row.name_sort = sort_key(row.name or row.company or row.email or row.external_id)
            row.first_contact_at = row.first_contact_at or now
            known = row.first_contact_at if ctx.is_backfill else now
            if row.verdict in {LeadStatus.QUALIFIED, LeadStatus.CONVERTED}:
                row.qualified_at = row.qualified_at or known
            elif row.verdict == LeadStatus.DISQUALIFIED:
                row.disqualified_at = row.disqualified_at or known
            row.status = LeadStatus.CONVERTED if row.converted_at else row.verdict


def _with_qualified(verdict: str, at: datetime | None) -> str:
    if at is not None:
        return LeadStatus.QUALIFIED if verdict == LeadStatus.NEW else verdict
    return LeadStatus.NEW if verdict == LeadStatus.QUALIFIED else verdict


def _with_disqualified(row: Any, at: datetime | None) -> str:  # noqa: ANN401 - a lead
    if at is not None:
        return LeadStatus.DISQUALIFIED if row.verdict in {LeadStatus.NEW, LeadStatus.QUALIFIED} else row.verdict
    if row.verdict != LeadStatus.DISQUALIFIED:
        return row.verdict
    return LeadStatus.QUALIFIED if row.qualified_at else LeadStatus.NEW


LEAD = LeadRecord()
