"""Every page, looked at: nothing wider than the screen, no axe violation, no complaint of the browser, no text cut in any language.

One look a page in `make test`; every width, theme and language in `make looks`, with pictures in build/looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tenure.kernel import clock
from tenure.stream.store.client import EventStore
from tenure.usage.domain.evaluation import SeenEvent
from tenure.workspace.models import Member
from tenure.workspace.scope import enter
from tests.house.test_access import PLACES, Place
from tests.usage.given import EVER, given_events, given_ties

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser]

PICTURES = Path(__file__).resolve().parents[2] / "build" / "looks"
PAGES = [place for place in PLACES if not place.route.endswith(("exports/", "references/<slug:record>/"))]
LANGUAGES = ("en", "zh-hans", "es")
USERS = ("ann", "bob", "cleo")


@pytest.fixture(scope="module")
def example(site, store_server):
    """An account with something on it, for pages that show one thing, and whose users have used the product for a month."""
    account = site.company.account(
        "Hollis Logistics", domain="hollis.example", city="Rotterdam", industry="Logistics", employees=1240, tags=["key"]
    )
    store, workspace_id = EventStore(store_server.url), site.company.workspace.pk
    given_ties(store, workspace_id, [(f"u:{user}", account.pk, EVER) for user in USERS])
    given_events(store, workspace_id, _month_of_calls())
    return account


def _month_of_calls() -> Iterator[tuple[str, SeenEvent]]:
    """Working days are busier; one visitor belongs to nobody."""
    now = clock.now()
    for number in range(31 * 24):
        at = now - timedelta(minutes=5, hours=number)
        user = (*USERS, "visitor")[number % 4]
        if at.isoweekday() < 6 or number % 9 == 0:
            yield f"u:{user}", SeenEvent("call", at, {"bytes": number % 90, "plan": "team"}, user, seq=1, idx=number)


def _opened(site, visit, place: Place, example, language: str) -> Page:
    url = place.url(site.company, example)
    answer = site.company.owner.client.get(url)
    if answer.status_code != 200 or b"<!doctype html>" not in getattr(answer, "content", b""):
        pytest.skip("takes posts, leads on, or is a part of a page")
    _read_in(site, language)
    return visit(url, language=language, bypass_csp=True)


def _problems(page: Page, place: Place, width: int, theme: str, language: str) -> list[object]:
    """What is wrong with the page as it shows now; its picture goes to build/looks."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    name = place.route.replace("/", "-").replace("<", "").replace(">", "").replace(":", "-") or "home"
    page.screenshot(path=PICTURES / f"{name}{width}-{theme}-{language}.png", full_page=True)
    found = Axe().run(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    problems: list[object] = [(violation["id"], violation["nodes"][0]["html"]) for violation in found.response["violations"]]
    return problems + ([f"{wide} pixels wide on a screen of {width}"] if wide > width else [])


def _read_in(site, language: str) -> None:
    owner = site.company.owner
    with enter(owner.ctx.scope):
        Member.objects.filter(pk=owner.member_id).update(language=language)


@pytest.mark.parametrize("place", PAGES, ids=[place.route or "home" for place in PAGES])
def test_page_once_fits_and_passes_axe(site, visit, example, place):
    page = _opened(site, visit, place, example, "en")

    assert _problems(page, place, 1440, "light", "en") == []


@pytest.mark.looks
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PAGES, ids=[place.route or "home" for place in PAGES])
def test_page_in_every_width_and_theme_fits_and_passes_axe(site, visit, example, place, language):
    page = _opened(site, visit, place, example, language)

    problems = {}
    for width, theme in product((1440, 390), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        page.wait_for_timeout(150)
        problems[width, theme] = _problems(page, place, width, theme, language)

    assert {shown: found for shown, found in problems.items() if found} == {}
