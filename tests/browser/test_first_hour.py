"""A founder's first hour, in the browser: sign up, import what they have, see the bow-tie, drill down, take it all back."""

from __future__ import annotations

import re

import pytest

from tenure.directory.models import Account
from tenure.market.models import Lead
from tenure.workspace.models import User
from tenure.workspace.queries.entry import list_memberships
from tenure.workspace.scope import Scope, enter
from tests.browser.conftest import work_off

pytestmark = [pytest.mark.browser]

ACCOUNTS = """\ufeffname;external id;domain;city;number of employees
Hollis Logistics;A1;hollis.example;Rotterdam;1240
Brightwater Clinics;A2;brightwater.example;Utrecht;310
青禾软件;A3;qinghe.example;上海;95
"""
LEADS = """lead id,name,company,first contact date,channel,status
L1,Marit de Vries,Hollis Logistics,2026-08-03,Paid search,qualified
L2,Jan Bakker,Brightwater Clinics,2026-08-17,Paid search,new
L3,Lin Wei,青禾软件,2026-09-01,Partners,new
"""


def _import(page, url: str, record: str, name: str, content: str) -> None:
    page.goto(f"{url}imports/new/?record={record}")
    page.set_input_files("input[type=file]", [{"name": name, "mimeType": "text/csv", "buffer": content.encode()}])
    page.click("main button.button-primary")
    page.wait_for_url(re.compile(r"/columns/"))
    page.click("main button.button-primary")
    page.wait_for_load_state("networkidle")
    if page.get_by_text("create it").count():
        page.get_by_text("create it").first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_selector("text=/Import \\d+ rows/")
    page.click("main button.button-primary")
    page.wait_for_load_state("networkidle")
    work_off()
    page.wait_for_selector("text=Undo the whole import")


def test_founder_signs_up_imports_sees_the_bow_tie_drills_down_and_takes_it_back(site, visit):
    page = visit("/accounts/signup/", anonymous=True)
    page.fill("input[name=email]", "founder@lumen.example")
    page.fill("input[name=password1]", "correct horse battery")
    page.click("button[type=submit]")
    page.wait_for_url(re.compile(r"/welcome/"))
    page.fill("input[name=name]", "Lumen")
    page.click("button[type=submit]")
    page.wait_for_url(re.compile(r"/lumen-"))
    place = list_memberships(User.objects.get(email="founder@lumen.example").pk)[0]
    url = f"{site.url}/{place.slug}/"

    _import(page, url, "account", "accounts.csv", ACCOUNTS)
    _import(page, url, "lead", "leads.csv", LEADS)
    undo_address = page.url

    page.goto(f"{url}bow-tie/?span=all")
    page.wait_for_load_state("networkidle")
    assert page.locator("svg a").count() > 0
    band = page.locator("svg a", has_text="Lead").first
    assert "3" in (band.text_content() or "") or "3" in (band.get_attribute("aria-label") or "")
    band.click()
    page.wait_for_load_state("networkidle")
    assert "Marit de Vries" in page.content() or "Hollis Logistics" in page.content()

    page.goto(undo_address)
    page.click("text=Undo the whole import")
    page.wait_for_load_state("networkidle")
    with enter(Scope(place.workspace_id)):
        assert (Lead.objects.count(), Account.objects.count()) == (0, 3)
