"""Words that every page of numbers shares."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tenure.workspace import formats

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def as_of(ctx: Context, at: dt.datetime) -> str:
    """The minute of a computation, in the reader's zone."""
    local = at.astimezone(ctx.tz)
    return _("as of %(at)s") % {"at": f"{formats.day(local.date())}, {local:%H:%M}"}
