"""Ways in: from a signed-in user or a key to a workspace, before any scope exists."""

from __future__ import annotations

import hashlib
from typing import NamedTuple
from uuid import UUID

from django.db import connection


class Membership(NamedTuple):
    """One workspace a user belongs to."""

    workspace_id: UUID
    slug: str
    name: str
    member_id: UUID


def find_membership(slug: str, user_id: UUID) -> tuple[UUID, UUID] | None:
    """(workspace, member) for an active member of the workspace at `slug`, else None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, member_id FROM find_membership(%s, %s)", [slug, user_id])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def list_memberships(user_id: UUID) -> list[Membership]:
    """The workspaces a user may enter, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, slug, name, member_id FROM list_memberships(%s)", [user_id])
        return [Membership(*row) for row in cursor.fetchall()]


def find_api_key(secret: str) -> tuple[UUID, UUID] | None:
    """(workspace, key) for a live API key, else None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, api_key_id FROM find_api_key(%s)", [digest_of(secret)])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def digest_of(secret: str) -> bytes:
    """What is stored of a secret with 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()
