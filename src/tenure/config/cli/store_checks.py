"""What `tenure doctor` looks at in the event store: that it answers, its version, how many events it has, and how long ago it was written to."""

from tenure.config.cli.database_checks import Finding, Level
from tenure.config.embedded.store.addresses import store_url
from tenure.config.environment import Environment
from tenure.kernel.errors import DomainError
from tenure.stream.store.client import EventStore, UnfencedStore

_LOOK = """
SELECT version(), (SELECT count() FROM events), (SELECT dateDiff('second', max(at), now64(6)) FROM positions WHERE reader = 'writer')"""


def store_findings(environment: Environment) -> list[Finding]:
    """Whether the event store answers. The embedded one runs only while `tenure up` does."""
    store: EventStore = UnfencedStore(store_url(environment))
    try:
        version, events, since = store.rows(_LOOK)[0]
    except (DomainError, OSError, ValueError) as failed:
        remedy = "Run: tenure up, and read what it says. With TENURE_CLICKHOUSE_URL: is that server up, and the URL right?"
        level = Level.WARNING if environment.has_embedded_store else Level.PROBLEM
        return [Finding(level, "event store", f"It does not answer: {str(failed) or type(failed).__name__}", remedy)]
    written = f", last written to {since:,} s ago" if events else ""
    return [Finding(Level.OK, "event store", f"ClickHouse {version} answers, with {events:,} events{written}")]
