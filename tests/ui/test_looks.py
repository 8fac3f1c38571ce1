"""Every mock page in every width, theme and language: nothing wider than the screen, no axe violation."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.ui.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.looks]

PAGES = ("gallery", "account", "accounts", "import", "sign-in", "missing")
LANGUAGES = ("en", "zh-hans", "es")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", PAGES)
def test_page_fits_its_width_and_passes_axe(open_page: OpenPage, name: str, width: int, theme: str, language: str) -> None:
    # axe is injected as an inline script, which the policy rightly refuses.
    page = open_page(f"/{name}/?lang={language}&theme={theme}", width=width, theme=theme, bypass_csp=True)

    found = Axe().run(page)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found.response["violations"]] == []
