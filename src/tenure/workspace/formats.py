"""Numbers, money and dates as the reader writes them: their language, or the number format they chose."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import translation

from tenure.kernel.money import Money

if TYPE_CHECKING:
    from tenure.workspace.context import Context

DASH = "—"
# What a member may choose instead of their language's own numbers.
NUMBER_FORMATS = {"": "", "en": "1,234.56", "de": "1.234,56", "fr": "1 234,56", "de-CH": "1’234.56"}


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Babel's locale for a language code of ours."""
    return Locale.parse({"zh-hans": "zh_Hans_CN"}.get(language.lower(), language.replace("-", "_")))


def reader_locale(ctx: Context | None = None) -> Locale:
    """How the reader writes numbers."""
    chosen = ctx.number_format if ctx else ""
    return locale_of(chosen or translation.get_language() or "en")


def number(value: float | Decimal | None, ctx: Context | None = None, *, digits: int | None = None) -> str:
    """A number with the reader's separators; a dash for none."""
    if value is None:
        return DASH
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=reader_locale(ctx)))


def percent(share: float | Decimal | None, ctx: Context | None = None, *, digits: int = 1) -> str:
    """A share of one as a percentage; a dash for an undefined one."""
    if share is None:
        return DASH
    locale = reader_locale(ctx)
    pattern = str(locale.percent_formats[None].pattern)  # with a space before the sign or without one, as the language has it
    return str(
        format_percent(share, format=pattern.replace("#,##0", "#,##0." + "0" * digits if digits else "#,##0"), locale=locale)
    )


def money(amount: Money | None, ctx: Context | None = None, *, cents: bool = False) -> str:
    """An amount with its currency's sign; whole units unless `cents`. A dash for none."""
    if amount is None:
        return DASH
    value = amount.to_decimal()
    if not cents:
        value = value.quantize(Decimal(1), rounding="ROUND_HALF_UP")
    locale = reader_locale(ctx)
    return str(format_currency(value, amount.currency, locale=locale, currency_digits=cents, format=_with_sign("#,##0", locale)))


def _with_sign(pattern: str, locale: Locale, sign: str = "¤") -> str:
    """A pattern with the currency's sign where the language has it, and room between."""
    comes_first = str(locale.currency_formats["standard"].pattern).startswith("¤")
    return f"{sign}\N{NO-BREAK SPACE}{pattern}" if comes_first else f"{pattern}\N{NO-BREAK SPACE}{sign}"


def short_money(amount: Money | None, ctx: Context | None = None) -> str:
    """An amount for a headline: three significant digits and M or k beyond ten thousand."""
    if amount is None:
        return DASH
    value = amount.to_decimal()
    for size, sign in ((Decimal(1_000_000), "M"), (Decimal(10_000), "k")):
        if abs(value) >= size:
            scaled = value / (size if sign == "M" else 1000)
            text = number(scaled, ctx, digits=2 if abs(scaled) < 100 else 0)  # noqa: PLR2004 - three significant digits
            return _with_sign(f"{text} {sign}", reader_locale(ctx), currency_sign(amount.currency, ctx))
    return money(amount, ctx)


def currency_sign(currency: str, ctx: Context | None = None) -> str:
    """The sign or code of a currency as the reader knows it."""
    return str(reader_locale(ctx).currency_symbols.get(currency, currency))


def day(value: dt.date | None, *, is_short: bool = False) -> str:
    """A civil date; short leaves the year out where it is this one."""
    if value is None:
        return DASH
    return str(format_date(value, format="d MMM" if is_short else "medium", locale=locale_of(translation.get_language() or "en")))


def month(value: dt.date, *, is_long: bool = False) -> str:
    """A month and its year as the reader writes them: Nov 2026, 2026年11月."""
    return str(format_skeleton("yMMMM" if is_long else "yMMM", value, locale=locale_of(translation.get_language() or "en")))


def instant(value: dt.datetime | None, ctx: Context) -> str:
    """An instant in the reader's zone."""
    if value is None:
        return DASH
    return str(format_datetime(value.astimezone(ctx.tz), format="medium", locale=locale_of(translation.get_language() or "en")))
