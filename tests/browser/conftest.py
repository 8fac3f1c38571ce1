"""The real product, served to a real Chromium: pages under the product's own security policy, on committed rows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from procrastinate.contrib.django import app

from tests.conftest import committed
from tests.world import Company, open_company

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@dataclass
class Site:
    """The product at an address, and a company in it."""

    url: str
    company: Company


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


def work_off() -> None:
    """Do all jobs that wait, as a worker would; in a thread of its own, since Playwright keeps an event loop in ours."""

    def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, postgres_server, nats_server, store_server) -> Iterator[Site]:
    """Served for the tests of one module, with the stream and the event store behind it. Playwright keeps an event loop in this thread, which Django takes for asynchronous code."""
    with committed(django_db_blocker, postgres_server):
        server = ThreadedWSGIServer(("localhost", 0), _Quiet, connections_override={})
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Site(f"http://localhost:{server.server_port}", open_company("Lumen Desk"))
        server.shutdown()
        server.server_close()
        thread.join()


Visit = Callable[..., "Page"]


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Visit]:
    """Open a page as a persona (the owner unless told otherwise); fails on any script error or breach of the policy."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_one(
        path: str,
        *,
        persona: Any = None,
        width: int = 1440,
        theme: str = "light",
        language: str = "",
        bypass_csp: bool = False,
        anonymous: bool = False,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            bypass_csp=bypass_csp,
            locale=language or "en",
        )
        contexts.append(context)
        if not anonymous:
            client = (persona or site.company.owner).client
            context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.url + path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []
