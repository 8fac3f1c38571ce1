"""Tags for marks that stand inside a line, and filters."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenure.ui import marks

register = template.Library()

for mark in (marks.icon, marks.pill, marks.avatar, marks.named, marks.change, marks.keys, marks.button, marks.link_button):
    register.simple_tag(mark)

HEAT_STEPS = 10


@register.simple_tag
def bar(value: float, of: float = 100, label: str = "", tone: str = "") -> SafeString:
    """Draw a share of a whole as a thin bar."""
    return marks.bar(value, of, label, tone)


@register.simple_tag
def when(moment: date | datetime | None, style: str = "relative") -> SafeString:
    """Draw an instant or a day: `relative` (2 days ago, once scripts run), `date` or `full`; a dash for none."""
    if moment is None:
        return SafeString('<span class="quiet">—</span>')
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment))
    local = timezone.localtime(moment)
    full = date_format(local, "DATETIME_FORMAT")
    shown = full if style == "full" else date_format(local)
    mark = SafeString(" data-relative") if style == "relative" else marks.NOTHING
    return format_html('<time datetime="{}" title="{}"{}>{}</time>', moment.isoformat(), full, mark, shown)


@register.filter
def heat(share: float | None) -> str:
    """Give the class of a cell's shade for a share between 0 and 1."""
    if share is None:
        return "heat"
    return f"heat heat-{min(HEAT_STEPS, max(0, round(float(share) * HEAT_STEPS)))}"
