"""The document of the API: committed as it is, complete, and each operation under an id of its own."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from jsonschema_rs import validator_for
from ninja import Schema

from tenure.config.api import api
from tenure.config.openapi import FILE, difference, document_text
from tenure.workspace.action import permissions
from tenure.workspace.endpoints.documents import ALWAYS

DOCUMENT = api.get_openapi_schema()
OPERATIONS = {
    described["operationId"]: (method, path, described)
    for path, methods in DOCUMENT["paths"].items()
    for method, described in methods.items()
}


def test_document_committed_is_that_of_the_api():
    assert difference(Path(FILE).read_text(encoding="utf-8"), document_text()) == ""


def test_document_is_openapi_3_1():
    assert DOCUMENT["openapi"] == "3.1.0"


def test_operations_have_ids_of_their_own():
    count = sum(len(methods) for methods in DOCUMENT["paths"].values())

    assert (len(OPERATIONS), [name for name in OPERATIONS if not re.fullmatch(r"[a-z]+(_[a-z]+)+", name)]) == (count, [])


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_declares_its_refusals_and_its_permission(name):
    _, _, described = OPERATIONS[name]
    declared = {int(status) for status in described["responses"]}

    assert (set(ALWAYS) <= declared, described["x-permission"] in permissions) == (True, True)


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_of_a_post_takes_an_idempotency_key(name):
    method, _, described = OPERATIONS[name]
    headers = [parameter["name"] for parameter in described["parameters"] if parameter["in"] == "header"]

    assert ("Idempotency-Key" in headers) == (method == "post")


@pytest.mark.parametrize("schema", DOCUMENT["components"]["schemas"])
def test_schema_is_json_schema(schema):
    validator_for({"$ref": f"#/components/schemas/{schema}", "components": DOCUMENT["components"]})


def test_schemas_have_names_of_their_own():
    """The document knows schemas by name alone: of two with one name, one would be described by the other."""
    named = Counter(schema.__name__ for schema in _below(Schema) if schema.__module__.startswith("tenure."))

    assert [name for name, count in named.items() if count > 1] == []


def _below(kind: type) -> set[type]:
    return {below for child in kind.__subclasses__() for below in {child, *_below(child)}}
