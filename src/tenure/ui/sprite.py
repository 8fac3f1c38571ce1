"""The icon sprite: one SVG file with a symbol for each name in icons.txt.

Run `python -m tenure.ui.sprite FOLDER` with the unpacked package @tabler/icons (its folder `icons/outline`); README.md says when.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
NAMES = HERE / "icons.txt"
SPRITE = HERE / "static/ui/icons.svg"


def read_names(text: str) -> list[str]:
    """Give the icon names of a list: one a line, `#` starts a comment, no name twice."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return sorted({line for line in lines if line})


def draw_symbol(name: str, svg: str) -> str:
    """Turn one Tabler SVG file into a `<symbol>`; the stroke stays the text colour of where it is used."""
    body = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if body is None:
        message = f"{name}.svg holds no <svg> element"
        raise ValueError(message)
    shapes = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", body[1])
    squeezed = re.sub(r"\s+", " ", shapes).strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{squeezed}</symbol>'


def build_sprite(outline: Path) -> str:
    """Draw the whole sprite from the folder of outline icons. Raises FileNotFoundError for a name Tabler does not have."""
    symbols = [draw_symbol(name, (outline / f"{name}.svg").read_text()) for name in read_names(NAMES.read_text())]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    SPRITE.write_text(build_sprite(Path(sys.argv[1])))
