"""Tags around content: card, section, say, figures, table, row, empty state, dialog, menu, chip, timeline, bulk bar."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tenure.ui import marks
from tenure.ui.marks import NOTHING, classes

register = template.Library()


@register.simple_block_tag
def card(content: SafeString, title: str = "", *, pad: bool = False, aside: object = "", **more: object) -> SafeString:
    """Draw a card; with a title it gets a head, whose right side is `aside`."""
    head = (
        format_html('<div class="card-head"><h2>{}</h2><div class="row-end">{}</div></div>', title, aside) if title else NOTHING
    )
    body = format_html('<div class="{}">{}</div>', "card-body" if title else "card-pad", content) if pad else content
    return format_html('<section class="card"{}>{}{}</section>', marks.attributes(more), head, body)


@register.simple_block_tag
def section(content: SafeString, title: str, url: str = "", more: str = "") -> SafeString:
    """Draw a part of a side card: a small heading, a link at its right."""
    link = format_html('<a class="row-end link" href="{}">{}</a>', url, more or _("All")) if url else NOTHING
    return format_html('<section class="section"><div class="section-head"><h2>{}</h2>{}</div>{}</section>', title, link, content)


@register.simple_block_tag
def say(content: SafeString, tone: str = "", icon: str = "info-circle") -> SafeString:
    """Draw the judgement in words that opens a page."""
    return format_html(
        '<div class="{}">{}<div>{}</div></div>', classes("say", marks.tone_class(tone, "say-")), marks.icon(icon), content
    )


@register.simple_block_tag
def kpis(content: SafeString, label: str = "") -> SafeString:
    """Draw the row of figures."""
    return format_html('<section class="kpis" aria-label="{}">{}</section>', label or _("Key figures"), content)


SORT_ICONS = {"ascending": "arrow-narrow-up", "descending": "arrow-narrow-down"}


def column_head(column: Mapping[str, Any]) -> SafeString:
    """Write the head of one column: label, kind (number), sort (URL), sorted (ascending, descending), unseen."""
    words = format_html('<span class="unseen">{}</span>' if column.get("unseen") else "{}", column["label"])
    order = column.get("sorted") or ""
    if column.get("sort"):
        words = format_html(
            '<a class="sort" href="{}" data-sort>{}{}</a>', column["sort"], words, marks.maybe_icon(SORT_ICONS.get(order, ""))
        )
    pairs = {"scope": "col", "class": column.get("kind") or None, "aria_sort": order or None}
    return format_html("<th{}>{}</th>", marks.attributes(pairs), words)


def select_head() -> SafeString:
    """Write the head of the column of check boxes."""
    label = _("Select all rows on this page")
    return format_html(
        '<th scope="col" class="select"><input type="checkbox" data-select-all aria-label="{}" autocomplete="off"></th>', label
    )


@register.simple_block_tag
def table(
    content: SafeString,
    label: str,
    columns: Sequence[Mapping[str, Any]] = (),
    *,
    select: bool = False,
    two_line: bool = False,
    sticky: bool = False,
    foot: object = "",
) -> SafeString:
    """Draw a table around its rows.

    two_line: two-line rows on a phone; select: a column of check boxes; sticky: a head that stays; foot: rows of totals.
    A head written by hand (`<thead>`) stands first among the rows.
    """
    written, end, rows = content.partition("</thead>")
    head, body = (SafeString(written + end), SafeString(rows)) if end else (NOTHING, content)
    if columns:
        heads = format_html_join("", "{}", ((column_head(column),) for column in columns))
        head = format_html("<thead><tr>{}{}</tr></thead>", select_head() if select else NOTHING, heads)
    parts = {
        "box": classes("table-box", "table-list" if two_line else "", "table-sticky" if sticky else ""),
        "label": label,
        "head": head,
        "body": body,
        "foot": format_html("<tfoot>{}</tfoot>", foot) if foot else NOTHING,
    }
    return format_html(
        '<div class="{box}" role="region" aria-label="{label}" tabindex="0"><table class="table">'
        "{head}<tbody>{body}</tbody>{foot}</table></div>",
        **parts,
    )


@register.simple_block_tag
def row(content: SafeString, key: object, label: str = "", url: str = "", peek: str = "", *, select: bool = True) -> SafeString:
    """Draw a row of a list: key is posted as `selected`, Enter opens url, Space opens peek (a partial) in place."""
    box = NOTHING
    if select:
        box = format_html(
            '<td class="select"><input type="checkbox" name="selected" value="{}" aria-label="{}" autocomplete="off"></td>',
            key,
            _("Select %(name)s") % {"name": label},
        )
    pairs = {
        "id": f"row-{key}",
        "class": "row-link",
        "data_row": True,
        "data_url": url or None,
        "data_peek": peek or None,
        "tabindex": "-1",
    }
    return format_html("<tr{}>{}{}</tr>", marks.attributes(pairs), box, content)


@register.simple_block_tag
def empty(content: SafeString, title: str, icon: str = "leaf") -> SafeString:
    """Draw an empty state: what belongs here, why it matters, one button."""
    return format_html('<div class="empty">{}<h2>{}</h2>{}</div>', marks.icon(icon), title, content)


@register.simple_block_tag
def dialog(content: SafeString, key: str, title: str, *, wide: bool = False) -> SafeString:
    """Draw a dialog; a button with `opens=key` opens it, Escape and its cross close it."""
    return render_to_string("ui/dialog.html", {"content": content, "key": key, "title": title, "wide": wide})


@register.simple_block_tag
def menu(
    content: SafeString,
    key: str,
    label: object,
    icon: str = "",
    kind: str = "",
    *,
    bare: bool = False,
    end: bool = False,
    pad: bool = False,
) -> SafeString:
    """Draw a button that drops a menu, or with `pad` a small form; works without scripts by the popover attribute."""
    words = marks.button(label, icon, kind, bare=bare, type="button", popovertarget=key)
    css = classes("menu", "menu-end" if end else "", "menu-pad" if pad else "")
    return format_html('{}<div id="{}" class="{}" popover>{}</div>', words, key, css, content)


@register.simple_block_tag
def chip(content: SafeString, label: str, value: object = "", key: str = "", drop: str = "", *, add: bool = False) -> SafeString:
    """Draw a filter as a chip that drops its choices; `drop` is the URL without this filter and marks the chip as set."""
    css = classes("chip", "chip-on" if drop else "", "chip-add" if add else "")
    shown = format_html(" <b>{}</b>", value) if value else NOTHING
    plus = marks.icon("plus", size="small") if add else NOTHING
    button = format_html('<button type="button" class="{}" popovertarget="{}">{}{}{}</button>', css, key, plus, label, shown)
    away = NOTHING
    if drop:
        away = format_html(
            '<a class="chip-drop" href="{}" aria-label="{}">{}</a>',
            drop,
            _("Remove filter %(name)s") % {"name": label},
            marks.icon("x", size="small"),
        )
    return format_html(
        '<span class="chip-group">{}{}</span><div id="{}" class="menu menu-pad" popover>{}</div>', button, away, key, content
    )


@register.simple_block_tag
def timeline(content: SafeString, label: str = "") -> SafeString:
    """Draw the list of what happened; its lines are `entry`."""
    return format_html('<ul class="timeline" aria-label="{}">{}</ul>', label or _("Timeline"), content)


@register.simple_block_tag
def entry(content: SafeString, icon: str, at: object = "", tone: str = "") -> SafeString:
    """Draw one line of a timeline; `at` is what `when` gave."""
    mark = format_html('<span class="{}">{}</span>', classes("timeline-mark", marks.tone_class(tone)), marks.icon(icon))
    return format_html("<li>{}<div>{}</div><div>{}</div></li>", mark, content, at)


@register.simple_block_tag
def bulk(content: SafeString, total: str = "") -> SafeString:
    """Draw the bar of actions on the selected rows; `total` offers to select everything the filter finds."""
    return render_to_string("ui/bulk.html", {"content": content, "total": total})
