"""The roles and rights that every PostgreSQL under Tenure has, embedded or not.

tenure_owner owns the tables and migrates them; tenure_app serves requests, owns nothing and bypasses nothing.
Both get what they need when a database is prepared, so that no migration has to grant anything.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from psycopg import sql

if TYPE_CHECKING:
    from psycopg import Connection

SUPERUSER = "postgres"
OWNER_ROLE = "tenure_owner"
APP_ROLE = "tenure_app"
DATABASE = "tenure"
EXTENSIONS = ("btree_gin", "pg_stat_statements", "pg_trgm", "unaccent")

_LIMITS = sql.SQL("LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT")
_DATABASE_RIGHTS = (
    sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
    sql.SQL("GRANT USAGE ON SCHEMA public TO {app}"),
    sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {owner}"),
    sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}"),
    sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {app}"),
    sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"),
    sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT EXECUTE ON FUNCTIONS TO {app}"),
)


class RolePasswords(NamedTuple):
    """What the two roles log in with."""

    owner: str
    app: str


def socket_url(role: str, password: str, folder: Path, database: str) -> str:
    """A PostgreSQL URL over the Unix socket in a folder."""
    login = quote(role) + (f":{quote(password, safe='')}" if password else "")
    return f"postgresql://{login}@/{quote(database)}?{urlencode({'host': str(folder)})}"


def prepare_server(superuser: "Connection", passwords: RolePasswords, *, may_create_databases: bool = False) -> None:
    """Give a server the two roles with these passwords; running it again only sets the passwords.

    superuser: a connection that commits by itself, to any database.
    may_create_databases: for a test server, where the owner makes databases of its own.
    """
    existing = {name for (name,) in superuser.execute("SELECT rolname FROM pg_roles")}
    for role, password in ((OWNER_ROLE, passwords.owner), (APP_ROLE, passwords.app)):
        verb = sql.SQL("ALTER ROLE" if role in existing else "CREATE ROLE")
        extra = sql.SQL("CREATEDB" if may_create_databases and role == OWNER_ROLE else "NOCREATEDB")
        superuser.execute(
            sql.SQL("{} {} {} {} PASSWORD {}").format(verb, sql.Identifier(role), _LIMITS, extra, sql.Literal(password))
        )


def create_database(superuser: "Connection", database: str) -> bool:
    """Create a database that the owner role owns and the app role may use; False when it was there already.

    superuser: a connection that commits by itself, to another database. Call prepare_database next.
    """
    found = superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    names = {"database": sql.Identifier(database), "owner": sql.Identifier(OWNER_ROLE), "app": sql.Identifier(APP_ROLE)}
    if not found:
        superuser.execute(sql.SQL("CREATE DATABASE {database} OWNER {owner}").format(**names))
    superuser.execute(sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC").format(**names))
    superuser.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}").format(**names))
    return not found


def prepare_database(superuser: "Connection") -> None:
    """Give the connected database the extensions and the rights of both roles; harmless when repeated.

    superuser: a connection that commits by itself, to the database in question (template1 prepares all later ones).
    """
    for extension in EXTENSIONS:
        superuser.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    for right in _DATABASE_RIGHTS:
        superuser.execute(right.format(owner=sql.Identifier(OWNER_ROLE), app=sql.Identifier(APP_ROLE)))
