"""A class in a template means something: a style sheet or a script knows it. One that nothing knows is a layout that never was."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tenure"
STATIC = SOURCE / "ui" / "static" / "ui"


def _known() -> set[str]:
    styles = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("css/*.css"))
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", styles))


def test_classes_of_templates_have_a_style():
    known = _known()
    unknown = {
        f"{path.name}: {name}"
        for path in SOURCE.rglob("templates/**/*.html")
        for names in re.findall(r'class="([^"{}]*)"', path.read_text(encoding="utf-8"))
        for name in names.split()
        if name not in known
    }

    assert sorted(unknown) == []
