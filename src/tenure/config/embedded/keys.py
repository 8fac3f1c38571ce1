"""The secrets of one home: made at the first start, kept in keys.json, readable by its owner alone."""

import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
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
    stream_password: str = field(repr=False, default="")
    allowed_hosts: tuple[str, ...] = ()

    @classmethod
    def made_up(cls) -> Self:
        """Fresh random keys; safe inside a URL as they are."""
        return cls(
            secret_key=secrets.token_urlsafe(48),
            superuser_password=secrets.token_urlsafe(32),
            owner_password=secrets.token_urlsafe(32),
            app_password=secrets.token_urlsafe(32),
            stream_password=secrets.token_urlsafe(32),
            allowed_hosts=("localhost", "127.0.0.1", "[::1]"),
        )

    @property
    def is_whole(self) -> bool:
        """Whether no secret is missing: a home of an earlier version lacks those of engines that came later."""
        return all(asdict(self).values())

    def completed(self) -> Self:
        """The same keys, with those made up that are missing."""
        fresh = asdict(type(self).made_up())
        return replace(self, **{name: fresh[name] for name, value in asdict(self).items() if not value})


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
    """The keys of a home, made now if it has none or some are missing. Of two that start at once, both get the same keys."""
    existing = read_keys(home)
    if existing is not None:
        return existing if existing.is_whole else _complete_keys(home)
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


def _complete_keys(home: Path) -> HomeKeys:
    """Make the secrets that are missing, one at a time."""
    with _turn(home):
        keys = read_keys(home) or HomeKeys.made_up()
        if not keys.is_whole:
            keys = keys.completed()
            replace_keys(home, keys)
        return keys


@contextmanager
def _turn(home: Path) -> Iterator[None]:
    """While nobody else changes the keys of this home."""
    handle = os.open(home, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write_safely(handle: int, keys: HomeKeys) -> None:
    os.fchmod(handle, 0o600)
    os.write(handle, (json.dumps(asdict(keys), indent=2) + "\n").encode())
    os.fsync(handle)
