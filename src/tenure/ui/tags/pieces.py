"""Tags that draw a whole piece from values: tabs, stages, facts, one figure, pages of a list, progress, chart."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tenure.ui import marks
from tenure.ui.charts import Chart

register = template.Library()

SHEETS = (
    "layers",
    "fonts",
    "reset",
    "tokens",
    "base",
    "layout",
    "shell",
    "bell",
    "plain",
    "icon",
    "button",
    "pill",
    "avatar",
    "chip",
    "tabs",
    "card",
    "say",
    "kpi",
    "bar",
    "table",
    "heat",
    "pager",
    "empty",
    "form",
    "combobox",
    "dialog",
    "menu",
    "toast",
    "stages",
    "timeline",
    "facts",
    "chain",
    "code",
    "bulk",
    "chart",
    "tie",
    "palette",
)

Item = Mapping[str, Any]


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Item], label: str = "", *, page: bool = False) -> dict[str, object]:
    """Draw tabs as links: items of label, url, current, count, icon; `page` gives them the page's own width."""
    return {"items": items, "label": label, "page": page}


@register.inclusion_tag("ui/stages.html")
def stages(items: Sequence[Item], label: str = "", *, short: bool = False) -> dict[str, object]:
    """Draw a path: items of label, note, url and state (past, here, ahead, hollow, lost); `short` for the steps of a task."""
    return {"items": items, "label": label, "short": short}


@register.simple_tag
def look_files() -> SafeString:
    """Link every style sheet of the look, htmx and the modules."""
    sheets = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(f"ui/css/{name}.css"),) for name in SHEETS))
    scripts = format_html(
        '\n<script src="{}" defer></script>\n<script type="module" src="{}"></script>',
        static("ui/vendor/htmx/htmx.min.js"),
        static("ui/js/main.js"),
    )
    return sheets + scripts


@register.simple_tag
def steps(labels: Iterable[str], current: int = 1) -> list[dict[str, object]]:
    """Turn step names into items for `stages`: those before `current` (counted from 1) are past."""
    states = {-1: "past", 0: "here", 1: "ahead"}
    return [{"label": name, "state": states[(at > current) - (at < current)]} for at, name in enumerate(labels, 1)]


@register.simple_tag
def facts(pairs: Iterable[tuple[object, object]]) -> SafeString:
    """Draw a list of name and value."""
    return format_html('<dl class="facts">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))


@register.inclusion_tag("ui/kpi.html")
def kpi(label: str, value: object, **more: object) -> dict[str, object]:
    """Draw one figure with its unit, its change against a named past, and the way to what is under it.

    Further names: unit, change, direction, good, note, url, pill, pill_tone, tone, bar, of, bar_tone, computed, name.
    """
    return {"label": label, "value": value} | more


@register.inclusion_tag("ui/pager.html")
def pager(shown: str = "", previous_url: str = "", next_url: str = "") -> dict[str, object]:
    """Draw the way to the pages before and after, by cursor; `shown` says which rows these are (`1-50 of 1,000+`)."""
    return {"shown": shown, "previous_url": previous_url, "next_url": next_url}


@register.inclusion_tag("ui/progress.html", takes_context=True)
def progress(context: template.Context, title: str, value: float, of: float, **more: object) -> dict[str, object]:
    """Draw long work: bar, count, rate, time_left, cancel_url, poll_url, state, note."""
    return {"title": title, "value": value, "of": of, "csrf_token": context.get("csrf_token")} | more


@register.simple_tag
def skeleton(rows: int = 4) -> SafeString:
    """Draw grey lines where content is on its way."""
    return format_html('<div class="skeleton" aria-hidden="true">{}</div>', mark_safe("<span></span>" * rows))  # noqa: S308 - nothing of anybody in it


@register.inclusion_tag("ui/chart.html")
def chart(spec: Chart, *, tall: bool = False) -> dict[str, object]:
    """Draw a chart with the table behind it and the way to its CSV."""
    return {"chart": spec, "tall": tall}


@register.inclusion_tag("ui/navigation.html")
def navigation_links(groups: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Draw the groups of the navigation."""
    return {"groups": groups}


@register.simple_tag
def phone_links(groups: Sequence[Mapping[str, Any]] | None) -> list[Item]:
    """Choose the four places of the phone's bar: the items marked `phone`, else the first four."""
    items = [item for group in groups or () for item in group["items"]]
    return ([item for item in items if item.get("phone")] or items)[:4]


@register.inclusion_tag("ui/menu_item.html", takes_context=True)
def menu_item(context: template.Context, label: str, url: str = "", icon: str = "", **more: object) -> dict[str, object]:
    """Draw a line of a menu: a link, with method="post" a small form, without a URL a button.

    Further names: tone, current, keys, opens, dialog, name, value; any other becomes an attribute.
    """
    pairs = {key: more.pop(key, None) for key in ("method", "tone", "current", "keys", "name", "value")}
    opens = {"data_opens": more.pop("opens", None), "data_dialog": more.pop("dialog", None)}
    return pairs | {
        "label": label,
        "url": url,
        "icon": icon,
        "attributes": marks.attributes(opens | more),
        "csrf_token": context.get("csrf_token"),
    }
