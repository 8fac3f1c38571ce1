"""Mail as the caller may see it: all of it, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.kernel.errors import NotFound
from tenure.workspace.models import OutgoingMail

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context

VIEW = "workspace.view_outbox"


def get_mail(ctx: Context, mail_id: UUID, *, permission: str = VIEW, lock: bool = False) -> OutgoingMail:
    """One mail, where the caller holds the permission over the whole workspace: mail is nobody's account. Else raises NotFound."""
    rows = OutgoingMail.objects.filter(pk=mail_id)
    mail: OutgoingMail | None = (rows.select_for_update() if lock else rows).first()
    if mail is None or not ctx.authority.reach(permission).everything:
        raise NotFound(kind="mail")
    return mail
