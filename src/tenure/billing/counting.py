"""One currency at a time: who writes amounts does so in the currency that the workspace reports in when they are committed.

Writers hold the count together; a recount into another currency holds it alone, from its first row to the switch. So nothing is written in
the old currency behind its back. Readers wait for nobody: they see what was there before, until all of it is committed at once.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import connection

from tenure.workspace.models import Workspace

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_TOGETHER = "SELECT pg_advisory_xact_lock_shared(hashtextextended('billing.recount ' || tenure_workspace(), 0))"
_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('billing.recount ' || tenure_workspace(), 0))"


def hold_count(ctx: Context) -> Context:
    """Until this transaction ends no recount begins; the context with the currency and zone that hold now."""
    with connection.cursor() as cursor:
        cursor.execute(_TOGETHER)
    currency, zone = Workspace.objects.values_list("currency", "zone").get()
    return in_terms_of(ctx, currency, zone)


def hold_count_alone(ctx: Context) -> Context:
    """Wait for those who are writing and keep others waiting until this transaction ends; the context in the currency that was asked for."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE)
    workspace: Workspace = Workspace.objects.get()
    return in_terms_of(ctx, workspace.next_currency or workspace.currency, workspace.zone)


def in_terms_of(ctx: Context, currency: str, zone: str) -> Context:
    """The context with its workspace reporting in this currency, its days beginning in this zone."""
    if (ctx.workspace.currency, ctx.workspace.zone) == (currency, zone):
        return ctx
    workspace = copy(ctx.workspace)
    workspace.currency, workspace.zone = currency, zone
    return replace(ctx, workspace=workspace)
