"""Quotas over the API."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.usage.actions.remove_quota import remove_quota
from tenure.usage.actions.set_quota import set_quota
from tenure.usage.api.cursors import DEFAULT_ROWS, After, Limit, page_by_id
from tenure.usage.queries.quotas import get_quota, list_quotas
from tenure.usage.schemas.features import QuotaIn, QuotaOut, QuotaPage, quota_out
from tenure.workspace.endpoints import ApiRequest, endpoint

router = Router(tags=["Quotas"])


@router.get("/quotas", response=QuotaPage, operation_id="list_quotas", summary="List quotas")
@endpoint("usage.view")
def quotas(request: ApiRequest, after: After = "", limit: Limit = DEFAULT_ROWS) -> QuotaPage:
    """The quotas, in the order in which they were set first."""
    return page_by_id(list_quotas(request.ctx), QuotaPage, quota_out, after, limit)


@router.post("/quotas", response={201: QuotaOut}, operation_id="set_quota", summary="Set a quota")
@endpoint("usage.set_quota")
def quotas_post(request: ApiRequest, body: QuotaIn, response: HttpResponse) -> QuotaOut:
    """Let an account, or every account, use so much of a meter. Of one meter and account there is one quota: set again, it changes."""
    made = set_quota(
        request.ctx,
        body.meter,
        amount=Decimal(body.amount),
        account_id=body.account,
        period=body.period,
        thresholds=body.thresholds,
    )
    response["Location"] = f"{request.path}/{made.pk}"
    return quota_out(made)


@router.get("/quotas/{uuid:quota_id}", response=QuotaOut, operation_id="get_quota", summary="Get a quota")
@endpoint("usage.view")
def quota(request: ApiRequest, quota_id: UUID) -> QuotaOut:
    """One quota."""
    return quota_out(get_quota(request.ctx, quota_id))


@router.delete("/quotas/{uuid:quota_id}", response={204: None}, operation_id="remove_quota", summary="Remove a quota")
@endpoint("usage.remove_quota")
def quota_delete(request: ApiRequest, quota_id: UUID) -> None:
    """Remove the quota; an account falls back to the default, where there is one."""
    remove_quota(request.ctx, quota_id)
