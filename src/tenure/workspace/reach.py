"""`scope_filter`: the caller's grants as SQL, for lists, search, exports, API and bulk alike.

Rule: spec/grants.md; HOUSE rule 6 ("reading applies the scope of the caller's grants in SQL").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from tenure.workspace.models.fence_tree import AccountPath

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.models.base import Scoped


def scope_filter(ctx: Context, permission: str, model: type[Scoped]) -> Q:
    """The rows of `model` on which the caller holds `permission`. Raises PermissionMissing where it is held nowhere.

    A model says who owns a row by `owner_path` (a field path to a member id); without one, a grant on one's own rows reaches none.
    """
    ctx.require(permission)
    reach = ctx.authority.reach(permission)
    if reach.everything:
        return Q()
    column = model.fence_account
    if column is None:
        return Q() if model.fence_shared else Q(pk__in=[])
    condition = Q(pk__in=[])
    if reach.roots:
        condition |= Q(**{f"{column}__in": descendants_of(reach.roots)})
    if reach.owned and ctx.member_id is not None:
        condition |= owned_by(model, ctx.member_id)
    return condition


def descendants_of(roots: Iterable[UUID]) -> QuerySet[AccountPath, UUID]:
    """Ids of the accounts at and below `roots`."""
    return AccountPath.objects.filter(ancestor_id__in=list(roots)).values_list("descendant_id", flat=True)


def owned_by(model: type[Any], member_id: UUID) -> Q:
    """Rows of `model` that the member owns."""
    path = getattr(model, "owner_path", None)
    return Q(**{path: member_id}) if path else Q(pk__in=[])
