"""The audit as pages: what was done by whom, and one line of it in full."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.kernel.errors import NotFound
from tenure.workspace import formats
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import page
from tenure.workspace.work_lists import AUDIT

if TYPE_CHECKING:
    from tenure.workspace.models import AuditLine
    from tenure.workspace.pages import Request

AROUND_AUDIT = Surroundings(
    record="",
    row_url="workspace:audit_line",
    peek_url="workspace:audit_line_peek",
    empty_title=gettext_lazy("Nothing was done yet"),
    empty_text=gettext_lazy(
        "Every action of members, API keys and Tenure itself leaves a line here, and no line can be changed."
    ),
)


@page("workspace.view_audit")
@require_GET
def audit(request: Request) -> HttpResponse:
    """The audit, filtered and searched; its export takes what is shown."""
    return list_page(request, AUDIT, AROUND_AUDIT)


@page("workspace.view_audit")
@require_GET
def audit_line(request: Request, line_id: UUID) -> HttpResponse:
    """One line in full."""
    line = _line(request, line_id)
    return render(request, "workspace/audit_line.html", {"line": line, "facts": _facts(request, line), "page_title": line.action})


@page("workspace.view_audit")
@require_GET
def audit_line_peek(request: Request, line_id: UUID) -> HttpResponse:
    """One line opened in place below its row."""
    line = _line(request, line_id)
    return render(request, "workspace/audit_line.html#facts", {"line": line, "facts": _facts(request, line)})


def _line(request: Request, line_id: UUID) -> AuditLine:
    line: AuditLine | None = AUDIT.rows(request.ctx).filter(pk=line_id).first()
    if line is None:
        raise NotFound(kind="audit line")
    return line


def _facts(request: Request, line: AuditLine) -> list[tuple[str, object]]:
    shown = [
        (_("Who"), f"{line.actor_name} ({line.get_actor_kind_display()})"),
        (_("When"), formats.instant(line.at, request.ctx)),
        (_("Kind of record"), line.subject_kind),
        (_("Record"), line.subject_id),
        (_("Account"), line.account_id if line.account_id != line.subject_id else None),
        (_("Change set"), line.change_set_id),
        (_("Network address"), line.address),
        (_("Request"), line.request_id),
    ]
    said = [(name, _in_words(value)) for name, value in line.facts.items()]
    return [(name, value) for name, value in (*shown, *said) if value not in (None, "")]


def _in_words(value: object) -> object:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)
