"""The settings of one installation, read from environment variables named TENURE_*.

setting_list.py says what each one means.
Nothing here starts, creates or writes anything.
"""

import hashlib
import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tenure.config.embedded.keys import HomeKeys, read_keys
from tenure.config.problems import SetupProblem
from tenure.config.setting_list import DEFAULT_PORT, PREFIX, SETTINGS

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SHORTEST_KEY = 32


class EnvironmentProblem(SetupProblem):
    """A setting cannot be used; the message names it and says what to write instead."""

    def __init__(self, name: str, remedy: str) -> None:
        super().__init__(f"{PREFIX}{name}: {remedy}")
        self.name = name
        self.remedy = remedy


@dataclass(frozen=True)
class Environment:
    """Everything that an installation may set, checked and with its defaults filled in.

    database_url and owner_database_url: both None when the embedded PostgreSQL is meant.
    started: whether a first start has made the keys; before it, secret_key lasts for this process only.
    """

    home: Path
    database_url: str | None = field(repr=False)
    owner_database_url: str | None = field(repr=False)
    nats_url: str | None = field(repr=False)
    nats_replicas: int
    stream_max_gb: int | None
    clickhouse_url: str | None = field(repr=False)
    clickhouse_cluster: str
    stream_known_ids: int
    stream_accept_gap: bool
    secret_key: str = field(repr=False)
    allowed_hosts: tuple[str, ...]
    base_url: str
    host: str
    port: int
    trusted_proxies: tuple[str, ...]
    smtp_url: str | None = field(repr=False)
    mail_from: str
    log_level: str
    web_processes: int
    workers: int
    api_requests_per_minute: int
    files: Path
    import_folder: Path
    outbound_hosts: tuple[str, ...]
    debug: bool
    started: bool

    @property
    def is_embedded(self) -> bool:
        """Whether Tenure runs its own PostgreSQL."""
        return self.database_url is None

    @property
    def has_embedded_nats(self) -> bool:
        """Whether Tenure runs its own NATS."""
        return self.nats_url is None

    @property
    def has_engines(self) -> bool:
        """Whether Tenure runs an engine of its own at all."""
        return self.is_embedded or self.has_embedded_nats or self.has_embedded_store

    @property
    def has_embedded_store(self) -> bool:
        """Whether Tenure runs its own event store."""
        return self.clickhouse_url is None

    @property
    def is_https(self) -> bool:
        """Whether people reach Tenure over https."""
        return self.base_url.startswith("https://")


def load_environment(environ: Mapping[str, str] | None = None) -> Environment:
    """Read the settings (os.environ by default).

    Raises EnvironmentProblem, which names the setting and the remedy.
    """
    given = _given(os.environ if environ is None else environ)
    home = home_folder(given)
    keys = read_keys(home)
    port = _whole_number(given, "PORT", DEFAULT_PORT, lowest=1, highest=65_535)
    base_url = _base_url(given, port)
    database_url, owner_database_url = _database_urls(given)
    return Environment(
        home=home,
        database_url=database_url,
        owner_database_url=owner_database_url,
        nats_url=_nats_url(given),
        nats_replicas=_whole_number(given, "NATS_REPLICAS", 1, lowest=1, highest=5),
        stream_max_gb=_whole_number(given, "STREAM_MAX_GB", 1, lowest=1, highest=65_536) if "STREAM_MAX_GB" in given else None,
        clickhouse_url=_clickhouse_url(given),
        clickhouse_cluster=_cluster(given),
        stream_known_ids=_whole_number(given, "STREAM_KNOWN_IDS", 50_000_000, lowest=10_000, highest=4_000_000_000),
        stream_accept_gap=_yes_or_no(given, "STREAM_ACCEPT_GAP"),
        secret_key=_secret_key(given, keys),
        allowed_hosts=_allowed_hosts(given, keys, base_url),
        base_url=base_url,
        host=given.get("HOST", "127.0.0.1"),
        port=port,
        trusted_proxies=_words(given.get("TRUSTED_PROXIES", "127.0.0.1")),
        smtp_url=_smtp_url(given),
        mail_from=given.get("MAIL_FROM", f"Tenure <noreply@{urlsplit(base_url).hostname}>"),
        log_level=_log_level(given),
        web_processes=_whole_number(given, "WEB_PROCESSES", 1, lowest=1, highest=256),
        workers=_whole_number(given, "WORKERS", 1, lowest=0, highest=256),
        api_requests_per_minute=_whole_number(given, "API_REQUESTS_PER_MINUTE", 1200, lowest=1, highest=100_000_000),
        files=_folder(given, "FILES") or home / "files",
        import_folder=_folder(given, "IMPORT_FOLDER") or home / "imports",
        outbound_hosts=_words(given.get("OUTBOUND_HOSTS", "")),
        debug=_yes_or_no(given, "DEBUG"),
        started=keys is not None,
    )


