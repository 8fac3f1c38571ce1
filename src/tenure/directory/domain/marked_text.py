"""Light markup for notes: paragraphs, lists, **bold**, *italic*, `code`, web addresses. Everything else is plain text.

The text is escaped before anything is marked, so no HTML that somebody types is ever HTML on the page.
"""

from __future__ import annotations

import re
from html import escape

from django.utils.safestring import SafeString

_MARKS = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<link>https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]])"
    r"|(?P<bold>\*\*(?=\S)[^*\n]+(?<=\S)\*\*)"
    r"|(?P<italic>\*(?=\S)[^*\n]+(?<=\S)\*)"
)
_ITEM = re.compile(r"\s*[-*•]\s+(?P<text>.*)")
EXCERPT_LENGTH = 180


def marked(text: str) -> SafeString:
    """The text as HTML."""
    parts = [_block(block.splitlines()) for block in re.split(r"\n\s*\n", text.strip().replace("\r\n", "\n")) if block.strip()]
    return SafeString("".join(parts))


def excerpt(text: str) -> str:
    """The text's beginning on one line, without marks."""
    plain = " ".join(re.sub(r"[`*]|^\s*[-•]\s+", "", text, flags=re.MULTILINE).split())
    return plain if len(plain) <= EXCERPT_LENGTH else plain[:EXCERPT_LENGTH].rsplit(" ", 1)[0] + "…"


def _block(lines: list[str]) -> str:
    """A paragraph, or where lines begin with a dash a list."""
    html: list[str] = []
    items: list[str] = []
    words: list[str] = []
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item:
            if words:
                html.append(f"<p>{'<br>'.join(words)}</p>")
                words = []
            items.append(f"<li>{_line(item['text'])}</li>")
        else:
            if items:
                html.append(f"<ul>{''.join(items)}</ul>")
                items = []
            words.append(_line(line))
    if items:
        html.append(f"<ul>{''.join(items)}</ul>")
    if words:
        html.append(f"<p>{'<br>'.join(words)}</p>")
    return "".join(html)


def _line(text: str) -> str:
    """One line, marks turned into elements."""
    html, end = [], 0
    for match in _MARKS.finditer(text):
        html.append(escape(text[end : match.start()]))
        html.append(_element(match.lastgroup or "", match[0]))
        end = match.end()
    return "".join([*html, escape(text[end:])])


def _element(kind: str, text: str) -> str:
    if kind == "link":
        return f'<a class="link" href="{escape(text)}" rel="noopener noreferrer nofollow">{escape(text)}</a>'
    name, width = {"code": ("code", 1), "bold": ("strong", 2), "italic": ("em", 1)}[kind]
    return f"<{name}>{escape(text[width:-width])}</{name}>"
