"""What a cell of a list shows, by its column's kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tenure.kernel.money import Money
from tenure.ui import marks
from tenure.ui.tags.inline import when
from tenure.workspace import formats
from tenure.workspace.lists.columns import ColumnKind

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Column

QUIET_DASH = SafeString('<span class="quiet">—</span>')
# The colour a state wears; colour never speaks alone, the word stands in it.
TONES: dict[str, str] = {}


def register_tones(tones: Mapping[Any, str]) -> None:
    """Say which tone a state's code wears in pills."""
    TONES.update({str(code): tone for code, tone in tones.items()})


def cell(ctx: Context, column: Column, row: Any) -> SafeString:  # noqa: ANN401 - a row of any list
    """The cell's HTML, escaped."""
    value = shown_value(column, row)
    if value is None or value in ("", []):
        return QUIET_DASH
    draw = _DRAWN.get(column.kind)
    return draw(ctx, column, row, value) if draw else _text(value)


def shown_value(column: Column, row: Any) -> Any:  # noqa: ANN401 - any value
    """The value a column shows of a row: an attribute, or what its method returns."""
    value = row
    for step in column.show.split("."):
        value = getattr(value, step, None)
    return value() if callable(value) else value


def _text(value: Any) -> SafeString:  # noqa: ANN401 - any value
    if isinstance(value, Iterable) and not isinstance(value, str):
        return format_html_join(" ", "{}", ((marks.pill(item),) for item in value))
    return format_html("{}", value)


def _choice(_ctx: Context, column: Column, row: Any, value: Any) -> SafeString:  # noqa: ANN401 - as above
    if isinstance(value, list | tuple):
        return _text(value)
    return marks.pill(value, TONES.get(str(getattr(row, column.path, "")), ""))


def _money(ctx: Context, column: Column, row: Any, value: Any) -> SafeString:  # noqa: ANN401 - as above
    if isinstance(value, Money):
        return format_html("{}", formats.money(value, ctx))
    currency = getattr(row, column.currency, "") if column.currency else ctx.workspace.currency
    return format_html("{}", formats.money(Money(value, currency or ctx.workspace.currency), ctx))


_DRAWN: dict[ColumnKind, Callable[[Any, Any, Any, Any], SafeString]] = {
    ColumnKind.CHOICE: _choice,
    ColumnKind.MONEY: _money,
    ColumnKind.NUMBER: lambda ctx, _column, _row, value: format_html("{}", formats.number(value, ctx)),
    ColumnKind.DATE: lambda _ctx, _column, _row, value: format_html("{}", formats.day(value)),
    ColumnKind.INSTANT: lambda _ctx, _column, _row, value: when(value),
    ColumnKind.MEMBER: lambda _ctx, _column, _row, value: marks.avatar(str(value), alone=True),
}
