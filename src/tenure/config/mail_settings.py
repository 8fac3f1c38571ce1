"""Django's mail settings, from TENURE_SMTP_URL: smtp:// speaks STARTTLS (unless ?starttls=no), smtps:// speaks TLS from the start."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

STARTTLS_PORT = 587
TLS_PORT = 465


class SmtpServer(NamedTuple):
    """Where mail is handed over. host: empty where there is no server."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    use_ssl: bool


NO_SERVER = SmtpServer("", STARTTLS_PORT, "", "", use_tls=False, use_ssl=False)


def smtp_server(url: str | None) -> SmtpServer:
    """The server of a URL that environment.py has checked; NO_SERVER for none. User and password are percent-decoded."""
    if not url:
        return NO_SERVER
    parts = urlsplit(url)
    is_secure = parts.scheme == "smtps"
    plain = parse_qs(parts.query).get("starttls", [""])[-1] == "no"
    return SmtpServer(
        host=parts.hostname or "",
        port=parts.port or (TLS_PORT if is_secure else STARTTLS_PORT),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=not is_secure and not plain,
        use_ssl=is_secure,
    )
