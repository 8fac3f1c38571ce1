"""Everything people read is there in 简体中文 and español: collected, translated, with the same placeholders, and compiled."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tenure.config.messages import LANGUAGES, catalogue, compiled, error_messages

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tenure"
SKIPPED = {"gallery"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "translatable": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def _said(language: str) -> dict[object, object]:
    with catalogue(language).open("rb") as file:
        return {message.id: message for message in read_po(file) if message.id}


def _sentences() -> Iterator[str]:
    for path in SOURCE.rglob("*.py"):
        if not {"migrations", "static"} & set(path.parts):
            yield from _extracted(path.read_bytes())
    for path in SOURCE.rglob("templates/**/*.html"):
        if not SKIPPED & set(path.parts):
            yield from _extracted(templatize(path.read_text(encoding="utf-8")).encode())


def _extracted(source: bytes) -> Iterator[str]:
    for _, name, found, _ in extract_python(io.BytesIO(source), KEYWORDS, [], {"encoding": "utf-8"}):
        words = found if isinstance(found, tuple) else (found,)
        place = 1 if name.startswith(("pgettext", "npgettext")) else 0
        if len(words) > place and isinstance(words[place], str) and words[place]:
            yield words[place]


def test_every_sentence_of_the_source_is_in_the_catalogue(language):
    known = {identity[0] if isinstance(identity, tuple) else identity for identity in _said(language)}

    assert sorted({*_sentences(), *error_messages()} - known) == []


def test_every_sentence_is_translated(language):
    missing = [
        identity
        for identity, message in _said(language).items()
        if message.fuzzy or not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]

    assert missing == []


def test_translations_keep_the_placeholders(language):
    differing = []
    for identity, message in _said(language).items():
        source = identity[-1] if isinstance(identity, tuple) else identity
        said = message.string[-1] if isinstance(message.string, tuple) else message.string
        if set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(said)):
            differing.append(source)

    assert differing == []


def test_compiled_catalogue_is_the_one_of_the_source(language):
    assert catalogue(language).with_suffix(".mo").read_bytes() == compiled(language)
