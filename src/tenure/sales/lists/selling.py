"""The lists of what selling goes by: agents, products, the pipeline's stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenure.directory.lists import member_choices
from tenure.market.queries.leads import matches_name
from tenure.sales.models import PipelineStage, SalesAgent, SalesProduct
from tenure.sales.records.pipeline_stage import meaning_choices
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MOST_CHOICES = 200


def agent_choices(_ctx: Context) -> list[Choice]:
    """Those who sell, by name."""
    return [Choice(str(agent.pk), agent.name) for agent in SalesAgent.objects.order_by("name_sort", "id")[:MOST_CHOICES]]


def product_choices(_ctx: Context) -> list[Choice]:
    """What is sold, by name."""
    return [Choice(str(product.pk), product.name) for product in SalesProduct.objects.order_by("name_sort", "id")[:MOST_CHOICES]]


def stage_choices(_ctx: Context) -> list[Choice]:
    """The stages in the pipeline's order."""
    return [Choice(str(stage.pk), stage.name) for stage in PipelineStage.objects.order_by("position", "id")[:MOST_CHOICES]]


def team_choices(_ctx: Context) -> list[Choice]:
    """The teams that agents are in."""
    return _in_use("team")


def manager_choices(_ctx: Context) -> list[Choice]:
    """Those whom agents report to."""
    return _in_use("manager")


def _in_use(column: str) -> list[Choice]:
    words = SalesAgent.objects.exclude(**{column: ""}).order_by(column).values_list(column, flat=True).distinct()[:MOST_CHOICES]
    return [Choice(word, word) for word in words]


AGENTS = ListSpec(
    name="agents",
    record="agent",
    label=_("Sales agents"),
    model=SalesAgent,
    permission="sales.view",
    default_sort="name",
    search=matches_name,
    related=("member",),
    columns=(
        Column("name", _("Sales agent"), sort="name_sort", show="name", is_filter=False),
        Column("team", _("Team"), ColumnKind.CHOICE, path="team", show="team", choices=team_choices),
        Column("manager", _("Manager"), ColumnKind.CHOICE, path="manager", show="manager", choices=manager_choices),
        Column("member", _("Member"), ColumnKind.MEMBER, path="member_id", show="member", choices=member_choices),
        Column(
            "updated",
            _("Last change"),
            ColumnKind.INSTANT,
            path="updated_at",
            sort="updated_at",
            show="updated_at",
            is_default=False,
        ),
        Column("external_id", _("External id"), path="external_id", show="external_id", is_default=False),
    ),
)

PRODUCTS = ListSpec(
    name="products",
    record="product",
    label=_("Products"),
    model=SalesProduct,
    permission="sales.view",
    default_sort="name",
    search=matches_name,
    columns=(
        Column("name", _("Product"), sort="name_sort", show="__str__", is_filter=False),
        Column("series", _("Series"), path="series", show="series"),
        Column(
            "list_price",
            _("List price"),
            ColumnKind.MONEY,
            path="list_price_minor",
            sort="list_price_minor",
            show="list_price_minor",
            currency="currency",
        ),
        Column(
            "updated",
            _("Last change"),
            ColumnKind.INSTANT,
            path="updated_at",
            sort="updated_at",
            show="updated_at",
            is_default=False,
        ),
        Column("external_id", _("External id"), path="external_id", show="external_id", is_default=False),
    ),
)

PIPELINE_STAGES = ListSpec(
    name="pipeline_stages",
    record="pipeline_stage",
    label=_("Pipeline stages"),
    model=PipelineStage,
    permission="sales.view",
    default_sort="position",
    columns=(
        Column("name", _("Stage"), show="__str__", is_filter=False),
        Column("meaning", _("Meaning"), ColumnKind.CHOICE, path="meaning", show="get_meaning_display", choices=meaning_choices),
        Column("position", _("Position"), ColumnKind.NUMBER, path="position", sort="position", show="position"),
    ),
)
