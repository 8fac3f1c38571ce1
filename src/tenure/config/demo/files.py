"""The demo company as the files that other systems would have exported: CSV, one a kind of record, with the mapping of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tenure.config.demo.deals import STAGES
from tenure.config.demo.plan import PRODUCT, TEAM
from tenure.config.demo.rows import CURRENCY, Company, Item, Opportunity
from tenure.config.demo.words import Words
from tenure.kernel.money import Money
from tenure.workspace.imports.plan import ColumnPlan, FilePlan

TAG_SEPARATOR = ";"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DemoFile:
    """name: the file's. Columns are called as the record's fields are."""

    name: str
    record: str
    rows: Sequence[Row]
    match_by: str | None = None

    @property
    def plan(self) -> FilePlan:
        """Every column to the field of its name."""
        columns = {name: ColumnPlan(name, separator=TAG_SEPARATOR if name == "tags" else None) for name in self.rows[0]}
        return FilePlan(self.record, columns, match_by=self.match_by)

    def content(self) -> io.BytesIO:
        """The file, UTF-8."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(self.rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in self.rows)
        return io.BytesIO(text.getvalue().encode())


def demo_files(company: Company, words: Words) -> list[tuple[str, list[DemoFile]]]:
    """(what it is, files) of each import, in the order in which they are brought in."""
    parts = (
        [
            DemoFile("accounts.csv", "account", _own(company.accounts)),
            DemoFile("people.csv", "person", _own(company.people), "external_id"),
        ],
        [
            DemoFile("channels.csv", "channel", [{"name": one.name, "kind": one.kind} for one in company.channels]),
            DemoFile("channel-costs.csv", "channel_cost", _channel_costs(company)),
            DemoFile("other-costs.csv", "other_cost", _other_costs(company)),
            DemoFile("leads.csv", "lead", _leads(company), "external_id"),
        ],
        [*_pipeline(company, words), *_deal_files(company, words)],
        [
            DemoFile("subscriptions.csv", "subscription", _subscriptions(company, words)),
            DemoFile("subscription-items.csv", "subscription_item", _items(company, words)),
            DemoFile("reported-churn.csv", "reported_churn", _reported(company)),
        ],
        [
            DemoFile("notes.csv", "note", _notes(company)),
            DemoFile("activities.csv", "activity", _own(company.activities)),
            DemoFile("tasks.csv", "task", _tasks(company)),
        ],
    )
    return list(zip(words.imports, parts, strict=True))


def _cell(value: Any) -> str:  # noqa: ANN401 - any field's value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return TAG_SEPARATOR.join(value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _euros(minor: int) -> str:
    return str(Money(minor, CURRENCY).to_decimal())


def _own(rows: Iterable[Any], *, but: Sequence[str] = (), **more: Callable[[Any], Any]) -> list[Row]:
    """Rows with their own fields as columns, without some, and with others computed."""
    return [
        {name: getattr(row, name) for name in row.__slots__ if name not in but}
        | {name: compute(row) for name, compute in more.items()}
        for row in rows
    ]


def _channel_costs(company: Company) -> list[Row]:
    return _own(
        company.channel_months, but=["cost_minor"], external_id=lambda row: f"{row.on:%Y-%m} {row.channel}", cost=lambda row: _euros(row.cost_minor), currency=lambda _row: CURRENCY,
    )  # fmt: skip


def _other_costs(company: Company) -> list[Row]:
    return _own(
        company.other_costs, but=["cost_minor", "description"], name=lambda row: row.description, amount=lambda row: _euros(row.cost_minor),
        currency=lambda _row: CURRENCY,
    )  # fmt: skip


def _leads(company: Company) -> list[Row]:
    return _own(company.leads, but=["click_id"], first_click_id=lambda row: row.click_id)


def _pipeline(company: Company, words: Words) -> list[DemoFile]:
    """The stages of the pipeline, what is sold, and who sells it."""
    stages = [
        {"name": words.stages[key], "meaning": key if key in ("won", "lost") else "open", "position": place}
        for place, key in enumerate((*STAGES, "won", "lost"), 1)
    ]
    members = {member.key: member for member in company.members}
    sellers = [
        {
            "name": members[one.key].name,
            "team": members[one.key].team,
            "manager": company.members[0].name,
            "member": members[one.key].email,
        }
        for one in TEAM
        if any(deal.owner == members[one.key].email for deal in company.opportunities)
    ]
    return [
        DemoFile("pipeline-stages.csv", "pipeline_stage", stages),
        DemoFile("products.csv", "product", [{"name": PRODUCT}]),
        DemoFile("sellers.csv", "agent", sellers),
    ]


