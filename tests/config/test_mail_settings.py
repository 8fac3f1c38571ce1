"""TENURE_SMTP_URL as Django's mail settings."""

from __future__ import annotations

import pytest

from tenure.config.mail_settings import NO_SERVER, SmtpServer, smtp_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (None, NO_SERVER),
        ("smtp://mail.example.com", SmtpServer("mail.example.com", 587, "", "", use_tls=True, use_ssl=False)),
        (
            "smtp://ana%40acme.example:p%2Fw@mail.example.com:2525",
            SmtpServer("mail.example.com", 2525, "ana@acme.example", "p/w", use_tls=True, use_ssl=False),
        ),
        ("smtps://ana:pw@mail.example.com", SmtpServer("mail.example.com", 465, "ana", "pw", use_tls=False, use_ssl=True)),
        ("smtp://localhost:25?starttls=no", SmtpServer("localhost", 25, "", "", use_tls=False, use_ssl=False)),
    ],
)
def test_smtp_url_says_where_and_how_mail_is_handed_over(url, server):
    assert smtp_server(url) == server
