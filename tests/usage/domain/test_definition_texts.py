from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tenure.usage.domain.definition_texts import definition_json, read_definition, read_filter
from tenure.usage.domain.definitions import Filter, MeterDefinition
from tenure.usage.domain.unit_conversion import UnitConversion
from tenure.usage.enums import Aggregation, FilterOperator, UnitRounding, WindowSize
from tenure.usage.errors import DefinitionInvalid

FULL = MeterDefinition(
    Aggregation.MAX,
    ("upload", "import"),
    "bytes",
    filters=(
        Filter("plan", FilterOperator.IN, ("pro", "team")),
        Filter("bytes", FilterOperator.GT, (Decimal("0.5"),)),
        Filter("region", FilterOperator.EXISTS),
    ),
    group_by=("region",),
    bucket=WindowSize.HOUR,
    zone="Europe/Berlin",
    unit=UnitConversion(Decimal(1000), UnitRounding.CEILING),
)


def test_definition_json_read_again_is_the_same_definition() -> None:
    assert read_definition(definition_json(FULL)) == FULL


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        ({}, ["aggregation"]),
        ({"aggregation": "median"}, ["aggregation"]),
        ({"aggregation": "sum"}, ["value"]),
        ({"aggregation": "count", "value": "n"}, ["value"]),
        ({"aggregation": "unique_count"}, ["value"]),
        ({"aggregation": "sum", "value": "n", "operation": "op"}, ["operation"]),
        ({"aggregation": "weighted_sum", "value": "n", "bucket": "hour"}, ["bucket"]),
        ({"aggregation": "max", "value": "n", "bucket": "whole"}, ["bucket"]),
        ({"aggregation": "sum", "value": "n", "carries_over": True}, ["carries_over"]),
        ({"aggregation": "count", "zone": "Mars"}, ["zone"]),
        ({"aggregation": "count", "events": "call"}, ["events"]),
        ({"aggregation": "count", "events": [""]}, ["events"]),
        ({"aggregation": "count", "group_by": ["a", "a"]}, ["group_by/1"]),
        ({"aggregation": "count", "unit": {"divide_by": "0"}}, ["unit/divide_by"]),
        ({"aggregation": "count", "unit": {"divide_by": "10", "round": "sideways"}}, ["unit/round"]),
        ({"aggregation": "count", "filters": [7]}, ["filters/0"]),
        ({"aggregation": "count", "filters": [{"field": "a", "operator": "like", "values": ["x"]}]}, ["filters/0/operator"]),
        ({"aggregation": "count", "filters": [{"field": "", "operator": "exists"}]}, ["filters/0/field"]),
        ({"aggregation": "count", "filters": [{"field": "$ip", "operator": "exists"}]}, ["filters/0/field"]),
        ({"aggregation": "count", "filters": [{"field": "a", "operator": "eq", "values": []}]}, ["filters/0/values"]),
        ({"aggregation": "count", "filters": [{"field": "a", "operator": "in", "values": []}]}, ["filters/0/values"]),
        ({"aggregation": "count", "filters": [{"field": "a", "operator": "exists", "values": ["x"]}]}, ["filters/0/values"]),
        ({"aggregation": "count", "filters": [{"field": "a", "operator": "gt", "values": ["x"], "as_number": True}]}, None),
    ],
)
def test_read_definition_that_is_wrong_names_the_part(raw: dict[str, Any], fields: list[str] | None) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        read_definition(raw)

    assert [each.field for each in refused.value.errors][: len(fields or [1])] == (fields or ["filters/0/values"])
    assert "cannot be counted" in str(refused.value)


def test_read_filter_of_a_question_is_read_as_a_meters_own() -> None:
    raw = {"field": "n", "operator": "gte", "values": ["1.50"], "as_number": True}

    assert read_filter(raw) == Filter("n", FilterOperator.GTE, (Decimal("1.5"),))
