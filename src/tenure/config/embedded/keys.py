"""The secrets of one home: made at the first start, kept in keys.json, readable by its owner alone."""

import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

FILE_NAME = "keys.json"


@dataclass(frozen=True)
class HomeKeys:
    """What a home must keep secret, and the host names it answers to."""

    secret_key: str = field(repr=False)
    superuser_password: str = field(repr=False)
    owner_password: str = field(repr=False)
    app_password: str = field(repr=False)
    allowed_hosts: tuple[str, ...] = ()

    @classmethod
    def made_up(cls) -> Self:
        """Fresh random keys; safe inside a URL as they are."""
        return cls(
            secret_key=secrets.token_urlsafe(48),
            superuser_password=secrets.token_urlsafe(32),
            owner_password=secrets.token_urlsafe(32),
            app_password=secrets.token_urlsafe(32),
            allowed_hosts=("localhost", "127.0.0.1", "[::1]"),
        )


def keys_file(home: Path) -> Path:
    """Where the keys of a home are."""
    return home / FILE_NAME


def read_keys(home: Path) -> HomeKeys | None:
    """The keys of a home, or None before its first start.

    Raises PermissionError where the home is another user's.
    """
    try:
        text = keys_file(home).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    fields = json.loads(text)
    return HomeKeys(**{**fields, "allowed_hosts": tuple(fields["allowed_hosts"])})


def ensure_keys(home: Path) -> HomeKeys:
    """The keys of a home, made now if it has none. Of two that start at once, both get the same keys."""
    existing = read_keys(home)
    if existing is not None:
        return existing
    keys = HomeKeys.made_up()
    with tempfile.NamedTemporaryFile("w", dir=home, prefix=".keys-", encoding="utf-8") as written:
        _write_safely(written.fileno(), keys)
        try:
            os.link(written.name, keys_file(home))
        except FileExistsError:
            return ensure_keys(home)
    return keys


def replace_keys(home: Path, keys: HomeKeys) -> None:
    """Put other keys in place of a home's: the file is never half written."""
    handle, name = tempfile.mkstemp(dir=home, prefix=".keys-")
    try:
        _write_safely(handle, keys)
    finally:
        os.close(handle)
    Path(name).replace(keys_file(home))


def _write_safely(handle: int, keys: HomeKeys) -> None:
    os.fchmod(handle, 0o600)
    os.write(handle, (json.dumps(asdict(keys), indent=2) + "\n").encode())
    os.fsync(handle)
