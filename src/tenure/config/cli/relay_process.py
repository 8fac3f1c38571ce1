"""One process that hands the outbox to consumers after commit, until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading

import django


def main() -> None:
    """Relay until SIGTERM or Ctrl-C; the batch under way is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenure.config.settings")
    django.setup()
    from tenure.workspace.relay import relay_until  # noqa: PLC0415 - models need the settings

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    relay_until(stop)


if __name__ == "__main__":
    main()
