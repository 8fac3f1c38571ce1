"""Serves the mock pages on a free port of this machine and prints its address: `python -m tests.ui.serve`."""

from __future__ import annotations

import os
import socketserver
import sys
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


class ThreadedServer(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the test reads one line, the address."""


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.ui.settings"
    from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415 - after the settings are named
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    server = ThreadedServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
