"""The OpenAPI document as a reference reads it: operations by subject, fields by name, an example of each body, a curl line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]

JSON = "application/json"
DEEPEST = 6
_SAMPLES = {
    "uuid": "01936f2b-8f4e-7c3a-9d52-3f6c1e0a7b44",
    "date-time": "2026-11-21T09:30:00Z",
    "date": "2026-11-21",
    "binary": "...",
}
_PLAIN: dict[str, Any] = {"string": "text", "integer": 1, "number": 0.5, "boolean": True, "null": None, "object": {}}


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter or a field: its name, what it holds, whether it must be there."""

    name: str
    kind: str
    is_required: bool
    description: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One status an operation answers with."""

    status: str
    description: str
    fields: list[Part]
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, ready to be drawn."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    permission: str
    parameters: list[Part]
    body: list[Part]
    curl: str
    answers: list[Answer]
    refusals: list[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """Operations on one thing."""

    name: str
    operations: list[Operation]


def subjects_of(document: Document, base_url: str) -> list[Subject]:
    """Every operation of the document, by subject in the document's order."""
    subjects: dict[str, Subject] = {}
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            name = described.get("tags", ["Other"])[0]
            subject = subjects.setdefault(name, Subject(name, []))
            subject.operations.append(_operation(document, base_url, method, path, described))
    return list(subjects.values())


def _operation(document: Document, base_url: str, method: str, path: str, described: Document) -> Operation:
    good = {status: answer for status, answer in described["responses"].items() if int(status) < 400}  # noqa: PLR2004 - HTTP
    return Operation(
        id=described["operationId"],
        method=method.upper(),
        path=path,
        summary=described["summary"],
        description=_without_marks(described["description"].rpartition("\n\nPermission:")[0]),
        permission=described["x-permission"],
        parameters=[_parameter(document, one) for one in described.get("parameters", [])],
        body=_fields(document, body_schema(described)),
        curl=curl_of(document, base_url, method, path, described),
        answers=[_answer(document, str(status), answer) for status, answer in good.items()],
        refusals=[str(status) for status in described["responses"] if status not in good],
    )


def body_schema(described: Document) -> Document:
    """The schema of what an operation takes as its body; empty where it takes none."""
    content = described.get("requestBody", {}).get("content", {})
    return next((one["schema"] for one in content.values()), {})


def curl_of(document: Document, base_url: str, method: str, path: str, described: Document) -> str:
    """The operation as a line for a shell."""
    for one in described.get("parameters", []):
        if one["in"] == "path":
            path = path.replace("{" + one["name"] + "}", str(example_of(document, one["schema"])))
    parts = [f"curl {base_url}{path}", "-H 'Authorization: Bearer tnr_...'"]
    if method != "get":
        parts.insert(1, f"-X {method.upper()}")
    content = described.get("requestBody", {}).get("content", {})
    for kind, one in content.items():
        example = example_of(document, one["schema"], only_needed=True)
        if kind == JSON:
            parts += ["-H 'Content-Type: application/json'", f"-d '{json.dumps(example, ensure_ascii=False)}'"]
        else:
            parts += [f"-F {name}={value}" for name, value in example.items()]
    return " \\\n  ".join(parts)


def example_of(document: Document, schema: Document, *, only_needed: bool = False, deepest: int = DEEPEST) -> Any:  # noqa: ANN401
    """A value that fits the schema; only_needed: without what may be left out."""
    schema = _resolved(document, schema)
    for given in ("const", "default"):
        if given in schema:
            return schema[given]
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return (
            [] if deepest == 0 else [example_of(document, schema.get("items", {}), only_needed=only_needed, deepest=deepest - 1)]
        )
    if "properties" in schema:
        return {
            name: example_of(document, part, only_needed=only_needed, deepest=deepest - 1)
            for name, part in schema["properties"].items()
            if deepest and (not only_needed or name in schema.get("required", ()))
        }
    sample = _SAMPLES.get(schema.get("format", ""), _PLAIN.get(schema.get("type", ""), {}))
    return schema.get("minimum", sample) if isinstance(sample, int) and not isinstance(sample, bool) else sample


def _resolved(document: Document, schema: Document) -> Document:
    """The schema behind a reference; of alternatives the first that is not null. What stands beside a reference stays."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return {
            **_resolved(document, document["components"]["schemas"][name]),
            **{key: schema[key] for key in schema if key != "$ref"},
        }
    several = schema.get("anyOf") or schema.get("allOf")
    if several:
        first = next((one for one in several if one.get("type") != "null"), several[0])
        return {**_resolved(document, first), **{key: schema[key] for key in ("description", "default") if key in schema}}
    return schema


def _parameter(document: Document, one: Document) -> Part:
    return Part(
        one["name"], kind_of(document, one["schema"]), one["required"], _without_marks(one.get("description", "")), one["in"]
    )


def _fields(document: Document, schema: Document) -> list[Part]:
    resolved = _resolved(document, schema)
    needed = resolved.get("required", ())
    return [
        Part(name, kind_of(document, part), name in needed, _without_marks(part.get("description", "")))
        for name, part in resolved.get("properties", {}).items()
    ]


def kind_of(document: Document, schema: Document) -> str:
    """What a value is, in a few words."""
    return ", ".join(_kinds(document, schema))


def _kinds(document: Document, schema: Document) -> Iterator[str]:
    if "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _kinds(document, one)
        return
    resolved = _resolved(document, schema)
    if resolved.get("type") == "array":
        yield f"list of {kind_of(document, resolved.get('items', {}))}"
    elif "enum" in resolved:
        yield " | ".join(map(str, resolved["enum"]))
    else:
        yield resolved.get("format") or resolved.get("type", "any")
    bounds = [f"{word} {resolved[key]}" for key, word in _BOUNDS.items() if key in resolved]
    if bounds:
        yield " ".join(bounds)


def _without_marks(text: str) -> str:
    return text.replace("`", "")


_BOUNDS = {"minimum": "from", "maximum": "to", "maxLength": "longest"}


def _answer(document: Document, status: str, answer: Document) -> Answer:
    schema = answer.get("content", {}).get(JSON, {}).get("schema")
    if schema is None:
        return Answer(status, answer["description"], [], "")
    example = json.dumps(example_of(document, schema), indent=2, ensure_ascii=False)
    return Answer(status, answer["description"], _fields(document, schema), example)
