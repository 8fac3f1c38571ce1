"""A file is put on an account."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING, Any, cast
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from tenure.directory.domain.file_types import HEAD_BYTES, media_type_of
from tenure.directory.errors import FileEmpty, FileTooLarge, FileTypeRefused
from tenure.directory.models import AccountFile
from tenure.directory.queries.accounts import get_account
from tenure.directory.records import ACCOUNT_FILE
from tenure.kernel.ids import uuid7
from tenure.workspace.action import action
from tenure.workspace.models import StoredFile
from tenure.workspace.records import insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_MEGABYTES = 50
_BLOCK = 1024 * 1024
_NAME_LENGTH = 200


@action("directory.add_file")
def add_file(ctx: Context, account_id: UUID, name: str, content: IO[bytes], *, person_id: UUID | None = None) -> AccountFile:
    """Keep a file of at most 50 MB. Its type is read from its bytes; it is only ever sent as a download.

    Raises FileEmpty, FileTooLarge, FileTypeRefused, NotFound: nothing of it is kept then. Not idempotent.
    """
    account = get_account(ctx, account_id, permission="directory.add_file")
    shown = clean_name(name)
    digest, size, head = _measured(shown, content)
    media_type = media_type_of(shown, head)
    if media_type is None:
        raise FileTypeRefused(name=shown)
    stored = _kept(ctx, account.pk, shown, content, digest, size)
    values: dict[str, Any] = {"name": shown, "account": account.pk, "person": person_id}
    row = cast("AccountFile", ACCOUNT_FILE.build(ctx, values))
    row.file, row.media_type, row.added_by_id = stored, media_type, ctx.member_id
    insert_records(ctx, ACCOUNT_FILE, [row], values.keys())
    ctx.audit(row, name=shown, size=size)
    return row


def clean_name(name: str) -> str:
    """A file's own name: no folder, no control character, no more than 200 signs."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(sign for sign in bare if sign.isprintable()).strip().lstrip(".")
    stem, dot, ending = printable.rpartition(".")
    short = (
        f"{stem[: _NAME_LENGTH - len(ending) - 1]}{dot}{ending}"
        if stem and len(ending) < _NAME_LENGTH // 2
        else printable[:_NAME_LENGTH]
    )
    return short or "file"


def _measured(name: str, content: IO[bytes]) -> tuple[bytes, int, bytes]:
    """Digest, size and first bytes, read once in blocks and no further than the limit."""
    digest, size, head = hashlib.sha256(), 0, b""
    while block := content.read(_BLOCK):
        head = head or block[:HEAD_BYTES]
        digest.update(block)
        size += len(block)
        if size > MAX_MEGABYTES * _BLOCK:
            raise FileTooLarge(name=name, limit=MAX_MEGABYTES)
    if not size:
        raise FileEmpty(name=name)
    content.seek(0)
    return digest.digest(), size, head


def _kept(ctx: Context, account_id: UUID, name: str, content: IO[bytes], digest: bytes, size: int) -> StoredFile:
    """The bytes in the files' storage under a name that says nothing; taken away again where the transaction comes to nothing."""
    key = uuid7()
    path = default_storage.save(f"{ctx.workspace.pk}/accounts/{key}", File(content, name=str(key)))
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                id=key,
                workspace_id=ctx.workspace.pk,
                name=name,
                path=path,
                size=size,
                digest=digest,
                account_id=account_id,
                created_at=ctx.now(),
                created_by_id=ctx.actor.id,
            )
    except BaseException:
        default_storage.delete(path)
        raise