def unknown_settings(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Variables that begin with TENURE_ and that nobody reads: most likely misspelt."""
    known = {PREFIX + setting.name for setting in SETTINGS}
    return tuple(sorted(name for name in environ if name.startswith(PREFIX) and name not in known))


def home_folder(given: Mapping[str, str]) -> Path:
    """Where this installation keeps what it owns. given: settings without their prefix."""
    return _folder(given, "HOME") or _default_homes() / folder_key(project_folder())


def project_folder() -> Path:
    """The folder Tenure runs from: the checkout, or the Python environment that it is installed in."""
    checkout = Path(__file__).resolve().parents[3]
    return checkout if (checkout / "pyproject.toml").is_file() else Path(sys.prefix).resolve()


def folder_key(folder: Path) -> str:
    """A folder's name and a short hash of its path: two folders of one name never share a home."""
    name = re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-")[:32] or "tenure"
    return f"{name}-{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}"


def _default_homes() -> Path:
    return Path("/var/lib/tenure") if os.geteuid() == 0 else Path.home() / ".local/share/tenure"


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings that say something, without their prefix: an empty variable counts as not set."""
    return {
        name.removeprefix(PREFIX): value.strip() for name, value in environ.items() if name.startswith(PREFIX) and value.strip()
    }


def _database_urls(given: Mapping[str, str]) -> tuple[str | None, str | None]:
    names = ("DATABASE_URL", "OWNER_DATABASE_URL")
    app, owner = (given.get(name) for name in names)
    if (app is None) != (owner is None):
        missing = names[0] if app is None else names[1]
        raise EnvironmentProblem(missing, f"is needed too: give both {PREFIX}{names[0]} and {PREFIX}{names[1]}.")
    for name in names:
        url = given.get(name)
        if url is not None and urlsplit(url).scheme not in {"postgresql", "postgres"}:
            raise EnvironmentProblem(name, "must look like postgresql://role:password@host:5432/database.")
    return app, owner


def _nats_url(given: Mapping[str, str]) -> str | None:
    url = given.get("NATS_URL")
    if url and not _is_nats(url):
        raise EnvironmentProblem(
            "NATS_URL", "must look like nats://user:password@host:4222, more hosts of a cluster behind commas."
        )
    return url


def _is_nats(url: str) -> bool:
    first, *more = url.split(",")
    scheme, separator, _rest = first.partition("://")
    try:
        hosts = [urlsplit(one if "://" in one else f"{scheme}://{one}") for one in (first, *more)]
        return bool(separator) and all(one.scheme in {"nats", "tls"} and one.hostname and one.port != 0 for one in hosts)
    except ValueError:  # a port is no number
        return False


def _clickhouse_url(given: Mapping[str, str]) -> str | None:
    url = given.get("CLICKHOUSE_URL")
    if url and not (urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname):
        raise EnvironmentProblem("CLICKHOUSE_URL", "must look like http://user:password@host:8123/database.")
    return url


def _cluster(given: Mapping[str, str]) -> str:
    name = given.get("CLICKHOUSE_CLUSTER", "")
    if name and not re.fullmatch(r"[A-Za-z0-9_.-]+", name):
        raise EnvironmentProblem("CLICKHOUSE_CLUSTER", "is a name of letters, digits, dots and dashes.")
    return name


def _secret_key(given: Mapping[str, str], keys: HomeKeys | None) -> str:
    if "SECRET_KEY" in given:
        if len(given["SECRET_KEY"]) < SHORTEST_KEY:
            raise EnvironmentProblem("SECRET_KEY", f"is too short to be safe: give at least {SHORTEST_KEY} random characters.")
        return given["SECRET_KEY"]
    return keys.secret_key if keys else secrets.token_urlsafe(48)


def _allowed_hosts(given: Mapping[str, str], keys: HomeKeys | None, base_url: str) -> tuple[str, ...]:
    chosen = _words(given["ALLOWED_HOSTS"]) if "ALLOWED_HOSTS" in given else (keys.allowed_hosts if keys else ())
    host = urlsplit(base_url).hostname or "localhost"
    return tuple(dict.fromkeys((*chosen, f"[{host}]" if ":" in host else host, *LOCAL_HOSTS)))


def _base_url(given: Mapping[str, str], port: int) -> str:
    url = given.get("BASE_URL", f"http://localhost:{port}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise EnvironmentProblem("BASE_URL", "must look like https://tenure.example.com, without a path.")
    return url


def _smtp_url(given: Mapping[str, str]) -> str | None:
    url = given.get("SMTP_URL")
    if url and not _is_smtp(url):
        raise EnvironmentProblem("SMTP_URL", "must look like smtp://user:password@host:587 or smtps://...:465.")
    return url


def _is_smtp(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is no number
        return False


def _log_level(given: Mapping[str, str]) -> str:
    level = given.get("LOG_LEVEL", "INFO").upper()
    if level not in LOG_LEVELS:
        raise EnvironmentProblem("LOG_LEVEL", f"must be one of {', '.join(LOG_LEVELS)}.")
    return level


def _folder(given: Mapping[str, str], name: str) -> Path | None:
    if name not in given:
        return None
    folder = Path(given[name]).expanduser()
    if not folder.is_absolute():
        raise EnvironmentProblem(name, "must be a whole path, beginning with /.")
    return folder


def _whole_number(given: Mapping[str, str], name: str, default: int, *, lowest: int, highest: int) -> int:
    text = given.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
        raise EnvironmentProblem(name, f"must be a whole number from {lowest} to {highest}.")
    return int(text)


def _yes_or_no(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name, "no").lower()
    if text in {"yes", "true", "1", "on"}:
        return True
    if text in {"no", "false", "0", "off"}:
        return False
    raise EnvironmentProblem(name, "must be yes or no.")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
