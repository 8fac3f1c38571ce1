"""Keys of meters and features: what other systems call them."""

from __future__ import annotations

import re

from tenure.usage.errors import KeyInvalid, NameMissing

LONGEST_KEY = 60
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def checked_key(key: str, name: str) -> str:
    """The key, or one made of the name where none is given. Raises KeyInvalid."""
    key = key.strip() or re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:LONGEST_KEY]
    if not _KEY.fullmatch(key):
        raise KeyInvalid
    return key


def checked_name(name: str) -> str:
    """The name without space around it. Raises NameMissing."""
    if not name.strip():
        raise NameMissing
    return name.strip()
