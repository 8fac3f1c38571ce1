"""The record type of sales agents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.market.records.named import NamedRecord
from tenure.sales.events import AgentChanged, AgentCreated, AgentDeleted, AgentRestored
from tenure.sales.models import SalesAgent, SalesAgentSlots
from tenure.workspace.records import FieldKind, RecordEvents, RecordField


class AgentRecord(NamedRecord):
    """Those whom deals are credited to."""

    name = "agent"
    label = _("Sales agent")
    label_plural = _("Sales agents")
    icon = "user-star"
    model = SalesAgent
    slots = SalesAgentSlots
    events = RecordEvents(AgentCreated, AgentChanged, AgentDeleted, AgentRestored)
    view_permission = "sales.view"
    create_permission = "sales.create_agent"
    change_permission = "sales.update_agent"
    delete_permission = "sales.delete_agents"
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "name",
            _("Name"),
            is_required=True,
            is_key=True,
            synonyms=("sales agent", "agent", "sales rep", "representative", "seller", "vendedor", "comercial", "销售"),
        ),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "agent id", "rep id")),
        RecordField("team", _("Team"), synonyms=("regional office", "region", "office", "equipo", "团队", "区域")),
        RecordField("manager", _("Manager"), synonyms=("sales manager", "supervisor", "gerente", "经理")),
        RecordField("member", _("Member"), FieldKind.MEMBER, column="member_id", synonyms=("user",)),
    )


AGENT = AgentRecord()
