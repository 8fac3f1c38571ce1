"""One process that publishes the outbox to the stream, hands it to consumers, and lets readers of product events read, until it is told to stop.

What is under way is finished where that takes no longer than FINISH_SECONDS. Else the process ends in the middle, as it may at any
moment: positions are committed with their effects, and what was begun is done again.
"""

from __future__ import annotations

import os
import signal
import threading
import time

import django
import structlog

FINISH_SECONDS = 4.0
log = structlog.get_logger(__name__)


def main() -> None:
    """Relay until SIGTERM or Ctrl-C."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenure.config.settings")
    django.setup()
    from tenure.stream.readers import read_until  # noqa: PLC0415 - models need the settings
    from tenure.stream.relay.running import relay_until  # noqa: PLC0415

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    threading.Thread(target=_end_in_time, args=[stop], name="end in time", daemon=True).start()
    # Product events are read beside: neither waits where the other's engine is away.
    reading = threading.Thread(target=read_until, args=[stop], name="readers")
    reading.start()
    try:
        relay_until(stop)
    finally:
        stop.set()
        reading.join()


def _end_in_time(stop: threading.Event) -> None:
    """End the process where a statement or a consumer holds it up after it was told to stop."""
    stop.wait()
    time.sleep(FINISH_SECONDS)
    busy = [thread.name for thread in threading.enumerate() if not thread.daemon and thread is not threading.main_thread()]
    log.warning("relay_cut_short", threads=busy)
    os._exit(0)


if __name__ == "__main__":
    main()
