"""Node's existing clients, unmodified, against a live ingest: what they sent is what is counted, once.

The packages are those of node/package-lock.json, installed once into build/node.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from tests.stream.serving import Trouble, live_ingest
from tests.stream.world import rows_of, source_of, wait_for

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore

HERE = Path(__file__).parent / "node"
KEPT = Path(__file__).resolve().parents[2] / "build" / "node"
YESTERDAY = datetime.now(UTC).replace(microsecond=250_000) - timedelta(days=1)

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder whose node_modules has the clients; a test skips, and says why, where they are not to be had."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are missing: apt-get install -y nodejs npm")
    lock = (HERE / "package-lock.json").read_bytes()
    kept = KEPT / hashlib.sha256(lock).hexdigest()[:16]
    if not kept.exists():
        _install(npm, kept)
    return kept


def _install(npm: str, kept: Path) -> None:
    """Install beside, then rename: a folder that is there is whole, and of two test runs the first one's stays."""
    KEPT.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=KEPT))
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, made)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False, timeout=280)
    if done.returncode:
        shutil.rmtree(made)
        pytest.skip(f"npm could not install the clients of {HERE}/package-lock.json: {done.stderr.strip()[-300:]}")
    with suppress(OSError):
        made.rename(kept)


@pytest.fixture
def workspace() -> UUID:
    return uuid4()


@pytest.fixture
def sources(workspace, nats_server, store_server):
    return source_of(workspace)


def _send(packages: Path, client: str, what: str, url: str, key: str) -> None:
    done = subprocess.run(
        ["node", str(HERE / "send.js"), client, what, url, key, YESTERDAY.isoformat().replace("+00:00", "Z")],
        env={"NODE_PATH": str(packages / "node_modules"), "PATH": "/usr/local/bin:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _said(store: EventStore, workspace: UUID) -> list[tuple[Any, ...]]:
    return sorted((row.name, row.subject, str(row.properties)) for row in rows_of(store, workspace))


EVERYTHING = [
    ("$alias", "u:u1", "{}"),
    ("$group", "g:acme", "{'name': 'Acme', 'seats': 12}"),
    ("$identify", "u:u1", "{'email': 'ana@acme.example'}"),
    ("$page", "u:u1", "{'name': 'Pricing', 'url': '/pricing'}"),
    ("$screen", "u:u1", "{'name': 'Home', 'tab': 'all'}"),
    ("Invoice Sent", "g:acme", "{'amount': 12.5, 'to': 'Müller'}"),
]


@pytest.mark.parametrize("client", ["segment", "rudder"])
def test_every_call_of_the_client_is_counted_as_it_was_sent(packages, sources, event_store, workspace, client):
    found, key = sources
    with live_ingest(found) as live:
        _send(packages, client, "everything", live.url, key)

    wait_for(lambda: _said(event_store, workspace), EVERYTHING)
    rows = rows_of(event_store, workspace)
    track = next(row for row in rows if row.name == "Invoice Sent")
    assert abs(track.time - YESTERDAY) < timedelta(seconds=5)
    assert abs(track.client_time - YESTERDAY) < timedelta(milliseconds=1)
    assert {row.context["library"]["name"] for row in rows} <= {"@segment/analytics-node", "analytics-node"}
    if client == "rudder":
        assert {row.id for row in rows} == {"m-alias", "m-group", "m-identify", "m-page", "m-screen", "m-track"}


@pytest.mark.parametrize("client", ["segment", "rudder"])
@pytest.mark.parametrize("trouble", [{"refuse": 2}, {"forget": 1}], ids=["refused", "answer lost"])
def test_client_that_is_told_to_wait_sends_again_and_is_counted_once(packages, sources, event_store, workspace, client, trouble):
    found, key = sources
    met = Trouble(**trouble)
    with live_ingest(found, met) as live:
        _send(packages, client, "many", live.url, key)

    assert len(met.answers) > 1
    wait_for(
        lambda: sorted(row.subject for row in rows_of(event_store, workspace)), sorted(f"u:u{number}" for number in range(20))
    )


@pytest.fixture
def shop() -> Iterator[str]:
    """A page of another origin than ingest's."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Shop</title>")

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/pricing"
    server.shutdown()


def test_browser_client_is_counted_as_it_was_sent(packages, sources, event_store, workspace, chromium, shop):
    found, key = sources
    with live_ingest(found) as live:
        page = chromium.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(shop)
        page.add_script_tag(path=packages / "node_modules/@segment/analytics-next/dist/umd/index.js")
        page.evaluate(
            """([writeKey, cdnURL]) => {
                const analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnURL });
                analytics.identify("u1", { email: "ana@acme.example" });
                analytics.group("acme", { name: "Acme" });
                analytics.page("Pricing");
                analytics.track("Invoice Sent", { amount: 12.5 }, { groupId: "acme" });
            }""",
            [key, live.url],
        )
        deadline = time.monotonic() + 20
        while len(rows_of(event_store, workspace)) < 4 and time.monotonic() < deadline:
            page.wait_for_timeout(200)
        page.close()
        assert said == []

    kept = sorted((row.name, row.subject, row.user_id) for row in rows_of(event_store, workspace))
    assert kept == [
        ("$group", "g:acme", "u1"),
        ("$identify", "u:u1", "u1"),
        ("$page", "u:u1", "u1"),
        ("Invoice Sent", "g:acme", "u1"),
    ]
    track = next(row for row in rows_of(event_store, workspace) if row.name == "Invoice Sent")
    assert track.properties == {"amount": 12.5}
    assert track.context["page"]["url"] == shop


def test_cloud_events_in_all_modes_are_counted_as_they_were_sent(packages, sources, event_store, workspace):
    found, key = sources
    with live_ingest(found) as live:
        _send(packages, "cloudevents", "everything", live.url, key)

    wait_for(lambda: [row.id for row in rows_of(event_store, workspace)], ["c-1", "c-2", "c-3", "c-4"])
    kept = rows_of(event_store, workspace)
    assert [(row.name, row.subject, row.user_id, row.properties) for row in kept] == [
        ("api.call", "g:acme", "u1", {"ms": 12})
    ] * 4
    assert {abs(row.time - YESTERDAY) < timedelta(milliseconds=1) for row in kept} == {True}
