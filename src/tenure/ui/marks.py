"""Small marks that stand inside a line: icon, pill, avatar, bar, change, keys, button.

Each function gives safe HTML; every text given to it is escaped. They are plain functions because a list draws hundreds of them.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tenure.ui.sprite import NAMES, read_names

TONES = frozenset({"", "leaf", "amber", "rose", "sky"})
NOTHING = SafeString("")


@cache
def known_icons(names: Path = NAMES) -> frozenset[str]:
    """Give the names the sprite holds."""
    return frozenset(read_names(names.read_text()))


def attributes(pairs: Mapping[str, object]) -> SafeString:
    """Write HTML attributes: `hx_post` becomes hx-post, `class_` class; None and False are left out, True stands bare."""
    return flatatt({name.rstrip("_").replace("_", "-"): value for name, value in pairs.items()})


def classes(*names: str) -> str:
    """Join class names, leaving out the empty ones."""
    return " ".join(name for name in names if name)


def tone_class(tone: str, prefix: str = "tone-") -> str:
    """Give the class of a tone. Raises ValueError for a word that is no tone."""
    if tone not in TONES:
        message = f"{tone!r} is no tone; known: leaf, amber, rose, sky"
        raise ValueError(message)
    return f"{prefix}{tone}" if tone else ""


def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label it speaks, without one it is decoration.

    Raises ValueError for a name that icons.txt does not have.
    """
    if name not in known_icons():
        message = f"The sprite has no icon {name!r}: add it to ui/icons.txt (ui/README.md)"
        raise ValueError(message)
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    css = classes("icon", f"icon-{size}" if size else "")
    return format_html('<svg class="{}" {}><use href="{}#{}"></use></svg>', css, spoken, static("ui/icons.svg"), name)


def maybe_icon(name: str) -> SafeString:
    """Draw the icon, or nothing for an empty name."""
    return icon(name) if name else NOTHING


def pill(text: object, tone: str = "", icon: str = "") -> SafeString:
    """Draw a short state in a rounded box: `Watch` in amber."""
    return format_html('<span class="{}">{}{}</span>', classes("pill", tone_class(tone)), maybe_icon(icon), text)


def initials_of(name: str) -> str:
    """Give one or two letters that stand for a name: two words give their first letters, Chinese its first sign."""
    words = [word for word in name.replace("&", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    if not words[0].isascii() and words[0][0].lower() == words[0][0].upper():
        return words[0][0]
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[1][0]).upper()


def avatar(name: str, initials: str = "", size: str = "", *, company: bool = False, alone: bool = False) -> SafeString:
    """Draw the round initials of a person, or the square ones of a company.

    alone: no name stands beside it, so that it must be spoken.
    """
    css = classes("avatar", "avatar-company" if company else "", f"avatar-{size}" if size else "")
    spoken = format_html('role="img" aria-label="{0}" title="{0}"', name) if alone else SafeString('aria-hidden="true"')
    return format_html('<span class="{}" {}>{}</span>', css, spoken, initials or initials_of(name))


def named(name: str, url: str = "", *, company: bool = False) -> SafeString:
    """Draw initials and name side by side, as a link when a URL is given."""
    words = format_html('<a href="{}">{}</a>', url, name) if url else format_html("<span>{}</span>", name)
    return format_html('<span class="named">{}{}</span>', avatar(name, company=company), words)


def bar(value: float, maximum: float = 100, label: str = "", tone: str = "") -> SafeString:
    """Draw a share of a whole as a thin bar; the label says what it measures."""
    css = classes("bar", tone_class(tone, "bar-"))
    # Unlocalised on purpose: HTML reads a decimal point whatever the reader's language.
    return format_html(
        '<progress class="{}" value="{}" max="{}" aria-label="{}"></progress>', css, str(value), str(maximum), label
    )


ARROWS = {"up": "M5 0 10 8H0Z", "down": "M5 8 0 0H10Z"}


def change(text: object, direction: str = "", *, good: bool | None = None) -> SafeString:
    """Draw a change against a named past: an arrow up or down, green when good, rose when bad, quiet when neither."""
    css = classes("change", {True: "change-good", False: "change-bad", None: ""}[good])
    if not direction:
        return format_html('<span class="{}">{}</span>', css, text)
    spoken = _("up") if direction == "up" else _("down")
    arrow = format_html(
        '<svg class="change-arrow" viewBox="0 0 10 8" role="img" aria-label="{}"><path d="{}"/></svg>', spoken, ARROWS[direction]
    )
    return format_html('<span class="{}">{}{}</span>', css, arrow, text)


def keys(*names: str) -> SafeString:
    """Draw the keys to press."""
    return format_html_join(" ", '<kbd class="kbd">{}</kbd>', ((name,) for name in names))


def button_class(kind: str, *, bare: bool, small: bool) -> str:
    """Give the classes of a button: kind is empty, primary, danger or quiet; bare when it shows only an icon."""
    return classes("button", f"button-{kind}" if kind else "", "button-icon" if bare else "", "button-small" if small else "")


def button_words(label: object, icon_name: str, *, bare: bool) -> SafeString:
    """Write the inside of a button; a bare one keeps its words for those who cannot see the icon."""
    words = format_html('<span class="unseen">{}</span>' if bare else "<span>{}</span>", label)
    return maybe_icon(icon_name) + words


def button(
    label: object, icon: str = "", kind: str = "", *, bare: bool = False, small: bool = False, **more: object
) -> SafeString:
    """Draw a button; further names become attributes (`type`, `name`, `value`, `form`, `formaction`, `hx_post`, `opens`)."""
    pairs = {"type": "submit", "data_opens": more.pop("opens", None), "title": label if bare else None} | more
    css = button_class(kind, bare=bare, small=small)
    return format_html('<button class="{}"{}>{}</button>', css, attributes(pairs), button_words(label, icon, bare=bare))


def link_button(
    label: object, url: str, icon: str = "", kind: str = "", *, bare: bool = False, small: bool = False, **more: object
) -> SafeString:
    """Draw a link that looks like a button.

    opens: the dialog of this page to open instead; dialog=True: show what is linked in the page's shared dialog.
    """
    opens, dialog = more.pop("opens", None), more.pop("dialog", None)
    pairs = {"data_opens": opens, "data_dialog": dialog, "title": label if bare else None} | more
    css = button_class(kind, bare=bare, small=small)
    return format_html('<a class="{}" href="{}"{}>{}</a>', css, url, attributes(pairs), button_words(label, icon, bare=bare))
