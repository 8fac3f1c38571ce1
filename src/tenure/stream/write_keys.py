"""Write keys: what a client sends to say which source it is."""

from __future__ import annotations

import secrets

MARK = "tnw_"
SECRET_BYTES = 24
SHOWN_CHARACTERS = 12


def made_up_key() -> str:
    """A fresh key: `tnw_` and 192 random bits, safe in an address and as a user name."""
    return MARK + secrets.token_urlsafe(SECRET_BYTES)
