"""Figures in the reader's words: value, unit, change against a named past, or a dash and why."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenure.insights.reports.figures import KeyFigure
from tenure.kernel.money import Money
from tenure.kernel.rounding import as_decimal, half_up_integer, round_half_up
from tenure.workspace import formats

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def figure_words(ctx: Context, figure: KeyFigure, url: str = "") -> dict[str, Any]:
    """One figure for the `kpi` tag."""
    change = figure.change
    words: dict[str, Any] = {
        "label": figure.label,
        "value": value_words(ctx, figure.form, figure.value),
        "unit": _("mo") if figure.form == "months" and figure.value is not None else "",
        "note": figure.reason if figure.value is None else figure.note,
        "url": url,
        "change": "",
    }
    if change is not None:
        rises = change > 0
        words["change"] = _("%(change)s in a year") % {"change": change_words(ctx, figure.form, abs(change))}
        words["direction"] = "" if change == 0 else ("up" if rises else "down")
        words["good"] = None if change == 0 else rises is figure.grows
    return words


def value_words(ctx: Context, form: str, value: Fraction | None) -> str:
    """The value as it is read."""
    if value is None:
        return formats.DASH
    if form == "money":
        return formats.short_money(Money(half_up_integer(value), ctx.workspace.currency), ctx)
    if form == "share":
        return share_words(ctx, value)
    return formats.number(round_half_up(value, 1), ctx, digits=1)


def change_words(ctx: Context, form: str, change: Fraction) -> str:
    """The size of a change: per cent of money, points of shares, else its own unit."""
    if form == "money":
        return share_words(ctx, change)
    if form == "share":
        return _("%(points)s pt") % {"points": formats.number(round_half_up(change * 100, 1), ctx, digits=1)}
    number = formats.number(round_half_up(change, 1), ctx, digits=1)
    return _("%(months)s mo") % {"months": number} if form == "months" else number


def share_words(ctx: Context, share: Fraction | None, digits: int = 1) -> str:
    """A share as per cent, rounded half-up once; a dash for an undefined one."""
    return formats.DASH if share is None else formats.percent(as_decimal(round_half_up(share, digits + 2)), ctx, digits=digits)


def money_words(ctx: Context, minor: Fraction | None, *, cents: bool = False) -> str:
    """Minor units of the reporting currency, rounded half-up once; a dash for none."""
    return (
        formats.DASH if minor is None else formats.money(Money(half_up_integer(minor), ctx.workspace.currency), ctx, cents=cents)
    )
