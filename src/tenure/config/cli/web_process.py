"""One process that answers requests, on a socket that `tenure up` opened and all its processes share."""

import os
import socket
import sys

import uvicorn

from tenure.config.asgi import application
from tenure.config.environment import load_environment


def main(socket_number: int, gate_number: int) -> None:
    """Serve until told to stop; requests under way are finished first.

    The gate is a pipe that `tenure up` closes when the database is ready: the application is loaded by then.
    """
    with os.fdopen(gate_number, "rb") as gate:
        gate.read()
    environment = load_environment()
    config = uvicorn.Config(
        application,
        lifespan="off",
        log_config=None,  # Django's settings say what is logged, for every kind of process alike
        log_level=environment.log_level.lower(),
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=list(environment.trusted_proxies),
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=socket_number)])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
