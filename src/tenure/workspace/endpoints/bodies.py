"""A request's body before it is read: how large, of which kind, and whether text can keep it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.parser import Parser

from tenure.workspace.endpoints.errors import BodyMalformed, BodyTooLarge, MediaTypeUnsupported, ValueOutOfRange

if TYPE_CHECKING:
    from django.http import HttpRequest

JSON_TYPES = ("application/json", "application/merge-patch+json")
FORM_TYPE = "multipart/form-data"
DEEPEST = 50


class JsonParser(Parser):
    """JSON, without what PostgreSQL's text cannot hold: NUL, half a surrogate pair, numbers that are none."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401 - any JSON value
        """The body's value. Raises ValueError where it is no JSON, ValueOutOfRange for what cannot be kept."""
        try:
            value = json.loads(request.body.decode("utf-8-sig"), parse_constant=_refuse)
        except RecursionError as problem:
            raise ValueError("it is nested too deeply") from problem
        _guard_text(value, DEEPEST)
        return value


def guard_body(request: HttpRequest, sources: Sequence[str], max_bytes: int) -> None:
    """Raise BodyTooLarge, MediaTypeUnsupported or BodyMalformed where the operation cannot read the body.

    sources: where the operation takes its input from (`body`, `form`, `file`, ...).
    """
    if "\x00" in request.get_full_path() or "%00" in request.META.get("QUERY_STRING", ""):
        raise ValueOutOfRange
    is_form = "file" in sources or "form" in sources
    if not is_form and "body" not in sources:
        return
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > max_bytes:
        raise BodyTooLarge(max_bytes=max_bytes)
    wanted = (FORM_TYPE,) if is_form else JSON_TYPES
    if length and request.content_type not in wanted:
        raise MediaTypeUnsupported(wanted=wanted[0])
    try:
        _ = request.POST if is_form else request.body
    except RequestDataTooBig as problem:
        raise BodyTooLarge(max_bytes=max_bytes) from problem
    except (UnreadablePostError, MultiPartParserError) as problem:
        raise BodyMalformed(problem=str(problem)) from problem


def _guard_text(value: object, depth: int) -> None:
    if depth == 0:
        raise ValueError("it is nested too deeply")
    if isinstance(value, str):
        _guard_string(value)
    elif isinstance(value, dict):
        for name, part in value.items():
            _guard_string(name)
            _guard_text(part, depth - 1)
    elif isinstance(value, list):
        for part in value:
            _guard_text(part, depth - 1)


def _guard_string(text: str) -> None:
    if "\x00" in text or (not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)):
        raise ValueOutOfRange


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
