"""The modules at work in Chromium, under the strict content security policy; any script error fails the test."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog

from tests.ui.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_palette_by_keyboard_finds_records_and_escape_closes_it(open_page: OpenPage) -> None:
    page = open_page("/accounts/")

    page.keyboard.press("Control+k")
    page.keyboard.type("hol")
    page.locator("#palette-found .palette-item").wait_for()

    assert page.locator("#palette .palette-item > span").all_inner_texts() == ["Hollis Logistics"]
    page.keyboard.press("Escape")
    assert page.locator("#palette").is_hidden()


def test_palette_finds_places_of_the_navigation(open_page: OpenPage) -> None:
    page = open_page("/accounts/")

    page.keyboard.press("Control+k")
    page.keyboard.type("renew")

    assert page.locator("[data-palette-places] .palette-item").all_inner_texts() == ["Renewals"]


def test_list_keys_select_rows_and_the_bar_counts_them(open_page: OpenPage) -> None:
    page = open_page("/accounts/")

    for key in "jxjx":
        page.keyboard.press(key)

    assert page.locator("[data-bulk-count]").inner_text() == "2"
    page.keyboard.press("Escape")
    assert page.locator("[data-bulk]").is_hidden()


def test_list_space_opens_the_row_in_place_and_the_header_raises_a_toast(open_page: OpenPage) -> None:
    page = open_page("/accounts/")

    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.locator("tr.peek p").wait_for()
    page.locator(".toast").wait_for()

    assert page.locator("tr.peek").inner_text().strip() == "Looked at in place"
    assert page.locator(".toast > span").inner_text() == "已保存"
    assert page.locator(".toast form").get_attribute("action") == "/undo/"


def test_list_enter_opens_the_record(open_page: OpenPage) -> None:
    page = open_page("/accounts/")

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/frame/")

    assert page.locator("h1").inner_text() == "Frame"


def test_shift_click_selects_the_range_and_then_all_of_the_filter(open_page: OpenPage) -> None:
    page = open_page("/accounts/")
    boxes = page.locator("tr[data-row] .select input")

    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    assert page.locator("[data-bulk-count]").inner_text() == "4"

    page.locator("[data-bulk-all]").click()
    assert page.locator("[data-bulk-all-value]").input_value() == "1"
    assert page.locator("[data-bulk-count]").inner_text() == "10"


def test_theme_choice_shows_at_once_and_stays_on_the_page(open_page: OpenPage) -> None:
    page = open_page("/accounts/")

    page.locator("button[popovertarget=member-side]").click()
    with page.expect_response("**/theme/") as answer:
        page.locator("#member-side button[value=dark]").click()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert answer.value.json() == {"theme": "dark"}


def test_combobox_keeps_the_choice_in_the_select(open_page: OpenPage) -> None:
    page = open_page("/gallery/")

    field = page.locator(".ts-control input").first
    field.focus()
    field.press_sequentially("tom")
    page.locator(".ts-dropdown [data-selectable].active[data-value=to]").wait_for()
    field.press("Enter")

    assert page.locator("#id_owner").input_value() == "to"


def test_charts_are_drawn_under_the_policy(open_page: OpenPage) -> None:
    page = open_page("/gallery/")

    for plot in page.locator("[data-chart]").all():
        plot.scroll_into_view_if_needed()
        plot.locator("svg").wait_for()

    assert page.locator("[data-chart][data-drawn]").count() == 4


def test_moment_is_said_relative_to_now(open_page: OpenPage) -> None:
    page = open_page("/relative/")

    assert page.locator("time").all_inner_texts() == ["2 hr. ago", "yesterday"]


def test_failed_request_says_so(open_page: OpenPage) -> None:
    page = open_page("/accounts/")

    page.evaluate("htmx.ajax('GET', '/broken/', {target: '#main'})")
    page.locator(".toast-rose").wait_for()

    assert page.locator("h1").inner_text() == "Accounts"


def test_progress_asks_again_until_done(open_page: OpenPage) -> None:
    page = open_page("/work/")

    page.get_by_text("Done").wait_for()

    assert page.locator("progress").get_attribute("value") == "100"


def test_filters_and_menus_open_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/accounts/", scripts=False)

    page.locator("button[popovertarget=chip-1]").click()

    assert page.locator("#chip-1").is_visible()


def test_linked_dialog_shows_what_the_link_answers_under_its_words(open_page: OpenPage) -> None:
    page = open_page("/relative/")

    page.get_by_role("link", name="Look closer").click()
    page.locator("#dialog-body p").wait_for()

    assert page.locator("#dialog h2").inner_text() == "Look closer"
    assert page.locator("dialog .toast > span").inner_text() == "已保存"
    page.keyboard.press("Escape")
    assert page.locator("#dialog").is_hidden()


def test_guarded_form_asks_before_its_changes_are_lost(open_page: OpenPage) -> None:
    page = open_page("/gallery/")
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)

    page.locator("form[data-guard] #id_note").fill("half a thought")
    page.goto(page.url.replace("gallery", "frame"))

    assert asked == ["beforeunload"]


def test_wide_table_scrolls_in_its_box_and_a_fitting_one_with_the_page(open_page: OpenPage) -> None:
    narrow = open_page("/accounts/?lang=es", width=800)
    box = narrow.locator(".table-box")
    assert box.evaluate("box => [box.classList.contains('table-fits'), getComputedStyle(box).overflowX]") == [False, "auto"]

    wide = open_page("/accounts/", width=1440)
    box = wide.locator(".table-box")
    assert box.evaluate("box => [box.classList.contains('table-fits'), getComputedStyle(box).overflowX]") == [True, "clip"]
