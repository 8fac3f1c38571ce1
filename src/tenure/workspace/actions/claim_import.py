"""A drafted import is carried out by the caller's own process: the command line, a test."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.imports.starting import begin
from tenure.workspace.models import ImportRun

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.run_import")
def claim_import(ctx: Context, run_id: UUID) -> ImportRun:
    """Open the change set of a drafted import for imports.run.carry_out, which the caller runs next. Raises as start_import does."""
    return begin(ctx, run_id)
