"""The files of the look: every sheet linked, every token defined, every icon drawn, every vendored file named, nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tenure.ui
from tenure.ui.marks import known_icons
from tenure.ui.sprite import draw_symbol, read_names
from tenure.ui.tags.pieces import SHEETS

UI = Path(tenure.ui.__file__).parent
STATIC = UI / "static/ui"
MODULE_LINES = 100
TEMPLATE_LINES = 150


def test_sheets_linked_are_exactly_those_that_exist() -> None:
    assert sorted(SHEETS) == sorted(path.stem for path in (STATIC / "css").glob("*.css"))


def test_tokens_used_are_all_defined() -> None:
    sheets = "".join(path.read_text() for path in (STATIC / "css").glob("*.css"))

    assert set(re.findall(r"var\((--[a-z0-9-]+)", sheets)) - set(re.findall(r"(--[a-z0-9-]+):", sheets)) == set()


def test_colours_stand_only_in_tokens() -> None:
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\brgb\(|\bhsl\(", re.IGNORECASE)

    assert [
        path.name for path in sorted((STATIC / "css").glob("*.css")) if path.stem != "tokens" and literal.search(path.read_text())
    ] == []


def test_fonts_named_by_the_sheet_are_shipped() -> None:
    named = re.findall(r'url\("\.\./([^"]+)"\)', (STATIC / "css/fonts.css").read_text())

    assert [name for name in named if not (STATIC / name).is_file()] == []


def test_sprite_holds_exactly_the_listed_icons() -> None:
    drawn = re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text())

    assert set(drawn) == known_icons()
    assert len(drawn) == len(known_icons())


def test_modules_stay_under_a_hundred_lines_and_import_existing_ones() -> None:
    modules = {path.name: path.read_text() for path in (STATIC / "js").glob("*.js")}

    assert {name for name, text in modules.items() if len(text.splitlines()) >= MODULE_LINES} == set()
    assert {
        name
        for text in modules.values()
        for name in re.findall(r'from "\./([^"]+)"|import "\./([^"]+)"', text)
        for name in name
        if name
    } <= set(modules)


def test_templates_hold_no_inline_style_script_or_handler() -> None:
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)", re.IGNORECASE)

    templates = sorted((UI / "templates").rglob("*.html"))
    assert [path.name for path in templates if inline.search(path.read_text())] == []
    assert [path.name for path in templates if len(path.read_text().splitlines()) > TEMPLATE_LINES] == []


def test_vendored_files_are_all_listed_with_their_licence() -> None:
    listed = (STATIC / "VENDOR.md").read_text()
    folders = sorted(path.name for path in (STATIC / "vendor").iterdir())

    assert [name for name in folders if f"vendor/{name}/" not in listed] == []
    assert [name for name in folders if not (STATIC / "vendor" / name / "LICENSE").is_file()] == []


def test_vendored_scripts_name_no_source_map_and_need_no_eval() -> None:
    scripts = {path.name: path.read_text() for path in (STATIC / "vendor").rglob("*.js")}

    assert [name for name, text in scripts.items() if "sourceMappingURL" in text or "new Function(" in text] == []


def test_read_names_skips_comments_and_repeats() -> None:
    assert read_names("# head\nsun\nmoon # night\nsun\n\n") == ["moon", "sun"]


def test_draw_symbol_drops_the_frame_and_keeps_the_shapes() -> None:
    svg = '<svg width="24"><path stroke="none" d="M0 0h24v24H0z" fill="none" />\n  <path d="M1 2" />\n</svg>'

    assert draw_symbol("dot", svg) == '<symbol id="dot" viewBox="0 0 24 24"><path d="M1 2" /></symbol>'


def test_draw_symbol_of_something_else_raises() -> None:
    with pytest.raises(ValueError, match="dot"):
        draw_symbol("dot", "<p>")
