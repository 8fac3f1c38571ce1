"""Members, invitations and API keys: one by id, and the way in for somebody invited."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from django.db import connection

from tenure.kernel.errors import NotFound
from tenure.workspace.models import ApiKey, Member
from tenure.workspace.models.base import Scoped
from tenure.workspace.queries.entry import digest_of

Row = TypeVar("Row", bound=Scoped)


def get_member(member_id: UUID, *, lock: bool = False) -> Member:
    """The member of this workspace, whatever their state; raises NotFound."""
    return _get(Member, member_id, lock=lock)


def get_api_key(api_key_id: UUID, *, lock: bool = False) -> ApiKey:
    """The key of this workspace, revoked or not; raises NotFound."""
    return _get(ApiKey, api_key_id, lock=lock)


def list_api_keys(ids: Collection[UUID] | None, *, after: UUID | None, limit: int) -> list[ApiKey]:
    """Keys by id, revoked or not; of these ids only (None: all)."""
    rows = ApiKey.objects.all() if ids is None else ApiKey.objects.filter(pk__in=ids)
    return list((rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:limit])


def _get(model: type[Row], key: UUID, *, lock: bool) -> Row:
    rows = model.objects.filter(pk=key)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound(kind=model._meta.model_name)
    return row


def find_invited(secret: str) -> tuple[UUID, UUID] | None:
    """(workspace, member) that an invitation's secret is for, open or not; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, member_id FROM find_invitation(%s)", [digest_of(secret)])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None
