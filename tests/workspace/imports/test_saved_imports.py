from __future__ import annotations

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tenure.workspace.actions.save_import import save_import
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.saved import find_fitting
from tenure.workspace.imports.sources import SourceInvalid
from tenure.workspace.imports.unattended import import_from_source
from tenure.workspace.models import SavedImport
from tenure.workspace.outbound import OutboundFailed, OutboundRefused, fetch, public_address
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import accounts, counts

PLAN = FilePlan.from_dict({"record": "account", "columns": {"Key": "external_id", "Firm": "name"}})
HEADER = ["Key", "Firm"]
CONTENT = b"Key,Firm\n1,Alpha\n2,Beta\n"


class Shop(BaseHTTPRequestHandler):
    """A machine that gives files, and sends who asks for /away somewhere private."""

    def do_GET(self):
        away = self.path == "/away"
        self.send_response(302 if away else 200)
        if away:
            self.send_header("Location", "http://127.0.0.2:1/accounts.csv")
        self.end_headers()
        if not away:
            self.wfile.write(CONTENT)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def shop(settings, socket_enabled):
    settings.OUTBOUND_HOSTS = ("127.0.0.1",)
    server = HTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def inbox(settings, tmp_path):
    settings.IMPORT_FOLDER = tmp_path
    return tmp_path


def put(folder, name, content=CONTENT, *, age_seconds=60):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    then = path.stat().st_mtime - age_seconds
    os.utime(path, (then, then))


def test_saved_import_is_found_by_the_header_it_fits_in_any_order(acme):
    saved = save_import(acme.owner.ctx, "Firms", PLAN, HEADER)

    with enter(acme.owner.ctx.scope):
        assert (find_fitting(acme.owner.ctx, ["firm", "KEY"]), find_fitting(acme.owner.ctx, ["Key", "Company"])) == (saved, None)


def test_save_import_twice_under_one_name_replaces_it(acme):
    save_import(acme.owner.ctx, "Firms", PLAN, HEADER)
    save_import(acme.owner.ctx, "Firms", FilePlan("account"), ["Other"])

    with enter(acme.owner.ctx.scope):
        assert SavedImport.objects.get().plan == {
            "record": "account",
            "columns": {},
            "duplicates": "last",
            "empty_cells": "leave",
        }


def test_watched_folder_gives_each_settled_file_once(acme, inbox):
    ctx = acme.owner.ctx
    saved = save_import(ctx, "Firms", PLAN, HEADER, source="folder", place="firms", every_minutes=5)
    folder = inbox / ctx.workspace.slug / "firms"
    put(folder, "monday.csv")
    put(folder, "growing.csv", age_seconds=0)

    first, again = import_from_source(ctx, saved), import_from_source(ctx, saved)

    assert ([counts(one) for one in first], again) == ([{"created": 2}], [])
    assert accounts(ctx, "external_id", "name") == [("1", "Alpha"), ("2", "Beta")]
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["growing.csv"]


def test_watched_folder_outside_of_the_folder_for_imports_is_refused(acme, inbox):
    for place in ("../elsewhere", "/etc", "", "a/../../b", ".hidden"):
        with pytest.raises(SourceInvalid):
            save_import(acme.owner.ctx, "Firms", PLAN, HEADER, source="folder", place=place)


def test_watched_folder_with_unreadable_file_says_so(acme, inbox):
    ctx = acme.owner.ctx
    saved = save_import(ctx, "Firms", PLAN, HEADER, source="folder", place="firms")
    put(inbox / ctx.workspace.slug / "firms", "picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)

    import_from_source(ctx, saved)

    with enter(ctx.scope):
        assert SavedImport.objects.get().last_message == (
            "The file picture.csv is neither CSV nor XLSX. Save it as one of the two and load it again."
        )


def test_url_gives_its_file_once_until_it_changes(acme, shop):
    ctx = acme.owner.ctx
    saved = save_import(ctx, "Firms", PLAN, HEADER, source="url", place=f"{shop}/accounts.csv")

    first, again = import_from_source(ctx, saved), import_from_source(ctx, saved)

    assert ([counts(one) for one in first], again) == ([{"created": 2}], [])


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.7", "169.254.169.254", "192.168.1.1", "0.0.0.0", "::1", "::ffff:10.0.0.1"]
)
def test_address_that_is_not_public_is_refused(host, settings):
    settings.OUTBOUND_HOSTS = ()

    with pytest.raises(OutboundRefused):
        public_address(host, 443)


def test_redirect_to_an_address_that_is_not_public_is_refused(shop, tmp_path):
    with (tmp_path / "file").open("wb") as target, pytest.raises(OutboundRefused):
        fetch(f"{shop}/away", target, limit=1000)


def test_file_beyond_the_limit_is_refused(shop, tmp_path):
    with (tmp_path / "file").open("wb") as target, pytest.raises(OutboundFailed):
        fetch(f"{shop}/accounts.csv", target, limit=10)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/a.csv", "gopher://x", "https://"])
def test_address_of_another_kind_is_refused(url, tmp_path):
    with (tmp_path / "file").open("wb") as target, pytest.raises(OutboundRefused):
        fetch(url, target, limit=1000)
