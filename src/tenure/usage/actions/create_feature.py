"""A part of the product is named, by the events in which it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.usage.domain.naming import checked_key, checked_name
from tenure.usage.errors import FeatureEventsMissing, KeyTaken
from tenure.usage.events import FeatureCreated
from tenure.usage.models import Feature
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("usage.create_feature")
def create_feature(
    ctx: Context, *, name: str, events: Sequence[str], key: str = "", is_core: bool = False, is_paid: bool = False
) -> Feature:
    """Name a feature. Raises NameMissing, KeyInvalid, KeyTaken, FeatureEventsMissing. Not idempotent: a key is given once."""
    ctx.require_everywhere("usage.create_feature")
    name = checked_name(name)
    key = checked_key(key, name)
    if Feature.objects.filter(key=key).exists():
        raise KeyTaken(key=key)
    names = named_events(events)
    feature: Feature = Feature.objects.create(
        workspace_id=ctx.workspace.pk,
        key=key,
        name=name,
        events=names,
        is_core=is_core,
        is_paid=is_paid,
        created_at=ctx.now(),
    )
    ctx.audit(feature, key=key)
    ctx.emit(FeatureCreated(feature.pk, None, None, key))
    return feature


def named_events(events: Sequence[str]) -> list[str]:
    """The names, each once and in their order. Raises FeatureEventsMissing."""
    names = list(dict.fromkeys(stripped for name in events if (stripped := name.strip())))
    if not names:
        raise FeatureEventsMissing
    return names
