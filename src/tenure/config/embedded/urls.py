"""Where the database is reached. Asking starts nothing and writes nothing."""

from typing import TYPE_CHECKING

from tenure.config.embedded.folders import socket_folder
from tenure.config.embedded.keys import read_keys
from tenure.config.embedded.roles import APP_ROLE, DATABASE, OWNER_ROLE, socket_url

if TYPE_CHECKING:
    from tenure.config.environment import Environment


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
