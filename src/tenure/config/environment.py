"""The settings of one installation, read from environment variables named TENURE_*.

SETTINGS is the only list of them: docs/guides/settings.md is made from it and a test compares the two.
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
from typing import NamedTuple
from urllib.parse import urlsplit

from tenure.config.embedded.keys import HomeKeys, read_keys
from tenure.config.problems import SetupProblem

PREFIX = "TENURE_"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DEFAULT_PORT = 8000
SHORTEST_KEY = 32


class Setting(NamedTuple):
    """One variable: its name without TENURE_, what holds without it, and what it does."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting(
        "HOME",
        "as root /var/lib/tenure/FOLDER, else ~/.local/share/tenure/FOLDER",
        "Where the embedded database, the files and the keys are kept. FOLDER is the name of the folder that Tenure "
        "is installed in and a short hash of its path, so that two checkouts never meet.",
    ),
    Setting(
        "DATABASE_URL",
        "the embedded PostgreSQL",
        "PostgreSQL (15 or newer) as the role that serves requests: it must own nothing and bypass nothing. "
        "With it, OWNER_DATABASE_URL is required and no PostgreSQL is started.",
    ),
    Setting(
        "OWNER_DATABASE_URL",
        "the embedded PostgreSQL",
        "The same database as the role that owns the tables and migrates them.",
    ),
    Setting(
        "SECRET_KEY",
        "made at the first start, kept in HOME/keys.json",
        "Signs sessions and links. Several machines that share a database need the same one. At least 32 characters.",
    ),
    Setting(
        "ALLOWED_HOSTS",
        "localhost, 127.0.0.1, [::1], and the host of BASE_URL",
        "Host names that pages may be asked for by, separated by commas.",
    ),
    Setting(
        "BASE_URL",
        "http://localhost:PORT",
        "The address that people type: used in mail and links. With https, cookies are sent over https only.",
    ),
    Setting("HOST", "127.0.0.1", "The address to listen on. 0.0.0.0 answers every network card."),
    Setting("PORT", str(DEFAULT_PORT), "The port to listen on."),
    Setting(
        "TRUSTED_PROXIES",
        "127.0.0.1",
        "Addresses of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, separated by commas.",
    ),
    Setting(
        "SMTP_URL",
        "none: mail is kept on the outbox page, and account mail (password reset) in HOME/mail",
        "smtp://user:password@host:587 (STARTTLS), or smtps://user:password@host:465 (TLS from the start). "
        "For a relay on this machine that speaks no TLS: smtp://localhost:25?starttls=no.",
    ),
    Setting("MAIL_FROM", "Tenure <noreply@HOST OF BASE_URL>", "The sender of every mail."),
    Setting("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
    Setting("WEB_PROCESSES", "1", "Processes that answer requests; about one per core."),
    Setting("WORKERS", "1", "Processes that run jobs; 0 on a machine that only answers requests."),
    Setting("API_REQUESTS_PER_MINUTE", "1200", "How many requests one API key may make in a minute."),
    Setting("FILES", "HOME/files", "The folder of uploaded files."),
    Setting(
        "IMPORT_FOLDER",
        "HOME/imports",
        "Where saved imports watch for files: each workspace's address is a folder in it, each saved import one below.",
    ),
    Setting(
        "OUTBOUND_HOSTS",
        "none",
        "Hosts that Tenure may call although their address is not public, separated by commas: a file server of your own.",
    ),
    Setting("DEBUG", "no", "yes shows errors in full to whoever meets them: never where others can reach it."),
    Setting(
        "TEST_DATABASE_URL",
        "an embedded PostgreSQL of the tests' own",
        "For the tests only: a PostgreSQL's superuser; they make their roles and databases there.",
    ),
)


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


def settings_table() -> str:
    """The table of docs/guides/settings.md, in Markdown."""
    rows = (f"| `{PREFIX}{name}` | {default} | {meaning} |" for name, default, meaning in SETTINGS)
    return "\n".join(("| setting | without it | what it does |", "|---|---|---|", *rows)) + "\n"


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
