"""Files of an account: put one there, fetch it, take it away."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, cast
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.directory.actions.add_file import add_file
from tenure.directory.actions.delete_files import delete_files
from tenure.directory.models import AccountFile
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.touches import get_touch
from tenure.directory.views.touches import account_page
from tenure.kernel.errors import DomainError, NotFound
from tenure.workspace.models import StoredFile
from tenure.workspace.pages import error_sentence, page, say, see_other

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

MAX_FILES = 20


@page("directory.add_file")
@require_POST
def account_files(request: Request, account_id: UUID) -> HttpResponse:
    """Keep the files sent; of those that cannot be kept, say why."""
    ctx = request.ctx
    account = get_account(ctx, account_id)
    kept = 0
    for upload in request.FILES.getlist("files")[:MAX_FILES]:
        try:
            add_file(ctx, account.pk, upload.name or "", cast("IO[bytes]", upload.file))
            kept += 1
        except DomainError as error:
            say(request, error_sentence(error))
    if kept:
        say(request, _("%(count)s kept.") % {"count": kept})
    return see_other(account_page(ctx, account.pk, "files"))


@page("directory.view")
@require_GET
def file(request: Request, file_id: UUID) -> HttpResponse:
    """Send the file, always as a download, never to be shown or run by the browser."""
    row = get_touch(request.ctx, AccountFile, file_id)
    stored = StoredFile.objects.filter(pk=row.file_id).first()
    if stored is None or not default_storage.exists(stored.path):
        raise NotFound(kind="file")
    # FileResponse quotes the name and adds its UTF-8 form (RFC 6266).
    response = FileResponse(
        default_storage.open(stored.path, "rb"), as_attachment=True, filename=row.name, content_type=row.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return cast("HttpResponse", response)


@page("directory.delete_file")
@require_POST
def file_removals(request: Request, file_id: UUID) -> HttpResponse:
    """Take the file off the account; the next page offers to take it back."""
    ctx = request.ctx
    row = get_touch(ctx, AccountFile, file_id)
    say(request, _("%(name)s deleted.") % {"name": row.name}, undo=delete_files(ctx, [file_id]))
    return see_other(account_page(ctx, row.account_id, "files"))
