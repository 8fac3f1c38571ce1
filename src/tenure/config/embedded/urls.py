"""Where the database and the stream are reached. Asking starts nothing and writes nothing."""

from typing import TYPE_CHECKING

from tenure.config.embedded.folders import socket_folder
from tenure.config.embedded.keys import read_keys
from tenure.config.embedded.nats_settings import GIB, HOST, USER, read_place
from tenure.config.embedded.roles import APP_ROLE, DATABASE, OWNER_ROLE, socket_url

if TYPE_CHECKING:
    from tenure.config.environment import Environment

DEFAULT_EVENT_BYTES = 8 * GIB


def database_urls(environment: "Environment") -> dict[str, str]:
    """How to reach the database: {"app": ..., "owner": ...}, by URL where one is set, else embedded."""
    if environment.database_url and environment.owner_database_url:
        return {"app": environment.database_url, "owner": environment.owner_database_url}
    return embedded_urls(environment)


def embedded_urls(environment: "Environment") -> dict[str, str]:
    """How to reach the embedded PostgreSQL: {"app": ..., "owner": ...}.

    Before the first start there are no passwords yet: the URLs then have none, and connecting fails.
    """
    keys = read_keys(environment.home)
    folder = socket_folder(environment.home)
    passwords = (keys.app_password, keys.owner_password) if keys else ("", "")
    return {
        "app": socket_url(APP_ROLE, passwords[0], folder, DATABASE),
        "owner": socket_url(OWNER_ROLE, passwords[1], folder, DATABASE),
    }


def nats_url(environment: "Environment") -> str:
    """How to reach NATS: by URL where one is set, else embedded. Before the first start connecting fails."""
    if environment.nats_url:
        return environment.nats_url
    keys, place = read_keys(environment.home), read_place(environment.home)
    return f"nats://{USER}:{keys.stream_password if keys else ''}@{HOST}:{place.port if place else 1}"


def event_bytes(environment: "Environment") -> int:
    """How many bytes of product events may wait in the stream."""
    place = read_place(environment.home)
    if environment.stream_max_gb is not None:
        return environment.stream_max_gb * GIB
    return place.event_bytes if place and not environment.nats_url else DEFAULT_EVENT_BYTES
