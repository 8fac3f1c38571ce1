"""The record type of opportunities: what imports, forms, API, bulk work and undo know about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.directory.domain.keys import name_key
from tenure.directory.enums import TurnKind
from tenure.directory.models import Account
from tenure.kernel.collation import sort_key
from tenure.sales.enums import Outcome
from tenure.sales.errors import AmountNegative
from tenure.sales.events import OpportunityChanged, OpportunityCreated, OpportunityDeleted, OpportunityRestored
from tenure.sales.models import Opportunity, OpportunitySlots, PipelineStage, SalesAgent, SalesProduct
from tenure.sales.pipeline import lay_out_pipeline
from tenure.sales.steps import append_steps, follow_account
from tenure.workspace.lists import Choice
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def kind_choices(_ctx: Context) -> list[Choice]:
    """Which trip of a customer a deal may be."""
    return [Choice(value, label) for value, label in TurnKind.choices]


class OpportunityRecord(RecordType):
    """Opportunities."""

    name = "opportunity"
    label = _("Opportunity")
    label_plural = _("Opportunities")
    icon = "heart-handshake"
    model = Opportunity
    slots = OpportunitySlots
    events = RecordEvents(OpportunityCreated, OpportunityChanged, OpportunityDeleted, OpportunityRestored)
    view_permission = "sales.view"
    create_permission = "sales.create_opportunity"
    change_permission = "sales.update_opportunity"
    delete_permission = "sales.delete_opportunities"
    assigned_apart = frozenset({"stage", "stage_since"})
    belongs_to: ClassVar[dict[str, str]] = {"account": "account_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField("name", _("Name"), synonyms=("deal name", "opportunity name", "deal", "nombre del negocio", "商机名称")),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "opportunity id", "deal id", "record id")),
        RecordField(
            "account",
            _("Account"),
            FieldKind.REFERENCE,
            column="account_id",
            references="account",
            synonyms=("account name", "company", "associated company", "customer", "cuenta", "empresa", "客户"),
        ),
        RecordField(
            "stage",
            _("Stage"),
            FieldKind.REFERENCE,
            column="stage_id",
            references="pipeline_stage",
            synonyms=("deal stage", "sales stage", "pipeline stage", "etapa", "阶段"),
        ),
        RecordField(
            "stage_since",
            _("In this stage since"),
            FieldKind.INSTANT,
            column="stage_entered_at",
            synonyms=(
                "stage entered",
                "date entered stage",
                "last stage change date",
                "stage changed",
                "en esta etapa desde",
                "进入阶段时间",
            ),
        ),
        RecordField(
            "amount",
            _("Amount"),
            FieldKind.MONEY,
            column="amount_minor",
            currency="currency",
            synonyms=("close value", "value", "deal value", "deal amount", "importe", "valor", "金额"),
        ),
        RecordField("currency", _("Currency"), FieldKind.CURRENCY, synonyms=("moneda", "币种"), max_length=3),
        RecordField(
            "product",
            _("Product"),
            FieldKind.REFERENCE,
            column="product_id",
            references="product",
            synonyms=("item", "producto", "产品"),
        ),
        RecordField(
            "agent",
            _("Sold by"),
            FieldKind.REFERENCE,
            column="agent_id",
            references="agent",
            synonyms=("sales agent", "sales rep", "seller", "closer", "sr id", "vendedor", "销售"),
        ),
        RecordField(
            "owner",
            _("Owner"),
            FieldKind.MEMBER,
            column="owner_id",
            synonyms=("deal owner", "opportunity owner", "propietario", "负责人"),
        ),
        RecordField(
            "lead",
            _("Lead"),
            FieldKind.REFERENCE,
            column="lead_id",
            references="lead",
            synonyms=("mql id", "lead id", "original lead"),
        ),
        RecordField(
            "person",
            _("Main contact"),
            FieldKind.REFERENCE,
            column="person_id",
            references="person",
            synonyms=("contact", "primary contact", "associated contact", "contacto", "联系人"),
        ),
        RecordField(
            "kind", _("Kind"), FieldKind.CHOICE, choices=kind_choices, synonyms=("deal type", "opportunity type", "tipo", "类型")
        ),
        RecordField(
            "engaged_at",
            _("Engaged"),
            FieldKind.INSTANT,
            synonyms=("engage date", "open date", "create date", "created date", "start date", "fecha de apertura", "开始日期"),
        ),
        RecordField(
            "closed_at",
            _("Closed"),
            FieldKind.INSTANT,
            synonyms=("close date", "closed date", "won date", "closing date", "fecha de cierre", "关闭日期"),
        ),
        RecordField(
            "expected_close_on",
            _("Expected close"),
            FieldKind.DATE,
            synonyms=("expected close date", "forecast date", "cierre previsto", "预计成交日期"),
        ),
        RecordField(
            "reason",
            _("Reason won or lost"),
            synonyms=("closed lost reason", "closed won reason", "loss reason", "win reason", "motivo", "原因"),
        ),
        RecordField("competitor", _("Competitor"), synonyms=("lost to", "competidor", "竞争对手")),
        RecordField("partner", _("Partner"), synonyms=("reseller", "socio", "合作伙伴")),
        RecordField(
            "description", _("Description"), FieldKind.LONG_TEXT, synonyms=("notes", "deal description"), max_length=10_000
        ),
    )

    def columns(self, names: Iterable[str]) -> set[str]:
        """The stage carries the outcome and the end, the agent their member, and what it is called by its keys."""
        columns = super().columns(names)
        if columns & {"name", "account_id", "product_id", "external_id"}:
            columns |= {"name_key", "name_sort"}
        if columns & {"stage_id", "closed_at", "expected_close_on"}:
            columns |= {"outcome", "closed_at", "expected_close_on", "stage_entered_at"}
        return columns | {"owner_id"} if "agent_id" in columns else columns

    def assign(self, row: Any, name: str, value: Any) -> None:  # noqa: ANN401 - any field's value
        """A deal that moves remembers until it is written which stage it left, and whether somebody says since when."""
        if name == "stage":
            row.stage_left = row.stage_id
        elif name == "stage_since":
            row.is_stage_since_said = value is not None
        super().assign(row, name, value)

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Outcome and end by the stage, the owner by the agent, and the keys of what it is called."""
        stages = {stage.pk: stage for stage in lay_out_pipeline(ctx)}
        gone = {row.stage_id for row in rows} - set(stages) - {None}
        stages |= {stage.pk: stage for stage in PipelineStage.everything.filter(pk__in=gone)} if gone else {}
        first = next((stage for stage in stages.values() if stage.meaning == Outcome.OPEN), next(iter(stages.values())))
        for row in rows:
            row.stage_id = row.stage_id or first.pk
            row.currency = row.currency or ctx.workspace.currency
            _settle_end(ctx, row, stages[row.stage_id].meaning)
            _settle_since(ctx, row)
        _settle_owner(rows)
        _settle_name(rows)

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Raise AmountNegative."""
        del ctx, names
        if any(row.amount_minor is not None and row.amount_minor < 0 for row in rows):
            raise AmountNegative

    def written(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """The history of stages follows."""
        append_steps(ctx, rows if names is None else [row for row in rows if _has_moved(row)])
        for row in rows:
            row.__dict__.pop("stage_left", None)
            row.__dict__.pop("is_stage_since_said", None)
        if names is not None and "account" in names:
            follow_account(rows)


def _settle_end(ctx: Context, row: Any, meaning: str) -> None:  # noqa: ANN401 - an opportunity
    """A deal that is won or lost ended when somebody says, else now; the end somebody gives an open one is what they expect."""
    row.outcome = meaning
    if meaning != Outcome.OPEN:
        row.closed_at = row.closed_at or ctx.now()
    elif row.closed_at is not None:
        row.expected_close_on = row.expected_close_on or row.closed_at.astimezone(ctx.workspace.tz).date()
        row.closed_at = None


def _has_moved(row: Any) -> bool:  # noqa: ANN401 - an opportunity
    return row.__dict__.get("stage_left", row.stage_id) != row.stage_id


def _settle_since(ctx: Context, row: Any) -> None:  # noqa: ANN401 - an opportunity
    """A deal entered its stage when somebody says; else when it ended; else, a new one when it began, one that moves now."""
    if row.__dict__.get("is_stage_since_said"):
        return
    if row.stage_entered_at is None:
        row.stage_entered_at = row.closed_at or row.engaged_at or ctx.now()
    elif _has_moved(row):
        row.stage_entered_at = row.closed_at or ctx.now()


def _settle_owner(rows: Sequence[Any]) -> None:
    """A deal credited to somebody who is a member is theirs, where it is nobody's yet."""
    ownerless = [row for row in rows if row.owner_id is None and row.agent_id is not None]
    if ownerless:
        agents = SalesAgent.objects.filter(pk__in={row.agent_id for row in ownerless}, member__isnull=False)
        members = dict(agents.values_list("pk", "member_id"))
        for row in ownerless:
            row.owner_id = members.get(row.agent_id)


def _settle_name(rows: Sequence[Any]) -> None:
    """Sorted by its name, else by its account and product, else by its external id."""
    nameless = [row for row in rows if not row.name.strip()]
    accounts, products = {}, {}
    if nameless:
        accounts = dict(Account.objects.filter(pk__in={row.account_id for row in nameless}).values_list("pk", "name"))
        products = dict(SalesProduct.objects.filter(pk__in={row.product_id for row in nameless}).values_list("pk", "name"))
    for row in rows:
        row.name = row.name.strip()
        about = [part for part in (accounts.get(row.account_id), products.get(row.product_id)) if part]
        row.name_key = name_key(row.name)
        row.name_sort = sort_key(row.name or " · ".join(about) or row.external_id)


OPPORTUNITY = OpportunityRecord()
