"""`Idempotency-Key`: a POST that is sent twice is done once and answered twice.

The reply is kept in the transaction of its effect, so neither exists without the other; who comes second while the first is under
way is told so. Only what succeeded is kept: a refusal changed nothing and may be tried again.
Source: draft-ietf-httpapi-idempotency-key-header-07.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.http import HttpResponse

from tenure.workspace.endpoints.errors import IdempotencyKeyMalformed, RequestUnderWay
from tenure.workspace.errors import IdempotencyKeyReused
from tenure.workspace.models import IdempotentReply

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from tenure.workspace.endpoints.admission import Admitted

HEADER = "Idempotency-Key"
KEPT_HOURS = 24
LONGEST_KEY = 255
FORGOTTEN_AT_ONCE = 100
KEPT_HEADERS = ("Content-Type", "ETag", "Location")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_BAD_REQUEST = 400


def answer_once(
    request: HttpRequest, caller: Admitted, carry_out: Callable[[], HttpResponseBase], *, shown_once: str = ""
) -> HttpResponseBase:
    """Answer as `carry_out` does, or as it did when the same request came first. Runs inside the transaction of the effect.

    shown_once: the field of the answer that is a secret; it is null in what is kept, and so in every repetition.
    Raises IdempotencyKeyMalformed, IdempotencyKeyReused (another request under the same key), RequestUnderWay.
    """
    key = _key_of(request)
    if key is None:
        return carry_out()
    fingerprint = fingerprint_of(request)
    if not _claim(caller, key):
        raise RequestUnderWay
    _forget_old(caller)
    earlier = IdempotentReply.objects.filter(api_key_id=caller.api_key_id, key=key).first()
    if earlier is not None:
        if bytes(earlier.fingerprint) != fingerprint:
            raise IdempotencyKeyReused
        return _again(earlier)
    response = carry_out()
    if isinstance(response, HttpResponse) and response.status_code < _BAD_REQUEST:
        _keep(caller, key, fingerprint, response, shown_once)
    return response


def fingerprint_of(request: HttpRequest) -> bytes:
    """What tells one request from another: method, address, body; of a form its fields and files, not the seams between them."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.digest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.digest()


def _key_of(request: HttpRequest) -> str | None:
    given = request.headers.get(HEADER)
    if given is None:
        return None
    key = given.strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyMalformed(longest=LONGEST_KEY)
    return key


def _claim(caller: Admitted, key: str) -> bool:
    """Hold the key until the transaction ends; False where another request holds it."""
    name = f"{caller.ctx.workspace.pk}:{caller.api_key_id}:{key}"
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _forget_old(caller: Admitted) -> None:
    before = caller.ctx.now() - timedelta(hours=KEPT_HOURS)
    old = IdempotentReply.objects.filter(api_key_id=caller.api_key_id, created_at__lt=before).order_by("created_at")
    IdempotentReply.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])).delete()


def _keep(caller: Admitted, key: str, fingerprint: bytes, response: HttpResponse, shown_once: str) -> None:
    body = response.content.decode()
    if shown_once:
        body = json.dumps(json.loads(body) | {shown_once: None}, ensure_ascii=False)
    IdempotentReply.objects.create(
        workspace_id=caller.ctx.workspace.pk,
        api_key_id=caller.api_key_id,
        key=key,
        fingerprint=fingerprint,
        status=response.status_code,
        body=body,
        headers={name: response[name] for name in KEPT_HEADERS if name in response},
        created_at=caller.ctx.now(),
    )


def _again(earlier: IdempotentReply) -> HttpResponse:
    response = HttpResponse(earlier.body, status=earlier.status)
    for name, value in earlier.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response
