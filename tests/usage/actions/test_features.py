from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenure.usage.actions.create_feature import create_feature
from tenure.usage.actions.update_feature import update_feature
from tenure.usage.errors import FeatureEventsMissing, KeyTaken
from tenure.usage.events import FeatureChanged, FeatureCreated
from tests.usage.given import told

if TYPE_CHECKING:
    from tests.world import Company

pytestmark = pytest.mark.django_db


def test_create_feature_names_its_events_each_once(acme: Company) -> None:
    feature = create_feature(acme.owner.ctx, name="Reports", events=["report made", " report made ", "report sent"], is_core=True)

    assert (feature.key, feature.events, feature.is_core, feature.is_paid) == (
        "reports",
        ["report made", "report sent"],
        True,
        False,
    )
    assert told(acme, FeatureCreated) == [{"subject": feature.pk, "account": None, "key": "reports"}]


def test_create_feature_that_is_never_seen_or_named_twice_is_refused(acme: Company) -> None:
    create_feature(acme.owner.ctx, name="Reports", events=["report made"])

    with pytest.raises(FeatureEventsMissing):
        create_feature(acme.owner.ctx, name="Ghost", events=[" "])
    with pytest.raises(KeyTaken):
        create_feature(acme.owner.ctx, name="Reports", events=["x"])


def test_update_feature_sets_its_marks_once(acme: Company) -> None:
    feature = create_feature(acme.owner.ctx, name="Reports", events=["report made"])
    values = {"name": "Reporting", "events": ["report made"], "is_core": True, "is_paid": True}

    update_feature(acme.owner.ctx, feature.pk, **values)
    changed = update_feature(acme.owner.ctx, feature.pk, **values)

    assert (changed.name, changed.is_core, changed.is_paid) == ("Reporting", True, True)
    assert told(acme, FeatureChanged) == [{"subject": feature.pk, "account": None}]
