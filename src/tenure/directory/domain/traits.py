"""What a client said of a group or a user, read for what an account or a person is known by. Names of traits are Segment's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from tenure.directory.domain.free_mail import company_domain
from tenure.directory.domain.keys import domain_key, email_key

_SITES = ("domain", "website", "url")


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a subject: its own id, and the keys of what was said beside it. group_*: of a user's company."""

    external_id: str = ""
    domain: str = ""
    email: str = ""
    name: str = ""
    group_id: str = ""
    group_name: str = ""
    group_domain: str = ""


def read_group(group_id: str, traits: str) -> Said:
    """A group by its id and the JSON of its traits ('' for none)."""
    told = _object(traits)
    email = email_key(_text(told.get("email")))
    return Said(external_id=group_id, domain=_site(told) or _own_domain(email), name=_name(told))


def read_user(user_id: str, traits: str) -> Said:
    """A user by their id and the JSON of their traits. An id that is an address is one."""
    told = _object(traits)
    company = told.get("company")
    about = company if isinstance(company, dict) else {}
    email = email_key(_text(told.get("email"))) or email_key(user_id)
    site = _site(about) or domain_key(_text(told.get("website")))
    return Said(
        external_id=user_id,
        domain=company_domain(site) or _own_domain(email),
        email=email,
        name=_name(told) or " ".join(filter(None, (_text(told.get("firstName")), _text(told.get("lastName"))))),
        group_id=_text(about.get("id")) or _text(told.get("groupId")),
        group_name=_text(about.get("name")) or _text(company),
        group_domain=company_domain(_site(about)),
    )


def _object(text: str) -> dict[str, Any]:
    """A JSON object; nothing where it is none, or nested beyond reading."""
    try:
        found = msgspec.json.decode(text) if text else {}
    except (msgspec.DecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _site(told: dict[str, Any]) -> str:
    return next((company_domain(found) for name in _SITES if (found := domain_key(_text(told.get(name))))), "")


def _own_domain(email: str) -> str:
    return company_domain(domain_key(email)) if email else ""


def _name(told: dict[str, Any]) -> str:
    return _text(told.get("name")) or _text(told.get("company"))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip().replace("\x00", "")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
