"""Refused calls and corrections for tests: what the writer would have written, and rows under way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

from tenure.kernel import clock
from tenure.stream.blocks import Refused, RefusedBlock
from tenure.stream.ingest.accepting import microseconds
from tenure.stream.models import Correction, Source
from tenure.stream.store.client import event_store
from tenure.stream.writer.columns import refusal_table
from tenure.workspace.scope import enter
from tests.stream.world import _sequence, record

if TYPE_CHECKING:
    from tests.world import Company

MENDED = json.dumps({"messageId": "m-1", "event": "Opened", "userId": "u1"})


def refused(
    company: Company, *, code: str = "nobody_named", reason: str = "Name a userId.", body: bytes | None = None, count: int = 1
) -> str:
    """Put refused calls of a source into the store; returns the key of the first."""
    with enter(company.owner.ctx.scope):
        source = Source.objects.first() or Source.objects.create(
            workspace=company.workspace, name="API server", prefix="tnw_", digest=uuid4().bytes, created_at=clock.now()
        )
    seq, now = next(_sequence), microseconds(clock.now())
    call = body or json.dumps({"messageId": "m-1", "event": "Opened"}).encode()
    calls = [
        Refused(source.pk.bytes, now, number, code, reason, "Opened", f"m-{number}", call, "track") for number in range(count)
    ]
    block = RefusedBlock(1, company.workspace.pk.bytes, calls)
    event_store().insert("refusals", refusal_table([(block, seq)]))
    return f"{seq}-0"


def recorded(company: Company) -> str:
    """An event in the store, at or below the writer's position; returns its name."""
    record(company, "Tested", account="hollis", seq=0, bytes=5)
    return "Tested"


def correction_of(company: Company) -> Correction:
    """A correction that was asked for and did not begin."""
    with enter(company.owner.ctx.scope):
        return Correction.objects.create(
            workspace=company.workspace,
            kind="delete",
            reason="A load test",
            wanted={"name": "Tested"},
            upto=1,
            events=1,
            months=[[202603, 1]],
            actor_kind="member",
            actor_name="Ana Müller",
            asked_at=clock.now(),
        )
