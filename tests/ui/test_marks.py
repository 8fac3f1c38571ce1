"""Marks in a line: what they write, and that they escape."""

from __future__ import annotations

import pytest

from tenure.ui import marks


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ana Müller", "AM"),
        ("Hollis Logistics", "HL"),
        ("青禾软件", "青"),
        ("Kestrel", "KE"),
        ("Maple & Stone", "MS"),
        ("Øyvind Å", "ØÅ"),
        ("", "?"),
        ("---", "?"),
    ],
)
def test_initials_of_a_name_are_its_first_letters_or_first_chinese_sign(name: str, initials: str) -> None:
    assert marks.initials_of(name) == initials


def test_icon_unknown_raises_and_says_where_to_add_it() -> None:
    with pytest.raises(ValueError, match=r"ui/icons\.txt"):
        marks.icon("no-such-icon")


def test_icon_without_label_is_hidden_from_screen_readers() -> None:
    assert marks.icon("sun") == '<svg class="icon" aria-hidden="true"><use href="/static/ui/icons.svg#sun"></use></svg>'


def test_pill_escapes_its_text() -> None:
    assert marks.pill("<b>&") == '<span class="pill">&lt;b&gt;&amp;</span>'


def test_pill_unknown_tone_raises() -> None:
    with pytest.raises(ValueError, match="no tone"):
        marks.pill("x", "purple")


def test_attributes_underscores_become_hyphens_and_none_is_left_out() -> None:
    assert (
        marks.attributes({"hx_post": "/a?b&c", "class_": "x", "hidden": True, "title": None})
        == ' class="x" hx-post="/a?b&amp;c" hidden'
    )


def test_bar_in_a_language_with_decimal_comma_keeps_the_point_html_reads() -> None:
    assert marks.bar(1.5, 3, "Seats") == '<progress class="bar" value="1.5" max="3" aria-label="Seats"></progress>'


def test_change_down_that_is_good_is_green_and_spoken() -> None:
    drawn = marks.change("1.2 mo", "down", good=True)

    assert drawn == (
        '<span class="change change-good"><svg class="change-arrow" viewBox="0 0 10 8" role="img" aria-label="down">'
        '<path d="M5 8 0 0H10Z"/></svg>1.2 mo</span>'
    )


def test_button_bare_keeps_its_words_for_screen_readers() -> None:
    drawn = marks.button("Edit", "pencil", bare=True, type="button")

    assert drawn.startswith('<button class="button button-icon" title="Edit" type="button">')
    assert drawn.endswith('<span class="unseen">Edit</span></button>')
