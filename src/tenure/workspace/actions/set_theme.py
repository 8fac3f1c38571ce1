"""A member chooses light or dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.kernel.errors import Invalid
from tenure.workspace.action import action
from tenure.workspace.models import Member

if TYPE_CHECKING:
    from tenure.workspace.context import Context

THEMES = ("system", "light", "dark")


class ThemeUnknown(Invalid):
    """Not one of the themes."""

    code = "theme_unknown"
    message = "A theme is system, light or dark."


@action("workspace.view")
def set_theme(ctx: Context, theme: str) -> None:
    """Keep the acting member's theme. Raises ThemeUnknown. Idempotent."""
    if theme not in THEMES:
        raise ThemeUnknown
    Member.objects.filter(pk=ctx.member_id).update(theme=theme)
