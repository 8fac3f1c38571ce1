"""The audit over the API: who did what to which record, when, from where."""

from __future__ import annotations

from ninja import Router

from tenure.workspace.endpoints import ApiRequest, cursor_page, endpoint
from tenure.workspace.schemas import AuditPage, audit_line_out
from tenure.workspace.work_lists import AUDIT

router = Router(tags=["Audit"])


@router.get("/audit", response=AuditPage, operation_id="list_audit_lines", summary="List the audit")
@endpoint("workspace.view_audit", lists=AUDIT)
def audit(request: ApiRequest) -> AuditPage:
    """Every action of members, API keys and Tenure itself, the latest first."""
    return cursor_page(request, AUDIT, AuditPage, audit_line_out)
