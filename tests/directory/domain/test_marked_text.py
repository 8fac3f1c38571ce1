from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.directory.domain.marked_text import excerpt, marked


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hello", "<p>Hello</p>"),
        ("One\nTwo\n\nThree", "<p>One<br>Two</p><p>Three</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("Agreed:\n- price", "<p>Agreed:</p><ul><li>price</li></ul>"),
        ("**Bold** and *slanted* `x*y*`", "<p><strong>Bold</strong> and <em>slanted</em> <code>x*y*</code></p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (
            "See https://hollis.example/a?b=1&c=2.",
            '<p>See <a class="link" href="https://hollis.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">'
            "https://hollis.example/a?b=1&amp;c=2</a>.</p>",
        ),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)
def test_marked_text_becomes_safe_html(text, html):
    assert marked(text) == html


ALLOWED = re.compile(
    r'</?(?:p|ul|li|strong|em|code|br)>|<a class="link" href="https?://[^"<>]*" rel="noopener noreferrer nofollow">|</a>'
)


@given(st.text(alphabet="ab *`-\n<>\"'&:/.https", max_size=80))
def test_marked_text_never_lets_through_what_was_typed_as_html(text):
    assert "<" not in ALLOWED.sub("", marked(text))


def test_excerpt_of_a_long_note_ends_at_a_word():
    assert excerpt("- **word** " + "more " * 60).endswith("more…")
    assert excerpt("- **word**\n- two") == "word two"
