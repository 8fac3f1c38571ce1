"""A server of mock pages in a process of its own, and a browser that fails a test on any script error or policy breach."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[2]
# Chromium itself remarks on the gallery's deliberately wrong date, and on the answer of /broken/.
EXPECTED = re.compile(r"does not conform to the required format|status of 500")

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def mock_site() -> Iterator[str]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [sys.executable, "-m", "tests.ui.serve"]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def open_page(chromium: Browser, mock_site: str) -> Iterator[OpenPage]:
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not EXPECTED.search(message.text):
            complaints.append(message.text)

    def open_one(path: str, *, width: int = 1440, theme: str = "light", scripts: bool = True, bypass_csp: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=scripts,
            bypass_csp=bypass_csp,
        )
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(mock_site + path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_one
    for context in chromium.contexts:
        context.close()
    assert complaints == []
