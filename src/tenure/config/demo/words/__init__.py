"""What people of the demo company write and say, in each language; the shapes are in `shape.py`."""

from __future__ import annotations

from tenure.config.demo.words.en import ENGLISH
from tenure.config.demo.words.es import SPANISH
from tenure.config.demo.words.shape import Words
from tenure.config.demo.words.zh import CHINESE

WORDS: dict[str, Words] = {"en": ENGLISH, "zh-hans": CHINESE, "es": SPANISH}

__all__ = ["WORDS", "Words"]
