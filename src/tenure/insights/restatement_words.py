"""The restatement log in the reader's words: what was said, what is known now, and because of which movements."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.billing.enums import MovementKind
from tenure.billing.lists.movements import MOVEMENT_TONES
from tenure.insights.domain.restatements import Figure
from tenure.insights.figure_words import money_words, share_words
from tenure.insights.links import list_url
from tenure.kernel.money import minor_digits
from tenure.kernel.rounding import as_decimal, round_half_up
from tenure.workspace import formats
from tenure.workspace.enums import ChangeSetKind

if TYPE_CHECKING:
    from tenure.insights.reports.restatements import LoggedMonth, Reason
    from tenure.workspace.context import Context

REASONS_SAID = 3
FINEST_SHARE = 4


def figure_name(figure: Figure) -> str:
    """A figure as it is called inside a sentence."""
    names = {
        Figure.MRR: _("MRR"), Figure.NRR: _("NRR"), Figure.GRR: _("GRR"), Figure.CUSTOMER_CHURN: _("customer churn"),
    }  # fmt: skip
    return names[figure]


def long_month(month: dt.date) -> str:
    """A month by its full name."""
    return str(format_date(month, "MMMM y", locale=formats.locale_of(translation.get_language() or "en")))


def pair_words(ctx: Context, figure: Figure, then: Fraction | None, now: Fraction | None) -> tuple[str, str]:
    """A figure then and now, with as many digits as it takes to tell them apart."""
    if figure is Figure.MRR:
        pairs = [(money_words(ctx, then, cents=cents), money_words(ctx, now, cents=cents)) for cents in (False, True)]
    else:
        pairs = [(share_words(ctx, then, digits), share_words(ctx, now, digits)) for digits in range(1, FINEST_SHARE + 1)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0] if then == now else pairs[-1])


def sentences(ctx: Context, month: LoggedMonth) -> list[dict[str, Any]]:
    """One sentence for each figure that was restated, with the movements that explain it."""
    return [_sentence(ctx, month, figure) for figure in month.figures.restated]


def _sentence(ctx: Context, month: LoggedMonth, figure: Figure) -> dict[str, Any]:
    assert month.figures.reported is not None
    then, now = pair_words(ctx, figure, month.figures.reported.value(figure), month.figures.now.value(figure))
    reasons = month.reasons_of(figure)
    values = {"month": long_month(month.figures.month), "figure": figure_name(figure), "then": then, "now": now}
    said = _("%(month)s: %(figure)s was %(then)s when reported, is %(now)s now") % values
    count = len(reasons)
    why = ngettext("because of this movement", "because of these %(count)s movements", count) % {
        "count": formats.number(count, ctx)
    }
    return {
        "figure": figure,
        "text": (_("%(said)s, %(why)s:") if count else _("%(said)s.")) % {"said": said, "why": why},
        "short": (_("%(said)s, %(why)s.") if count else _("%(said)s.")) % {"said": said, "why": why},
        "reasons": [reason_words(ctx, reason) for reason in reasons[:REASONS_SAID]],
        "more": count - REASONS_SAID if count > REASONS_SAID else 0,
    }


def reason_words(ctx: Context, reason: Reason) -> dict[str, Any]:
    """One movement that explains a restatement, for a line of a sentence and for a row of the table."""
    change = reason.change
    day = formats.day(reason.changed_at.astimezone(ctx.tz).date())
    return {
        "account": change.account,
        "account_url": list_url(ctx, "directory:account", change.account_id, tab="money"),
        "plan": change.plan,
        "kind": str(MovementKind(change.kind).label),
        "tone": MOVEMENT_TONES[change.kind],
        "movement_url": list_url(ctx, "billing:movement", change.movement_id),
        "effective": formats.day(change.effective_on),
        "amount": money_words(ctx, change.micros / 1_000_000, cents=True),
        "effect": money_words(ctx, reason.effect, cents=True),
        "is_void": reason.is_void,
        "when": _("no longer true since %(day)s") % {"day": day} if reason.is_void else _("recorded on %(day)s") % {"day": day},
        "cause": cause_words(reason),
        "cause_url": list_url(ctx, "workspace:change_set", reason.cause.change_set_id)
        if reason.cause and reason.cause.change_set_id and ctx.holds("workspace.view")
        else "",
        "figures": ", ".join(figure_name(figure) for figure in Figure if figure in reason.figures),
    }


def cause_words(reason: Reason) -> str:
    """By what a movement came to be known or turned out untrue: an import, an edit, its undo, or Tenure itself."""
    cause = reason.cause
    if cause is None:
        return _("Tenure, as a day passed or a rate or setting changed")
    if not cause.kind:
        return cause.actor
    values = {"kind": ChangeSetKind(cause.kind).label, "title": cause.title, "actor": cause.actor}
    if cause.is_undo:
        return _("%(kind)s “%(title)s” taken back") % values
    return _("%(kind)s “%(title)s” by %(actor)s") % values


def heads() -> list[str]:
    """Heads of the table of months."""
    return [_("Month"), _("MRR"), _("NRR"), _("GRR"), _("Customer churn"), _("Reported"), _("Since")]


def month_row(ctx: Context, month: LoggedMonth) -> dict[str, Any]:
    """A month as a row: each figure as reported and now where they differ."""
    found = month.figures
    cells = []
    for figure in Figure:
        then = None if found.reported is None else found.reported.value(figure)
        before, now = pair_words(ctx, figure, then if found.reported else found.now.value(figure), found.now.value(figure))
        cells.append({"now": now, "then": before if figure in found.restated else ""})
    count = len(month.reasons)
    words = ngettext("%(count)s movement", "%(count)s movements", count) % {"count": formats.number(count, ctx)}
    return {
        "month": formats.month(found.month),
        "cells": cells,
        "reported": _("known at the end of %(day)s") % {"day": formats.day(last_day_known(found.known_at, ctx))}
        if found.reported
        else "",
        "first_known": ""
        if found.reported or found.first_known_at is None
        else _("first known on %(day)s") % {"day": formats.day(found.first_known_at.astimezone(ctx.tz).date())},
        "changes": (words + ("+" if month.is_cut else "")) if found.restated else "",
        "url": list_url(ctx, "insights:restatements", month=f"{found.month:%Y-%m}") if found.restated else "",
    }


def last_day_known(known_at: dt.datetime, ctx: Context) -> dt.date:
    """The day at whose end a month was reported."""
    return (known_at.astimezone(ctx.workspace.tz) - dt.timedelta(microseconds=1)).date()


def csv_heads() -> list[str]:
    """Heads of the file of months."""
    names = [_("MRR"), _("NRR"), _("GRR"), _("Customer churn")]
    pairs = [
        head for name in names for head in (_("%(figure)s reported") % {"figure": name}, _("%(figure)s now") % {"figure": name})
    ]
    return [_("Month"), _("Reported as known at"), _("First known at"), *pairs, _("Movements since")]


def csv_row(ctx: Context, month: LoggedMonth) -> list[Any]:
    """A month as a row of the file: amounts in major units, rates as shares."""
    found = month.figures
    digits = minor_digits(ctx.workspace.currency)

    def cell(figure: Figure, value: Fraction | None) -> Any:  # noqa: ANN401 - a number or nothing
        if value is None:
            return ""
        return round_half_up(value / 10**digits, digits) if figure is Figure.MRR else as_decimal(value, 6)

    values = [cell(figure, each.value(figure) if each else None) for figure in Figure for each in (found.reported, found.now)]
    known = found.first_known_at.isoformat() if found.first_known_at and not found.reported else ""
    return [f"{found.month:%Y-%m}", found.known_at.isoformat(), known, *values, len(month.reasons)]


def reason_heads() -> list[str]:
    """Heads of the table of movements behind one month."""
    return [_("Account"), _("Item"), _("Kind"), _("Effective on"), _("Effect on MRR"), _("Since"), _("By"), _("Explains")]


def reason_csv_row(ctx: Context, reason: Reason) -> list[Any]:
    """A movement as a row of the file."""
    change, digits = reason.change, minor_digits(ctx.workspace.currency)
    effect = round_half_up(reason.effect / 10**digits, digits)
    state = _("no longer true") if reason.is_void else _("recorded")
    return [
        change.account, change.plan, change.kind, change.effective_on.isoformat(), effect, f"{state} {reason.changed_at.isoformat()}",
        cause_words(reason), " ".join(figure.value for figure in Figure if figure in reason.figures),
    ]  # fmt: skip
