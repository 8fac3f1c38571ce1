"""Set-up of existing clients, ready to paste: one text file a client under templates/stream/setup.

In the files TENURE_URL stands for https://host, TENURE_HOST for the host alone, and WRITE_KEY for the key.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from tenure.stream.enums import SourceKind

if TYPE_CHECKING:
    from tenure.workspace.lists.columns import Label


@dataclass(frozen=True, slots=True)
class _Client:
    """language: a key of _LANGUAGES. file: of its text. needs_https: it can speak nothing else."""

    language: str
    name: str
    install: str
    file: str
    needs_https: bool = False


@dataclass(frozen=True, slots=True)
class Setup:
    """One client's set-up, filled."""

    name: str
    install: str
    code: str
    note: Label = ""


_LANGUAGES: dict[str, Label] = {
    "python": "Python",
    "node": "Node",
    "browser": _("Browser"),
    "java": "Java",
    "go": "Go",
    "php": "PHP",
    "ruby": "Ruby",
    "csharp": "C#",
    "curl": "curl",
    "cloudevents": "CloudEvents",
}
_CLIENTS = (
    _Client("python", "Segment", "pip install segment-analytics-python", "python_segment"),
    _Client("python", "RudderStack", "pip install rudder-sdk-python", "python_rudder"),
    _Client("node", "Segment", "npm install @segment/analytics-node", "node_segment"),
    _Client("node", "RudderStack", "npm install @rudderstack/rudder-sdk-node", "node_rudder"),
    _Client("browser", "Segment", "npm install @segment/analytics-next", "browser_segment"),
    _Client("java", "Segment", "com.segment.analytics.java:analytics", "java_segment"),
    _Client("go", "Segment", "go get github.com/segmentio/analytics-go/v3", "go_segment"),
    _Client("php", "Segment", "composer require segmentio/analytics-php", "php_segment", needs_https=True),
    _Client("ruby", "Segment", "gem install analytics-ruby", "ruby_segment"),
    _Client("csharp", "Segment", "dotnet add package Segment.Analytics.CSharp", "csharp_segment", needs_https=True),
    _Client("curl", "curl", "", "curl"),
    _Client("cloudevents", "CloudEvents, Python", "pip install cloudevents requests", "cloudevents_python"),
    _Client("cloudevents", "CloudEvents, Node", "npm install cloudevents", "cloudevents_node"),
    _Client("cloudevents", "CloudEvents, curl", "", "cloudevents_curl"),
)
_FIRST = {SourceKind.WEB: "browser", SourceKind.MOBILE: "browser", SourceKind.JOB: "curl"}


def languages() -> list[tuple[str, Label]]:
    """Keys and names, in the order they are shown."""
    return list(_LANGUAGES.items())


def first_language(kind: str) -> str:
    """What is shown first for a kind of source."""
    return _FIRST.get(SourceKind(kind), "python")


def setups_of(language: str, url: str, key: str) -> list[Setup]:
    """The clients of a language, with their host and key filled in. url: where this Tenure is reached, without a slash at its end."""
    parts = urlsplit(url)
    values = {
        "TENURE_URL": url,
        "TENURE_HOST": parts.hostname or "",
        "TENURE_NETLOC": parts.netloc,
        "TENURE_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "TENURE_IS_HTTPS": "true" if parts.scheme == "https" else "false",
        "WRITE_KEY": key,
    }
    only = _("This client speaks HTTPS only.")
    return [
        Setup(one.name, one.install, _filled(_text(one.file), values), only if one.needs_https else "")
        for one in _CLIENTS
        if one.language == language
    ]


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text


@cache
def _text(name: str) -> str:
    return (files("tenure.stream") / "templates" / "stream" / "setup" / f"{name}.txt").read_text(encoding="utf-8").strip()
