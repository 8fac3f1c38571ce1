"""What other rooms show on the account page: figures in its row, tabs in its middle, panels at its right. Filled in `ready()`.

The page never changes shape (design/README.md): five figures at most, tabs, panels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from tenure.directory.models import Account
    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Label


class Figure(NamedTuple):
    """One figure of the account's row, in the words of the `kpi` tag."""

    label: Label
    value: str
    note: str = ""
    change: str = ""
    direction: str = ""
    good: bool | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel or tab: `load` gives its template's context, or None where there is nothing to show."""

    name: str
    label: Label
    template: str
    permission: str
    load: Callable[[Context, Account], dict[str, Any] | None]
    position: int = 0
    count: Callable[[Context, Account], int | None] | None = None


FigureSource = Callable[["Context", "Account"], "Figure | None"]

_tabs: list[Panel] = []
_side: list[Panel] = []
_figures: list[tuple[int, FigureSource]] = []
MAX_FIGURES = 5


def register_tab(panel: Panel) -> None:
    """Add a tab to the account page."""
    _tabs.append(panel)
    _tabs.sort(key=lambda one: one.position)


def register_panel(panel: Panel) -> None:
    """Add a panel at the right of the account page."""
    _side.append(panel)
    _side.sort(key=lambda one: one.position)


def register_figure(source: FigureSource, *, position: int) -> None:
    """Add a figure to the account's row; the first five that have something to say are shown."""
    _figures.append((position, source))
    _figures.sort(key=lambda pair: pair[0])


def figures_of(ctx: Context, account: Account) -> list[dict[str, Any]]:
    """The account's row of figures."""
    found = (source(ctx, account) for _, source in _figures)
    return [figure._asdict() for figure in found if figure is not None][:MAX_FIGURES]


def tabs_of(ctx: Context, account: Account, current: str, base: str) -> tuple[list[dict[str, Any]], Panel | None]:
    """The tabs this member may open, and the open one."""
    held = [panel for panel in _tabs if ctx.holds(panel.permission)]
    chosen = next((panel for panel in held if panel.name == current), held[0] if held else None)
    items = [
        {
            "label": panel.label,
            "url": f"{base}?tab={panel.name}",
            "current": panel is chosen,
            "count": panel.count(ctx, account) if panel.count else None,
        }
        for panel in held
    ]
    return items, chosen


def draw(request: HttpRequest, ctx: Context, account: Account, panel: Panel) -> SafeString | None:
    """A panel's HTML, or None where it has nothing to show."""
    context = panel.load(ctx, account)
    if context is None:
        return None
    return render_to_string(panel.template, {"account": account, "panel": panel, **context}, request)


def side_of(request: HttpRequest, ctx: Context, account: Account) -> list[SafeString]:
    """The panels at the right, in order."""
    drawn = (draw(request, ctx, account, panel) for panel in _side if ctx.holds(panel.permission))
    return [html for html in drawn if html is not None]
