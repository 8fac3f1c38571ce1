"""What is a number among the values that events carry, and how a value reads as text.

A number has at most 26 digits before the point and 12 after; further ones after it are cut off, as the event store does. A text is a number
where it is written like one: 5, -1.50, .5, 1e3. Anything else is no number, and only `count` counts it.
"""

from __future__ import annotations

import json
import re
from decimal import ROUND_DOWN, Context, Decimal
from typing import Any

from tenure.kernel.rounding import Exact, round_half_up

PLACES = 12
WHOLE_DIGITS = 26
# As stream/store/property_columns.py asks the event store.
_NUMBER = re.compile(r"[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?\Z")
_WIDE = Context(prec=2000, rounding=ROUND_DOWN)
_LAST_PLACE = Decimal(1).scaleb(-PLACES)
_LIMIT = Decimal(10) ** WHOLE_DIGITS


def number_of(value: object) -> Decimal | None:
    """The exact number that a property's value is, or None."""
    text = text_of(value)
    if not _NUMBER.match(text):
        return None
    number = Decimal(text)
    if abs(number) >= _LIMIT:
        return None
    return number.quantize(_LAST_PLACE, context=_WIDE) + 0


def text_of(value: object) -> str:
    """A property's value as text: '' where it is missing or null; objects and lists as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return _plain(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def settled(value: Exact) -> Decimal:
    """A computed quantity with the twelve places that usage has, rounded half-up once."""
    return round_half_up(value, PLACES)


def mean(total: Decimal, count: int) -> Decimal:
    """`total`, which has twelve places at most, over `count`, rounded half-up once: `settled` of the quotient in whole numbers."""
    whole = int(total.scaleb(PLACES, context=_WIDE))
    nearest = (2 * abs(whole) + count) // (2 * count)
    return Decimal(nearest if whole >= 0 else -nearest).scaleb(-PLACES, context=_WIDE)


def shown(value: Decimal) -> str:
    """A quantity without needless zeros and without exponent: 10, 0.5."""
    return _plain(value)


def properties_of(text: str) -> dict[str, Any]:
    """An event's properties, numbers exact."""
    found = json.loads(text or "{}", parse_float=Decimal)
    return found if isinstance(found, dict) else {}


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
