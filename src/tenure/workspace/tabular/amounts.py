"""Numbers as people write them: decimal comma or point, grouped digits, currency signs, percent, accounting brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tenure.workspace.tabular.words import currency_of

_SPACES = "\u0020\u00a0\u2009\u202f"
# sign, currency in front, sign, digits with separators, exponent, currency or percent behind, closing bracket
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+\u2212]?)\s*(?P<before>[^\d\s.,()+\-'%\u2212]{{0,4}})\s*(?P<inner>[-\u2212]?)"
    rf"(?P<digits>[.,]?\d[\d.,'\u2019{_SPACES}]*?)(?P<exponent>[eE][-+]?\d{{1,3}})?"
    rf"\s*(?P<after>[^\d\s.,()+\-'\u2212]{{0,4}})\s*(?P<trailing>-?)(?P<close>\))?"
)
# The separators alone decide: the digits are written as 0 here.
_GROUPED = re.compile(rf"\d{{1,3}}(?:[.,'\u2019{_SPACES}]\d{{3}})+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")


@dataclass(frozen=True, slots=True)
class Written:
    """The parts of a number as written; currency is its ISO code or None."""

    negative: bool
    digits: str
    exponent: str
    currency: str | None
    is_percent: bool


def split_amount(text: str) -> Written | None:
    """The parts of a number, or None where the text is no number."""
    match = _AMOUNT.fullmatch(text)
    if not match or bool(match["open"]) != bool(match["close"]) or (match["inner"] and not match["before"]):
        return None
    before, after = match["before"], match["after"]
    is_percent = after in ("%", "％") or before == "%"
    unit = before or ("" if is_percent else after)
    currency = currency_of(unit) if unit and unit != "%" else None
    if (unit and unit != "%" and currency is None) or (before and after):
        return None
    negative = bool(match["open"]) or any(
        match[name] in ("-", "\u2212") and match[name] for name in ("sign", "inner", "trailing")
    )
    return Written(negative, match["digits"].strip(_SPACES), match["exponent"] or "", currency, is_percent)


def possible_marks(digits: str) -> str:
    """Which decimal marks the digits allow: "." or "," or both ("1,234" alone does not tell), "" for none.

    A number without any separator allows both.
    """
    return "".join(mark for mark in ".," if _whole_part(digits, mark) is not None)


def _whole_part(digits: str, mark: str) -> str | None:
    """The digits before the decimal mark without their grouping, or None where the mark does not suit."""
    whole, found, fraction = digits.partition(mark)
    if found and not fraction.isdigit():
        return None if fraction or not whole.isdigit() else whole
    if whole.isdigit() or (not whole and found):
        return whole or "0"
    other = "," if mark == "." else "."
    if mark in whole or not (_GROUPED.fullmatch(whole) or (other == "," and _INDIAN.fullmatch(whole))):
        return None
    separators = {sign for sign in whole if not sign.isdigit()}
    return re.sub(r"\D", "", whole) if len(separators) == 1 else None


def exact_decimal(written: Written, mark: str) -> Decimal | None:
    """The exact value with that decimal mark, or None where the digits do not suit it."""
    whole = _whole_part(written.digits, mark)
    if whole is None:
        return None
    fraction = written.digits.partition(mark)[2]
    value = Decimal(f"{whole}.{fraction or 0}{written.exponent}") if fraction or written.exponent else Decimal(whole)
    return -value if written.negative else value
