"""Every setting of an installation, with what holds without it and what it does.

The only list of them: docs/guides/settings.md is made from it and a test compares the two.
"""

from typing import NamedTuple

PREFIX = "TENURE_"
DEFAULT_PORT = 8000


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
        "NATS_URL",
        "the embedded NATS",
        "NATS with JetStream (2.11 or newer): nats://user:password@host:4222, of a cluster more hosts behind commas; "
        "with tls:// instead of nats:// only over TLS. With it no NATS is started.",
    ),
    Setting("NATS_REPLICAS", "1", "On how many servers of a NATS cluster each event is kept: 1, 3 or 5."),
    Setting(
        "STREAM_MAX_GB",
        "a third of the free disk at the first start, between 1 and 16; 8 with NATS_URL",
        "How many GiB of product events may wait to be written to the event store. Beyond it clients are told to come later.",
    ),
    Setting(
        "CLICKHOUSE_URL",
        "the embedded event store",
        "ClickHouse (25.8 or newer) over HTTP: http://user:password@host:8123/database, or https://. With it no event store is started.",
    ),
    Setting(
        "CLICKHOUSE_CLUSTER",
        "none: one server",
        "The name of a ClickHouse cluster: its tables are then replicated ones, made on every server of it.",
    ),
    Setting(
        "STREAM_KNOWN_IDS",
        "50000000",
        "How many ids of events are remembered, at most those of 48 hours: the same id sent again within them counts once. "
        "Each takes 13 to 27 bytes of memory.",
    ),
    Setting(
        "STREAM_ACCEPT_GAP",
        "no",
        "yes lets the writer go on where messages of the stream are missing, for good: after a stream was lost or restored from "
        "an old backup.",
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
        "TEST_NATS_URL", "a NATS of the tests' own", "For the tests only: a NATS with JetStream whose streams they may delete."
    ),
    Setting(
        "TEST_CLICKHOUSE_URL",
        "an event store of the tests' own",
        "For the tests only: an empty database of a ClickHouse; they make their tables there and run a writer beside it.",
    ),
    Setting(
        "TEST_DATABASE_URL",
        "an embedded PostgreSQL of the tests' own",
        "For the tests only: a PostgreSQL's superuser; they make their roles and databases there.",
    ),
)


def settings_table() -> str:
    """The table of docs/guides/settings.md, in Markdown."""
    rows = (f"| `{PREFIX}{name}` | {default} | {meaning} |" for name, default, meaning in SETTINGS)
    return "\n".join(("| setting | without it | what it does |", "|---|---|---|", *rows)) + "\n"
