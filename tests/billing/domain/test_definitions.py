"""The definitions that ship."""

from __future__ import annotations

import pytest

from tenure.billing.domain.definition_sets import SETS, DefinitionUnknown, definition_named
from tenure.billing.domain.definitions import Definition


def test_definitions_that_ship_are_the_five_named_ones_each_with_its_source() -> None:
    assert list(SETS) == ["tenure", "chartmogul", "stripe", "profitwell", "chargebee"]
    assert all(each.published_source and each.version == 1 for each in SETS.values())


def test_definition_defaults_are_those_of_tenure() -> None:
    tenure = definition_named("tenure")

    assert tenure == Definition("tenure", published_source=tenure.published_source)


def test_definition_of_an_unknown_name_is_not_found() -> None:
    with pytest.raises(DefinitionUnknown, match=r"There is no definition named mine\."):
        definition_named("mine")
