"""What every operation's description has besides its own: key, problems, rate limit, idempotency, versions."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tenure.workspace.endpoints.idempotency import HEADER, KEPT_HOURS, LONGEST_KEY
from tenure.workspace.endpoints.lists import list_parameters
from tenure.workspace.endpoints.problems import PROBLEM_TYPE, Problem

if TYPE_CHECKING:
    from ninja.operation import Operation

    from tenure.workspace.endpoints.endpoint import EndpointSpec

REFERENCE = "#/components/{kind}/{name}"
ALWAYS = (401, 403, 404, 422, 429, 500, 503)
WITH_EFFECT = (409,)
WITH_BODY = (400, 413, 415)
VERSIONED = (412,)
_MEANINGS = {
    400: "The body or a header cannot be read.",
    401: "No API key, or one that is not valid.",
    403: "The key does not hold the permission.",
    404: "There is no such record, or the key may not see it.",
    409: "A rule stands against it in the present state, or the same request is under way.",
    412: "The record has another version than If-Match says.",
    413: "The body is too large.",
    415: "The body is of a kind that is not read here.",
    422: "The input is not valid; errors says where.",
    429: "The key has used up its quota; Retry-After says when to come again.",
    500: "Tenure's own mistake.",
    503: "The database did not answer.",
}
_PROBLEM_HEADERS = {401: ["WWW-Authenticate"], 429: ["Retry-After", "RateLimit", "RateLimit-Policy"], 503: ["Retry-After"]}
_HEADERS = {
    "RateLimit": ("What is left of the quota: r requests within t seconds.", '"key";r=1199;t=58'),
    "RateLimit-Policy": ("The quota: q requests in w seconds.", '"key";q=1200;w=60'),
    "Retry-After": ("Seconds to wait before trying again.", "30"),
    "WWW-Authenticate": ("How to authenticate.", 'Bearer realm="Tenure"'),
    "ETag": ("The record's version, for If-Match.", '"3"'),
    "Location": ("The address of what was made.", "/api/v1/accounts/01936f2b-8f4e-7c3a-9d52-3f6c1e0a7b44"),
    "Idempotency-Replayed": ("true where this is the kept reply to an earlier request.", "true"),
}


def complete_document(document: dict[str, Any], operations: Mapping[str, Operation]) -> None:
    """Add to every operation what all of them share."""
    components = document["components"]
    components["schemas"] |= _problem_schemas()
    components["responses"] = {f"Problem{status}": _problem(status) for status in _MEANINGS}
    components["headers"] = {name: _header(*words) for name, words in _HEADERS.items()}
    components["securitySchemes"] = {
        "ApiKey": {"type": "http", "scheme": "bearer", "description": "An API key of the workspace: Settings, API keys."}
    }
    document["security"] = [{"ApiKey": []}]
    for path in document["paths"].values():
        for method, described in path.items():
            view: Any = operations[described["operationId"]].view_func
            _complete(described, method, view.endpoint)


def _complete(described: dict[str, Any], method: str, spec: EndpointSpec) -> None:
    described["x-permission"] = spec.permission
    described["description"] = f"{described.get('description', '')}\n\nPermission: `{spec.permission}`.".strip()
    parameters = described.setdefault("parameters", [])
    for parameter in parameters:
        parameter["schema"].pop("title", None)
    if spec.lists is not None:
        parameters.extend(list_parameters(spec.lists))
    if method == "post":
        parameters.append(_idempotency_key())
    if spec.is_versioned:
        parameters.append(_if_match())
    for response in described["responses"].values():
        response["headers"] = {name: _reference("headers", name) for name in _headers_of(method, spec)}
    for status in _statuses_of(described, method, spec):
        described["responses"][status] = _reference("responses", f"Problem{status}")


def _statuses_of(described: dict[str, Any], method: str, spec: EndpointSpec) -> list[int]:
    statuses = {*ALWAYS}
    if method != "get":
        statuses |= {*WITH_EFFECT}
    if "requestBody" in described or method == "post":
        statuses |= {*WITH_BODY}
    if spec.is_versioned:
        statuses |= {*VERSIONED}
    return sorted(statuses)


def _headers_of(method: str, spec: EndpointSpec) -> list[str]:
    names = ["RateLimit", "RateLimit-Policy"]
    if method == "post":
        names += ["Idempotency-Replayed", "Location"]
    return [*names, "ETag"] if spec.is_versioned else names


def _problem(status: int) -> dict[str, Any]:
    names = _PROBLEM_HEADERS.get(status, [])
    response = {
        "description": f"{HTTPStatus(status).phrase}. {_MEANINGS[status]}",
        "content": {PROBLEM_TYPE: {"schema": _reference("schemas", "Problem")}},
    }
    return response | ({"headers": {name: _reference("headers", name) for name in names}} if names else {})


def _header(meaning: str, example: str) -> dict[str, Any]:
    return {"description": meaning, "schema": {"type": "string"}, "example": example}


def _problem_schemas() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template=REFERENCE.format(kind="schemas", name="{model}"), mode="serialization")
    return {**schema.pop("$defs"), "Problem": schema}


def _idempotency_key() -> dict[str, Any]:
    return {
        "name": HEADER,
        "in": "header",
        "required": False,
        "description": "A text of your choosing, new for each new request. The same request under the same key is done once; "
        f"the reply is kept for {KEPT_HOURS} hours.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
        "example": '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
    }


def _if_match() -> dict[str, Any]:
    return {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "The ETag of the version you have in hand; with another version nothing is changed.",
        "schema": {"type": "string"},
        "example": '"3"',
    }


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": REFERENCE.format(kind=kind, name=name)}