def _deal_files(company: Company, words: Words) -> list[DemoFile]:
    """The deals as they stood when they entered each stage: the file of a later stage changes those that came so far."""
    by_deal = {deal.external_id: deal for deal in company.opportunities}
    names = {member.email: member.name for member in company.members}
    files = []
    for key in (*STAGES, "won", "lost"):
        steps = [step for step in company.stage_steps if step.stage == key]
        if steps and key == STAGES[0]:
            rows = [
                _deal(by_deal[step.opportunity], names) | {"stage": words.stages[key], "stage_since": step.entered_at}
                for step in steps
            ]
        else:
            rows = [
                _moved(by_deal[step.opportunity]) | {"stage": words.stages[key], "stage_since": step.entered_at} for step in steps
            ]
        if rows:
            files.append(DemoFile(f"deals-{key}.csv", "opportunity", rows))
    return files


def _deal(deal: Opportunity, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "external_id": deal.external_id, "name": deal.name, "kind": "expansion" if deal.is_expansion else "first_purchase", "account": deal.account,
        "lead": deal.lead, "person": deal.person, "owner": deal.owner, "agent": names[deal.owner], "partner": deal.partner, "product": deal.product,
        "amount": _euros(deal.amount_minor), "currency": CURRENCY, "engaged_at": deal.opened_at, "expected_close_on": deal.expected_close_on,
    }  # fmt: skip


def _moved(deal: Opportunity) -> dict[str, Any]:
    """What is known of a deal that moves on; how it ended only when it has."""
    return {"external_id": deal.external_id, "closed_at": deal.closed_at, "reason": deal.reason, "competitor": deal.competitor}


def _subscriptions(company: Company, words: Words) -> list[Row]:
    """Subscriptions with what they began with."""
    reasons = {**words.churn_reasons, "trial": words.lost_reasons["trial"], "": ""}
    rows = []
    for one in company.subscriptions:
        first, discount_ends_on = _with_discounts(one.items)[0]
        about = {
            "external_id": one.external_id, "account": one.account, "opportunity": one.opportunity,
            "starts_on": one.trial_start_on or one.start_on, "ends_on": one.end_on, "is_trial": one.trial_start_on is not None,
            "trial_ends_on": one.trial_end_on, "live_on": one.live_on, "adopting_on": one.adopting_on, "cancelled_on": one.cancelled_on,
            "end_reason": reasons[one.end_reason], "term": one.interval,
        }  # fmt: skip
        rows.append(about | _terms(first, words, discount_ends_on))  # type: ignore[operator]
    return rows


def _items(company: Company, words: Words) -> list[Row]:
    """What changed in subscriptions: the end of what they began with, and what came after it. The first item has its subscription's id."""
    rows = []
    for subscription in company.subscriptions:
        items = _with_discounts(subscription.items)
        for place, (item, discount_ends_on) in enumerate(items):
            if len(items) == 1:
                continue
            name = subscription.external_id if place == 0 else item.external_id
            starts_on = None if place == 0 else item.start_on
            about = {"external_id": name, "subscription": item.subscription, "starts_on": starts_on, "ends_on": item.end_on}
            rows.append(about | _terms(item, words, discount_ends_on))  # type: ignore[operator]
    return rows


def _terms(item: Item, words: Words, discount_ends_on: date | None) -> Row:
    return {
        "plan": words.plans[item.plan], "quantity": item.quantity, "net_amount": _euros(item.net_minor), "list_amount": _euros(item.list_minor),
        "currency": CURRENCY, "interval": item.interval, "discount_ends_on": discount_ends_on,
        "discount": "" if item.net_minor == item.list_minor else "repeating" if discount_ends_on else "forever",
    }  # fmt: skip


def _with_discounts(items: Sequence[Item]) -> list[tuple[Item, date | None]]:
    """The items, and from when the list amount is paid: an item that only lost its discount is the one before, going on."""
    merged: list[tuple[Item, date | None]] = []
    for item in items:
        before = merged[-1][0] if merged else None
        if (
            before
            and item.why == "discount_expired"
            and item.net_minor == item.list_minor == before.list_minor
            and item.plan == before.plan
        ):
            merged[-1] = (replace(before, end_on=item.end_on), item.start_on)
        else:
            merged.append((item, None))
    return merged


def _reported(company: Company) -> list[Row]:
    return [
        {
            "external_id": one.external_id, "account": one.account, "churned_on": one.on, "reason": one.reason,
            "refund": _euros(one.refund_minor) if one.refund_minor else "", "currency": CURRENCY,
        }
        for one in company.reported_churn
    ]  # fmt: skip


def _notes(company: Company) -> list[Row]:
    return _own(company.notes, but=["is_pinned"], pinned_at=lambda row: row.written_at if row.is_pinned else None)


def _tasks(company: Company) -> list[Row]:
    return _own(company.tasks, done_by=lambda row: row.assignee if row.done_at else "")
