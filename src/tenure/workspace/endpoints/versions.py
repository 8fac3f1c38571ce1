"""Versions of records as ETag and If-Match, so that nobody overwrites what they have not seen (RFC 9110, section 13)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from django.urls import reverse

from tenure.workspace.errors import RecordChanged

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tenure.workspace.models.base import Record

Row = TypeVar("Row", bound="Record")

_TAG = re.compile(r'"(\d{1,9})"')


def tag_version(response: HttpResponse, row: Row) -> Row:
    """Name the row's version in the answer."""
    response["ETag"] = f'"{row.version}"'
    return row


def tag_made(response: HttpResponse, row: Row, address: str) -> Row:
    """Name where the new row is found, and its version. address: the name of the operation's path."""
    response["Location"] = reverse(f"api:{address}", args=[row.pk])
    return tag_version(response, row)


def wanted_version(request: HttpRequest, given: int | None = None) -> int | None:
    """The version that If-Match, or else the body, says the caller has in hand; None: any.

    Raises RecordChanged for a tag that is not one of ours: it can match no row.
    """
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return given
    tag = _TAG.fullmatch(header)
    if tag is None:
        raise RecordChanged
    return int(tag[1])
