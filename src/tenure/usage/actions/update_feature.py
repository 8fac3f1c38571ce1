"""A feature is seen by other events, or marked otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.usage.actions.create_feature import named_events
from tenure.usage.domain.naming import checked_name
from tenure.usage.events import FeatureChanged
from tenure.usage.models import Feature
from tenure.usage.queries.meters import get_feature
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("usage.update_feature")
def update_feature(ctx: Context, feature_id: UUID, *, name: str, events: Sequence[str], is_core: bool, is_paid: bool) -> Feature:
    """Set what a feature is called, which events show it, and whether it is core or paid. It counts so over everything.

    Raises NotFound, NameMissing, FeatureEventsMissing. Idempotent: the same values change nothing more.
    """
    feature = get_feature(ctx, feature_id, permission="usage.update_feature", lock=True)
    ctx.require_everywhere("usage.update_feature")
    values = {"name": checked_name(name), "events": named_events(events), "is_core": is_core, "is_paid": is_paid}
    changed = [field for field, value in values.items() if getattr(feature, field) != value]
    if changed:
        for field, value in values.items():
            setattr(feature, field, value)
        feature.save(update_fields=changed)
        ctx.audit(feature, fields=changed)
        ctx.emit(FeatureChanged(feature.pk, None, None))
    return feature
