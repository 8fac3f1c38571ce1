"""From a request to a context: whose key it is, in which workspace, with what rights, and whether it may ask once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tenure.workspace.endpoints.errors import ApiKeyInvalid, NotAuthenticated
from tenure.workspace.endpoints.rate_limit import Allowance, count_request
from tenure.workspace.queries.contexts import api_key_context
from tenure.workspace.queries.entry import find_api_key
from tenure.workspace.scope import Scope, enter

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from tenure.workspace.context import Context

LONGEST_SECRET = 200


class Admitted(NamedTuple):
    """A caller with a valid key."""

    ctx: Context
    api_key_id: UUID
    allowance: Allowance


def admit(request: HttpRequest) -> Admitted:
    """The caller behind the request's `Authorization: Bearer`. Raises NotAuthenticated, ApiKeyInvalid."""
    found = find_api_key(_secret_of(request))
    if found is None:
        raise ApiKeyInvalid
    workspace_id, api_key_id = found
    address = request.META.get("REMOTE_ADDR") or None
    with enter(Scope(workspace_id)):
        ctx = api_key_context(workspace_id, api_key_id, request_id=getattr(request, "request_id", ""), address=address)
        return Admitted(ctx, api_key_id, count_request(ctx, api_key_id))


def _secret_of(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise NotAuthenticated
    return secret.strip()[:LONGEST_SECRET]
