"""The demo company's product events: sources, features, meters and milestones by the product's own actions, events into the stream in large blocks.

May be interrupted and called again: every event has an id of its own, so none counts twice; the sandbox source, made last, says that all is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from tenure.config.demo.generate import generate
from tenure.config.demo.product import SIGNED_UP, happened
from tenure.config.demo.product_calls import (
    last_moment,
    refusals,
    runs_of_work,
    sign_ups,
    tries,
    unknown_companies,
    who_is_who,
)
from tenure.config.demo.words.product import PRODUCT_WORDS
from tenure.kernel import clock
from tenure.stream.actions.create_source import create_source
from tenure.stream.enums import SourceKind
from tenure.stream.ingest.accepting import microseconds
from tenure.stream.ingest.publisher import Publisher
from tenure.stream.nats import connected, ensure_streams
from tenure.stream.queries.sources import as_ingest_knows_it, find_source_named
from tenure.usage.actions.create_feature import create_feature
from tenure.usage.actions.create_meter import create_meter
from tenure.usage.actions.set_milestones import set_milestones
from tenure.usage.actions.set_quota import set_quota
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.milestones import MilestoneRule
from tenure.usage.enums import Aggregation, MilestoneKind
from tenure.usage.models import Feature, Meter
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.config.demo.order import Order
    from tenure.stream.blocks import Refused, Run
    from tenure.stream.ingest.sources import Source
    from tenure.workspace.context import Context

KINDS = {"server": SourceKind.SERVER, "web": SourceKind.WEB, "sandbox": SourceKind.WEB}
# key: events, core, paid
FEATURES = {
    "dispatch": (("Order Dispatched",), True, False),
    "orders": (("Order Created", "Order Completed"), False, False),
    "reports": (("Report Opened",), False, True),
    "sms": (("SMS Sent",), False, True),
    "photos": (("Photo Uploaded",), False, False),
}
METERS = {
    "orders": MeterDefinition(Aggregation.COUNT, ("Order Created",), group_by=("priority",)),
    "sms": MeterDefinition(Aggregation.SUM, ("SMS Sent",), value="segments", group_by=("country",)),
    "storage": MeterDefinition(Aggregation.SUM, ("Photo Uploaded",), value="megabytes"),
    "sign_ins": MeterDefinition(Aggregation.COUNT, ("Signed In",)),
}
SMS_A_MONTH = Decimal(60)
RULES = (
    MilestoneRule(MilestoneKind.SIGN_UP, (SIGNED_UP,)),
    MilestoneRule(MilestoneKind.FIRST_USE, ("Signed In",)),
    MilestoneRule(MilestoneKind.FIRST_VALUE, ("Order Completed",)),
    MilestoneRule(MilestoneKind.CORE_USE, ()),
)
BYTES_OF_EVENT = 120


def load_product(ctx: Context, order: Order, tell: Callable[[str], None]) -> int:
    """Bring three years of product events in, unless they are; returns how many were sent."""
    words = PRODUCT_WORDS[order.language]
    with enter(ctx.scope):
        if find_source_named(words.sources["sandbox"], kind=KINDS["sandbox"]) is not None:
            return 0
    server, web = (_source(ctx, order, key) for key in ("server", "web"))
    _name_parts(ctx, order)
    company = generate(order)
    until = last_moment(order)
    now = microseconds(clock.now())
    done = happened(order, company, until)
    tell(f"{len(done.times):,} product events")
    few = [
        who_is_who(company, done, web, now),
        sign_ups(order, company, web, until, now),
        unknown_companies(order, server, until, now),
    ]
    asyncio.run(_publish(server, [*few, *runs_of_work(done, server, web, now)], refusals(order, server, web, until)))
    sandbox = _source(ctx, order, "sandbox")
    asyncio.run(_publish(sandbox, [tries(order, sandbox, until, now)], []))
    return len(done.times) + sum(len(run.ids) for run in few)


async def _publish(source: Source, runs: Iterable[Run], refused: list[Refused]) -> None:
    async with connected("tenure demo") as stream:
        await ensure_streams(stream.js)
        publisher = Publisher(stream.js)
        for run in runs:
            if run.ids:
                await publisher.publish(source.workspace, run, len(run.ids) * BYTES_OF_EVENT)
        if refused:
            await publisher.publish_refused(source.workspace, refused)


def _source(ctx: Context, order: Order, key: str) -> Source:
    """The source of that key, made where there is none, as ingest knows it."""
    name, kind = PRODUCT_WORDS[order.language].sources[key], KINDS[key]
    with enter(ctx.scope):
        source = find_source_named(name, kind=kind)
    if source is None:
        source, _key = create_source(ctx, name, kind=kind, is_sandbox=key == "sandbox")
    return as_ingest_knows_it(source)


def _name_parts(ctx: Context, order: Order) -> None:
    """Features, meters, a quota and milestones, where they are not named yet."""
    words = PRODUCT_WORDS[order.language]
    with enter(ctx.scope):
        features = set(Feature.objects.values_list("key", flat=True))
        meters = set(Meter.objects.values_list("key", flat=True))
    for key, (events, is_core, is_paid) in FEATURES.items():
        if key not in features:
            create_feature(ctx, name=words.features[key], key=key, events=events, is_core=is_core, is_paid=is_paid)
    for key, definition in METERS.items():
        if key not in meters:
            meter = create_meter(ctx, definition, name=words.meters[key], key=key, unit=words.units[key])
            if key == "sms":
                set_quota(ctx, meter.pk, amount=SMS_A_MONTH)
    set_milestones(ctx, RULES)
