"""Revenue in the reader's words: charts, the table by month, and the customers behind it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenure.billing.enums import MovementKind
from tenure.insights.figure_words import money_words, share_words
from tenure.insights.links import list_url
from tenure.kernel.money import minor_digits
from tenure.kernel.rounding import as_decimal, round_half_up
from tenure.ui.charts import Chart, Series
from tenure.workspace import formats

if TYPE_CHECKING:
    from tenure.insights.reports.revenue import MonthOfRevenue, Revenue
    from tenure.workspace.context import Context

TONES = {
    "new": "leaf", "expansion": "leaf-2", "reactivation": "leaf-3", "resume": "sky-3", "contraction": "amber", "churn": "rose", "pause": "sky-2",
}  # fmt: skip


def major(ctx: Context, minor: Fraction) -> float:
    """Minor units as a number of major ones, for a chart."""
    return float(minor / 10 ** minor_digits(ctx.workspace.currency))


def charts_of(ctx: Context, report: Revenue) -> list[Chart]:
    """The waterfall of the whole period, the movements of each month, MRR, and churn."""
    return [
        chart for chart in (_waterfall(ctx, report), _movements(ctx, report), _mrr(ctx, report), _churn(ctx, report)) if chart
    ]


def _waterfall(ctx: Context, report: Revenue) -> Chart | None:
    if not report.months:
        return None
    whole = report.whole
    steps = [(_("Opening"), report.months[0].opening)]
    steps += [(str(MovementKind(kind).label), Fraction(getattr(whole, kind))) for kind in TONES if getattr(whole, kind)]
    steps.append((_("Closing"), report.months[-1].closing))
    return Chart(
        key="waterfall",
        title=_("MRR from opening to closing"),
        labels=[label for label, _value in steps],
        series=[Series(_("MRR"), [major(ctx, value) for _label, value in steps], texts=[money_words(ctx, value) for _label, value in steps])],
        kind="steps", form="money", currency=ctx.workspace.currency, label_name=_("Step"), totals=[steps[0][0], steps[-1][0]],
    )  # fmt: skip


def _movements(ctx: Context, report: Revenue) -> Chart | None:
    if not report.months:
        return None
    used = [kind for kind in TONES if any(month.flows[kind] for month in report.months)]
    return Chart(
        key="movements",
        title=_("Movements by month"),
        labels=[formats.month(month.month) for month in report.months],
        series=[_series(ctx, str(MovementKind(kind).label), [month.flows[kind] for month in report.months], TONES[kind]) for kind in used],
        kind="stacked", form="money", currency=ctx.workspace.currency, label_name=_("Month"), csv_url=f"?{report.cohort.query()}&format=csv",
    )  # fmt: skip


def _mrr(ctx: Context, report: Revenue) -> Chart | None:
    if not report.months:
        return None
    return Chart(
        key="mrr",
        title=_("MRR at the end of each month"),
        labels=[formats.month(month.month) for month in report.months],
        series=[_series(ctx, _("MRR"), [month.closing for month in report.months], "leaf")],
        kind="area", form="money", currency=ctx.workspace.currency, label_name=_("Month"),
    )  # fmt: skip


def _churn(ctx: Context, report: Revenue) -> Chart | None:
    if not any(month.logo_churn is not None for month in report.months):
        return None
    lines = [
        (_("Customers lost"), "logo_churn", "rose"),
        (_("Revenue lost"), "gross_churn", "amber"),
        (_("Net of growth"), "net_churn", "leaf"),
    ]
    series = []
    for name, attribute, tone in lines:
        rates: list[Fraction | None] = [getattr(month, attribute) for month in report.months]
        values = [None if rate is None else float(rate) for rate in rates]
        series.append(Series(name, values, tone, [share_words(ctx, rate, 2) for rate in rates]))  # type: ignore[arg-type]
    return Chart(
        key="churn", title=_("Churn of each month"), labels=[formats.month(month.month) for month in report.months], series=series,
        form="percent", digits=1, label_name=_("Month"), note=_("of customers, and of MRR, at the start of the month"),
    )  # fmt: skip


def _series(ctx: Context, name: str, amounts: list[Fraction], tone: str) -> Series:
    return Series(name, [major(ctx, amount) for amount in amounts], tone, [money_words(ctx, amount) for amount in amounts])  # type: ignore[arg-type]


def heads(report: Revenue) -> list[str]:
    """Heads of the table by month."""
    kinds = [str(MovementKind(kind).label) for kind in kinds_of(report)]
    exchange = [_("Exchange")] if has_exchange(report) else []
    return [
        _("Month"), _("Opening MRR"), *kinds, *exchange, _("Closing MRR"), _("ARR"), _("Customers"), _("Customers lost"), _("Revenue lost"),
        _("Quick ratio"), _("ARPA"), _("LTV"),
    ]  # fmt: skip


def kinds_of(report: Revenue) -> list[str]:
    """The kinds of movements to show: the five everybody knows, and pauses where there are any."""
    return [kind for kind in TONES if kind not in ("pause", "resume") or any(month.flows[kind] for month in report.months)]


def has_exchange(report: Revenue) -> bool:
    """Whether foreign currencies are in it."""
    return any(month.exchange is not None for month in report.months)


def month_row(ctx: Context, report: Revenue, month: MonthOfRevenue) -> dict[str, Any]:
    """One month as a row: each movement leads to the movements under it."""
    last = (month.month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    span = f"{month.month.isoformat()}..{last.isoformat()}"
    flows = [
        (
            money_words(ctx, month.flows[kind]) if month.flows[kind] else formats.DASH,
            list_url(ctx, "billing:movements", kind=kind, day=span),
        )
        for kind in kinds_of(report)
    ]
    exchange = [(money_words(ctx, month.exchange), "")] if has_exchange(report) else []
    return {
        "month": formats.month(month.month),
        "url": list_url(ctx, "billing:movements", day=span),
        "cells": [
            (money_words(ctx, month.opening), ""),
            *flows,
            *exchange,
            (money_words(ctx, month.closing), ""),
            (money_words(ctx, 12 * month.closing), ""),
            (formats.number(month.customers, ctx), ""),
            (share_words(ctx, month.logo_churn, 2), ""),
            (share_words(ctx, month.gross_churn, 2), ""),
            (
                formats.DASH if month.quick_ratio is None else formats.number(round_half_up(month.quick_ratio, 1), ctx, digits=1),
                "",
            ),
            (money_words(ctx, month.arpa), ""),
            (money_words(ctx, month.ltv), ""),
        ],
    }


def csv_row(ctx: Context, report: Revenue, month: MonthOfRevenue) -> list[Any]:
    """One month as a row of the file: amounts in major units, rates as shares."""
    digits = minor_digits(ctx.workspace.currency)

    def amount(minor: Fraction | None) -> Any:  # noqa: ANN401 - a number or nothing
        return "" if minor is None else round_half_up(minor / 10**digits, digits)

    def share(rate: Fraction | None) -> Any:  # noqa: ANN401 - as above
        return "" if rate is None else as_decimal(rate, 6)

    exchange = [amount(month.exchange)] if has_exchange(report) else []
    return [
        f"{month.month:%Y-%m}", amount(month.opening), *(amount(month.flows[kind]) for kind in kinds_of(report)), *exchange, amount(month.closing),
        amount(12 * month.closing), month.customers, share(month.logo_churn), share(month.gross_churn), share(month.quick_ratio),
        amount(month.arpa), amount(month.ltv),
    ]  # fmt: skip
