"""The writer as a process of its own, where ClickHouse is another server: it migrates the tables, then writes until told to stop.

While ClickHouse is away it waits, and then begins as after a crash: from its position, with the ids that the tables have.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import TYPE_CHECKING

import django
import structlog

from tenure.config.embedded.store.addresses import store_url
from tenure.config.environment import load_environment

if TYPE_CHECKING:
    from tenure.config.environment import Environment
    from tenure.stream.store.client import EventStore

AGAIN_SECONDS = 1.0
_INSERTS = """
SELECT count() FROM {processes} WHERE query_kind = 'Insert' AND current_database = currentDatabase()
  AND match(query, 'INSERT INTO (events|sandbox_events|refusals|positions)\\b')"""
log = structlog.get_logger(__name__)


def main() -> None:
    """Write until SIGTERM or Ctrl-C; an insert under way is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenure.config.settings")
    django.setup()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    write_until(stop, load_environment())


def write_until(stop: threading.Event, environment: Environment) -> None:
    """Write until told to stop. Where messages are missing it waits for somebody's word; what else an insert raises ends it."""
    from tenure.config.writing import keep_writing  # noqa: PLC0415 - the rooms need the settings
    from tenure.stream.errors import GapInStream  # noqa: PLC0415
    from tenure.stream.store.client import EventStore, StoreUnavailable  # noqa: PLC0415
    from tenure.stream.store.migrate import all_migrations, migrate_store  # noqa: PLC0415

    store = EventStore(store_url(environment)).everywhere()
    while not stop.is_set():
        try:
            migrate_store(store, all_migrations(), cluster=environment.clickhouse_cluster)
            _wait_for_inserts(store, environment.clickhouse_cluster, stop)
            asyncio.run(keep_writing(store, environment, stop))
        except StoreUnavailable as away:
            log.warning("event_store_away", error=str(away.__cause__ or away))
            stop.wait(AGAIN_SECONDS)
        except GapInStream as gap:
            log.error("writer_waits", reason=str(gap))  # noqa: TRY400 - the sentence says it all
            stop.wait()


def _wait_for_inserts(store: EventStore, cluster: str, stop: threading.Event) -> None:
    """Until none is under way of a writer that was killed, or that waited in vain: what is known is read from what is there."""
    processes = f"clusterAllReplicas('{cluster}', system.processes)" if cluster else "system.processes"
    while store.rows(_INSERTS.format(processes=processes))[0][0] and not stop.wait(AGAIN_SECONDS):
        log.warning("insert_under_way", remedy="it is waited for")


if __name__ == "__main__":
    main()
