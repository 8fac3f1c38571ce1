"""The navigation, filled by each room in `ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenure.workspace.errors import PermissionMissing

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Label

GROUPS = {
    "": "",
    "customers": _("Customers"),
    "win": _("Win"),
    "earn": _("Earn"),
    "keep": _("Keep"),
    "product": _("Product events"),
    "data": _("Data"),
}


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry: where it leads, and the permission without which it is not shown. `group` is a key of GROUPS."""

    label: Label
    icon: str
    url_name: str
    permission: str
    group: str = ""
    position: int = 0
    on_phone: bool = False


_items: list[NavigationItem] = []


def register_navigation(*items: NavigationItem) -> None:
    """Add entries to the navigation."""
    _items.extend(items)
    _items.sort(key=lambda item: item.position)


def groups_for(ctx: Context, path: str) -> list[dict[str, Any]]:
    """The groups and entries this member sees; the one whose page is open is current."""
    groups = []
    for key, label in GROUPS.items():
        entries = [_entry(ctx, item, path) for item in _items if item.group == key and ctx.holds(item.permission)]
        if entries:
            groups.append({"label": label, "items": entries})
    return groups


def _entry(ctx: Context, item: NavigationItem, path: str) -> dict[str, Any]:
    url = reverse(item.url_name, args=[ctx.workspace.slug])
    return {
        "label": item.label,
        "icon": item.icon,
        "url": url,
        "count": None,
        "hot": False,
        "current": path == url or path.startswith(url),
        "on_phone": item.on_phone,
    }


def first_url(ctx: Context) -> str:
    """The first page this member may see; a member who may see none is told so there."""
    for item in _items:
        if ctx.holds(item.permission):
            return reverse(item.url_name, args=[ctx.workspace.slug])
    raise PermissionMissing(permission="workspace.view")
