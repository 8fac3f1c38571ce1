"""The port that pages are served on: opened before anything else is started, so that a taken one is said at once."""

import os
import socket

from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem

TRIES = 20
BACKLOG = 1024


class PortTaken(SetupProblem):
    """Another program listens on the port."""


def open_listener(environment: Environment) -> socket.socket:
    """A socket on the port that was set; without a setting, on the first free one from the default on.

    Raises PortTaken.
    """
    chosen = "TENURE_PORT" in os.environ
    for port in range(environment.port, environment.port + (1 if chosen else TRIES)):
        try:
            return _listen(environment.host, port)
        except OSError as failed:
            last = failed
    raise PortTaken(
        f"Cannot listen on {environment.host}, port {environment.port}: {last.strerror}. "
        "Stop the program that uses it, or choose another: tenure up --port NUMBER."
    )


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
