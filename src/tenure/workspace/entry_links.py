"""Links that sign somebody in once: for whoever started Tenure from the command line and has no password.

A link is signed with the installation's secret key, good for a day, and void as soon as its user has signed in by whichever way.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core import signing

from tenure.workspace.errors import EntryLinkNotGood
from tenure.workspace.models import User

GOOD_FOR = timedelta(days=1)
_SALT = "tenure.entry_link"


def entry_path(user: User) -> str:
    """The path of a new link for a user without a password."""
    assert not user.has_usable_password()  # somebody with a password signs in with it
    return f"/enter/{signing.dumps([str(user.pk), _standing(user)], salt=_SALT)}/"


def lock_user_of_link(token: str) -> User:
    """The user a link is for, locked, so that of two visitors at once one is let in. Raises EntryLinkNotGood."""
    try:
        user_id, standing = signing.loads(token, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise EntryLinkNotGood from error
    user = User.objects.select_for_update().filter(pk=UUID(user_id), is_active=True).first()
    if user is None or user.has_usable_password() or standing != _standing(user):
        raise EntryLinkNotGood
    return user


def _standing(user: User) -> str:
    """When the user last signed in: a link made before that is spent."""
    return user.last_login.isoformat() if user.last_login else ""
