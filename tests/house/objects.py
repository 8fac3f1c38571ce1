"""Objects for the paths that the access test asks: one factory for each parameter's name. A room adds its own line here.

A factory makes a fresh object that belongs to `account`, where it can belong to one, and returns what stands in the path.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.billing.actions.create_item import create_item
from tenure.billing.actions.report_churn import report_churn
from tenure.billing.models import MrrMovement
from tenure.directory.actions.add_file import add_file
from tenure.directory.actions.add_note import add_note
from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.log_activity import log_activity
from tenure.directory.actions.save_segment import save_segment
from tenure.directory.actions.update_account import update_account
from tenure.kernel.ids import uuid7
from tenure.market.actions.create_channel import create_channel
from tenure.market.actions.create_channel_cost import create_channel_cost
from tenure.market.actions.create_lead import create_lead
from tenure.market.actions.create_other_cost import create_other_cost
from tenure.sales.actions.create_agent import create_agent
from tenure.sales.actions.create_opportunity import create_opportunity
from tenure.sales.actions.create_pipeline_stage import create_pipeline_stage
from tenure.sales.actions.create_product import create_product
from tenure.stream.actions.create_source import create_source
from tenure.stream.actions.plan_event import plan_event
from tenure.stream.actions.start_replay import start_replay
from tenure.stream.queries.refusals import RefusalFilter
from tenure.usage.actions.create_feature import create_feature
from tenure.usage.actions.create_meter import create_meter
from tenure.usage.actions.set_quota import set_quota
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.enums import Aggregation
from tenure.workspace.actions.create_api_key import create_api_key
from tenure.workspace.actions.create_custom_field import create_custom_field
from tenure.workspace.actions.create_role import create_role
from tenure.workspace.actions.draft_import import draft_import
from tenure.workspace.actions.grant_rights import grant_rights
from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.actions.save_import import save_import
from tenure.workspace.actions.save_view import save_view
from tenure.workspace.actions.start_import import start_import
from tenure.workspace.actions.suspend_member import suspend_member
from tenure.workspace.domain.grants import Holder
from tenure.workspace.enums import GranteeKind, MemberState
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.lists import list_specs
from tenure.workspace.models import AuditLine, ChangeSet, Grant, ImportFile, ImportRun, Member, OutgoingMail, Role, SavedImport
from tenure.workspace.scope import enter
from tests.billing.world import subscribed
from tests.stream.governance import MENDED, correction_of, recorded, refused

if TYPE_CHECKING:
    from tenure.directory.models import Account
    from tests.world import Company

Factory = Callable[["Company", "Account"], object]


def _change_set(acme: Company, account: Account) -> object:
    changed = update_account(acme.owner.ctx, account.pk, {"city": uuid7().hex})
    assert changed.last_change_set is not None
    return changed.last_change_set.pk


def _mail(acme: Company, _account: Account) -> object:
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Viewer")
    invite_member(acme.owner.ctx, f"{uuid7().hex}@acme.example", role)
    with enter(acme.owner.ctx.scope):
        return OutgoingMail.objects.order_by("-id").first().pk


def _audit_line(acme: Company, account: Account) -> object:
    with enter(acme.owner.ctx.scope):
        return AuditLine.objects.filter(subject_id=account.pk).first().pk


def _grant(acme: Company, _account: Account) -> object:
    return grant_rights(acme.owner.ctx, Holder(GranteeKind.MEMBER, acme.viewer.member_id), ["directory.view"]).pk


def _import_run(acme: Company, _account: Account) -> object:
    plan = FilePlan.from_dict({"record": "account"})
    return draft_import(acme.owner.ctx, [("accounts.csv", io.BytesIO(b"id,name\n1,Alpha\n"), plan)]).pk


def _saved_import(acme: Company, _account: Account) -> object:
    plan = FilePlan.from_dict({"record": "account", "columns": {"Firm": "name"}})
    saved = save_import(acme.owner.ctx, "Firms", plan, ["Firm"])
    with enter(acme.owner.ctx.scope):
        SavedImport.objects.filter(pk=saved.pk).update(source="folder", source_place="firms")
    return saved.pk


def _import_file(acme: Company, account: Account) -> object:
    """A file of the import made last, since the path names both."""
    with enter(acme.owner.ctx.scope):
        run = ImportRun.objects.order_by("-id").first()
    run_id = run.pk if run else _import_run(acme, account)
    with enter(acme.owner.ctx.scope):
        return ImportFile.objects.get(run=run_id).pk


def _saved_view(acme: Company, _account: Account) -> object:
    return save_view(acme.owner.ctx, list_specs["accounts"], name="View", query="stage=live", is_shared=True).pk


def _subscription(acme: Company, account: Account) -> object:
    return subscribed(acme, account).pk


def _item(acme: Company, account: Account) -> object:
    """A further item: the first one goes with its subscription only."""
    return create_item(acme.owner.ctx, {"subscription": _subscription(acme, account), "plan": "Seats", "net_amount": 100}).pk


def _movement(acme: Company, account: Account) -> object:
    _subscription(acme, account)
    with enter(acme.owner.ctx.scope):
        return MrrMovement.objects.filter(account_id=account.pk).first().pk


def _channel(acme: Company, _account: Account) -> object:
    return create_channel(acme.owner.ctx, {"name": uuid7().hex}).pk


def _channel_cost(acme: Company, account: Account) -> object:
    return create_channel_cost(acme.owner.ctx, {"channel": _channel(acme, account), "on": date(2026, 3, 2), "cost": 100}).pk


def _role(acme: Company) -> object:
    return create_role(acme.owner.ctx, uuid7().hex, ["directory.view"]).pk


def _meter(acme: Company, _account: Account) -> UUID:
    return create_meter(acme.owner.ctx, MeterDefinition(Aggregation.COUNT, ("call",)), name="Calls", key=f"m{uuid7().hex}").pk


# Ids of rows: a stranger and an outsider must not learn that they exist.
OBJECTS: dict[str, Factory] = {
    "account_id": lambda _acme, account: account.pk,
    "correction_id": lambda acme, _account: correction_of(acme).pk,
    "event_name_id": lambda acme, _account: plan_event(acme.owner.ctx, uuid7().hex).pk,
    "refusal_key": lambda acme, _account: refused(acme),
    "replay_id": lambda acme, _account: start_replay(acme.owner.ctx, RefusalFilter()).pk,
    "agent_id": lambda acme, _account: create_agent(acme.owner.ctx, {"name": uuid7().hex}).pk,
    "channel_id": _channel,
    "channel_cost_id": _channel_cost,
    "lead_id": lambda acme, account: create_lead(acme.owner.ctx, {"name": "Ana Ruiz", "account": account.pk}).pk,
    "opportunity_id": lambda acme, account: (
        create_opportunity(acme.owner.ctx, {"name": "Hundred seats", "account": account.pk}).pk
    ),
    "other_cost_id": lambda acme, _account: create_other_cost(acme.owner.ctx, {"on": date(2026, 3, 2), "amount": 100}).pk,
    "pipeline_stage_id": lambda acme, _account: create_pipeline_stage(acme.owner.ctx, {"name": uuid7().hex}).pk,
    "product_id": lambda acme, _account: create_product(acme.owner.ctx, {"name": uuid7().hex}).pk,
    "item_id": _item,
    "meter_id": _meter,
    "movement_id": _movement,
    "quota_id": lambda acme, account: (
        set_quota(acme.owner.ctx, _meter(acme, account), amount=Decimal(10), account_id=account.pk).pk
    ),
    "report_id": lambda acme, account: report_churn(acme.owner.ctx, {"account": account.pk, "churned_on": date(2026, 3, 2)}).pk,
    "subscription_id": _subscription,
    "activity_id": lambda acme, account: log_activity(acme.owner.ctx, {"kind": "call", "account": account.pk}).pk,
    "feature_id": lambda acme, _account: create_feature(acme.owner.ctx, name="Calls", key=f"f{uuid7().hex}", events=["call"]).pk,
    "file_id": lambda acme, account: add_file(acme.owner.ctx, account.pk, "plan.txt", io.BytesIO(b"plan")).pk,
    "note_id": lambda acme, account: add_note(acme.owner.ctx, account.pk, "A note").pk,
    "person_id": lambda acme, account: create_person(acme.owner.ctx, {"name": "Marit de Vries", "account": account.pk}).pk,
    "source_id": lambda acme, _account: create_source(acme.owner.ctx, uuid7().hex)[0].pk,
    "task_id": lambda acme, account: create_task(acme.owner.ctx, {"title": "Call", "account": account.pk}).pk,
    "api_key_id": lambda acme, _account: create_api_key(acme.owner.ctx, "Key", ["directory.view"])[0].pk,
    "change_set_id": _change_set,
    "grant_id": _grant,
    "import_file_id": _import_file,
    "line_id": _audit_line,
    "mail_id": _mail,
    "run_id": _import_run,
    "saved_id": _saved_import,
    "member_id": lambda acme, _account: acme.rep.member_id,
}

# Parts of a path that are no secret: everybody of a workspace may know them. A view of a list is everybody's.
NAMES: dict[str, Factory] = {
    "field_id": lambda acme, _account: create_custom_field(acme.owner.ctx, "account", uuid7().hex, "text").pk,
    "currency": lambda _acme, _account: "EUR",
    "kind": lambda _acme, _account: "account",
    "position": lambda _acme, _account: 1,
    "name": lambda _acme, _account: "accounts",
    "record": lambda _acme, _account: "account",
    "role_id": lambda acme, _account: _role(acme),
    "subject": lambda _acme, _account: "u:7",
    "view_id": _saved_view,
}


def _started(acme: Company, path: str) -> None:
    """The import in the path, under way."""
    run_id = UUID(path.split("/")[4])
    start_import(acme.owner.ctx, run_id)


def _interrupted(acme: Company, path: str) -> None:
    _started(acme, path)
    with enter(acme.owner.ctx.scope):
        ChangeSet.objects.filter(pk=ImportRun.objects.get(pk=path.split("/")[4]).change_set_id).update(state="interrupted")


def _with_a_segment(acme: Company, _path: str) -> None:
    save_segment(acme.owner.ctx, 1, name="Mid-size")


def _invited(acme: Company, path: str) -> None:
    """The member in the path, as if they had not come yet."""
    with enter(acme.owner.ctx.scope):
        Member.objects.filter(pk=path.split("/")[4]).update(state=MemberState.INVITED)


def _suspended(acme: Company, path: str) -> None:
    suspend_member(acme.owner.ctx, UUID(path.split("/")[4]))


def _resting(acme: Company, path: str) -> None:
    """The grant in the path, as a move in the account tree leaves it."""
    with enter(acme.owner.ctx.scope):
        Grant.objects.filter(pk=path.split("/")[4]).update(suspended_at=acme.owner.ctx.now())


# What must have happened to an operation's object before it can be asked, by operation id; it gets the company and the path.
PREPARED: dict[str, Callable[[Company, str], None]] = {
    "cancel_import": _started,
    "cancel_invitation": _invited,
    "reinstate_member": _suspended,
    "resume_grant": _resting,
    "remove_segment": _with_a_segment,
    "renew_invitation": _invited,
    "resume_import": _interrupted,
    "undo_import": _interrupted,
}

# Forms that operations take instead of a body, by operation id.
FORMS: dict[str, Callable[[], dict[str, object]]] = {
    "add_file": lambda: {"file": SimpleUploadedFile("plan.txt", b"plan")},
    "import_exchange_rates": lambda: {"file": SimpleUploadedFile("rates.csv", b"Date,USD\n2026-03-02,1.0843\n")},
    "create_import": lambda: {"files": [SimpleUploadedFile("accounts.csv", b"id,name\n1,Alpha\n")]},
}


def _said(**values: object) -> Callable[[Company, Account], dict[str, object]]:
    return lambda _acme, _account: values


def _another_account(acme: Company) -> UUID:
    return acme.account(uuid7().hex).pk


def _another_person(acme: Company) -> UUID:
    return create_person(acme.owner.ctx, {"name": uuid7().hex}).pk


# What an operation needs in its body beyond the example of its schema, by operation id; made of the company and the account in question.
BODIES: dict[str, Callable[[Company, Account], dict[str, object]]] = {
    "bulk_delete": lambda _acme, account: {"ids": [account.pk]},
    "bulk_edit": lambda _acme, account: {"ids": [account.pk], "values": {"industry": "Freight"}},
    "change_import_plan": _said(record="account", columns={"id": {"field": "external_id"}, "name": {"field": "name"}}),
    "change_role": lambda acme, _account: {"role": _role(acme)},
    "create_api_key": _said(name="Warehouse", permissions=["directory.view"]),
    "create_role": _said(name="Support", permissions=["directory.view"]),
    "correct_events": lambda acme, _account: {"kind": "delete", "reason": "A test", "events": {"name": recorded(acme)}},
    "preview_correction": _said(kind="delete", events={"name": "Tested"}),
    "replay_refusal": _said(body=MENDED),
    "dismiss_refusals": _said(ids=["1-0"]),
    "create_channel_cost": lambda acme, account: {"channel": _channel(acme, account), "on": "2026-03-02"},
    "create_subscription": lambda _acme, account: {"account": account.pk, "plan": "Team", "starts_on": "2026-03-02"},
    "edit_role": _said(name="Support", permissions=["directory.view"]),
    "grant_rights": lambda acme, _account: {"member": acme.viewer.member_id, "permissions": ["directory.view"]},
    "invite_member": _said(email="ana.ruiz@acme.example", permissions=["directory.view"]),
    "keep_apart": lambda acme, account: {"one": account.pk, "other": _another_account(acme)},
    "log_activity": lambda _acme, account: {"kind": "call", "account": account.pk},
    "tie_subject": lambda _acme, account: {"account": account.pk},
    "merge_accounts": lambda acme, _account: {"loser": _another_account(acme)},
    "merge_people": lambda acme, _account: {"loser": _another_person(acme)},
    "move_opportunity": lambda acme, account: {"stage": OBJECTS["pipeline_stage_id"](acme, account)},
    "report_churn": lambda _acme, account: {"account": account.pk, "churned_on": "2026-03-02"},
    "save_import": _said(name="Firms", plan={"record": "account", "columns": {"Firm": {"field": "name"}}}, header=["Firm"]),
    "set_quota": lambda acme, account: {"meter": _meter(acme, account), "account": account.pk, "amount": "10"},
    "save_view": _said(name="View", query="stage=live"),
}
