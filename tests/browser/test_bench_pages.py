"""The engineer's bench in a browser: a source is made, an event is posted with its key, and the page shows it by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from tenure.stream.queries.sources import find_by_digest
from tests.stream.serving import live_ingest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenure.stream.ingest.sources import Source

pytestmark = [pytest.mark.browser]


class _Everybody(dict[bytes, "Source"]):
    """Sources as the database knows them at that moment."""

    def get(self, digest: bytes, _default: object = None) -> Source | None:  # type: ignore[override]
        return find_by_digest(digest)


@pytest.fixture
def ingest(nats_server, store_server) -> Iterator[str]:
    with live_ingest(_Everybody()) as live:
        yield live.url


def test_engineer_makes_a_source_posts_and_sees_the_event_arrive(site, visit, ingest):
    slug = site.company.workspace.slug
    page = visit(f"/{slug}/sources/new/")
    page.get_by_label("Name").fill("API server")
    page.get_by_role("button", name="Make the source").click()
    key = page.get_by_label("Write key").input_value()
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_text("Copied.").wait_for()

    page.goto(f"{site.url}/{slug}/live-events/")
    page.get_by_text("Listening").wait_for()
    call = {"userId": "user-17", "event": "Report Exported", "messageId": "m-1", "properties": {"rows": 240}}
    assert requests.post(f"{ingest}/v1/track", json=call, auth=(key, ""), timeout=20).status_code == 200
    page.get_by_text("Waiting for an account").nth(1).wait_for()

    page.get_by_role("link", name="Report Exported").click()
    page.get_by_text('"rows": 240').wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Pause").click()
    page.get_by_role("link", name="Go on").wait_for()


def test_test_event_is_seen_arriving_on_its_source(site, visit, ingest):
    slug = site.company.workspace.slug
    page = visit(f"/{slug}/sources/")
    page.get_by_role("link", name="API server").click()
    page.get_by_role("button", name="Send a test event").click()

    page.get_by_role("link", name="Test Event Sent").wait_for()
