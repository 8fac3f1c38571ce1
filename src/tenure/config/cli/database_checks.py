"""What must be true of the database before Tenure serves a page, and what `tenure doctor` looks at there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import LiteralString

import psycopg

from tenure.config.embedded.urls import database_urls
from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem

OLDEST_POSTGRESQL = 15
LONG_SECONDS = 60


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what was found and, unless all is well, what to do."""

    level: Level
    subject: str
    found: str
    remedy: str = ""


_BYPASSING: LiteralString = """
    SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER')"""
_OWNING: LiteralString = """
    SELECT DISTINCT pg_get_userbyid(c.relowner) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^(pg_|information_schema$)' AND c.relkind IN ('r', 'p', 'v', 'm')
    AND pg_has_role(current_user, c.relowner, 'MEMBER')"""
_GROWING: LiteralString = """
    SELECT rolname FROM pg_roles WHERE (rolcreaterole OR rolreplication) AND pg_has_role(current_user, oid, 'MEMBER')"""
_FENCES: tuple[tuple[LiteralString, str, str], ...] = (
    (
        _BYPASSING,
        "may bypass row-level security, itself or through the role {names}",
        "Give TENURE_DATABASE_URL a role without SUPERUSER and BYPASSRLS that is a member of no such role.",
    ),
    (
        _OWNING,
        "owns tables, or is a member of their owner {names}",
        "Give TENURE_DATABASE_URL a role of its own; tables belong to the role of TENURE_OWNER_DATABASE_URL.",
    ),
    (
        _GROWING,
        "may make roles or copy the server, itself or through the role {names}",
        "Take CREATEROLE and REPLICATION from the role of TENURE_DATABASE_URL.",
    ),
)
_UNFENCED: LiteralString = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
    AND (NOT c.relrowsecurity OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
    ORDER BY c.relname"""


def refuse_unsafe_roles(environment: Environment) -> None:
    """Serve nothing where the app's role could see more than a request may. Raises SetupProblem."""
    with psycopg.connect(database_urls(environment)["app"]) as connection:
        unsafe = [finding for finding in app_role_findings(connection) if finding.level is Level.PROBLEM]
    if unsafe:
        raise SetupProblem("\n".join(f"{finding.found} {finding.remedy}" for finding in unsafe))


def app_role_findings(connection: psycopg.Connection) -> list[Finding]:
    """Whether the role that serves requests stays inside row-level security. connection: as that role."""
    role = connection.info.user
    findings = []
    for query, fact, remedy in _FENCES:
        names = ", ".join(name for (name,) in connection.execute(query))
        if names:
            findings.append(Finding(Level.PROBLEM, "roles", f"The role {role} {fact.format(names=names)}.", remedy))
    return findings or [Finding(Level.OK, "roles", f"{role} owns nothing and bypasses nothing")]


def fence_findings(connection: psycopg.Connection) -> list[Finding]:
    """Whether every table of workspaces' rows has row-level security with a policy."""
    names = ", ".join(name for (name,) in connection.execute(_UNFENCED))
    if names:
        remedy = "Run: tenure upgrade. If it stays, a migration was changed by hand: restore a backup."
        return [Finding(Level.PROBLEM, "row-level security", f"These tables have no policy: {names}.", remedy)]
    return [Finding(Level.OK, "row-level security", "every table of workspaces' rows has its policy")]


def version_finding(connection: psycopg.Connection) -> Finding:
    """Whether PostgreSQL is new enough."""
    version = connection.info.server_version // 10_000
    if version < OLDEST_POSTGRESQL:
        remedy = f"Move to PostgreSQL {OLDEST_POSTGRESQL} or newer."
        return Finding(Level.PROBLEM, "PostgreSQL", f"PostgreSQL {version} is too old.", remedy)
    return Finding(Level.OK, "PostgreSQL", connection.info.parameter_status("server_version") or str(version))


def event_findings(connection: psycopg.Connection) -> list[Finding]:
    """Whether events reach their readers: no long transaction holds them back, and no consumer is far behind."""
    if connection.execute("SELECT to_regprocedure('list_consumer_lags()') IS NULL").fetchone() == (True,):
        return []
    row = connection.execute("SELECT outbox_fence_age()").fetchone()
    lags = connection.execute("SELECT consumer, seconds FROM list_consumer_lags() ORDER BY seconds DESC").fetchall()
    return [_fence_age_finding(float(row[0]) if row else 0.0), *_lag_findings(lags)]


def _fence_age_finding(seconds: float) -> Finding:
    if seconds >= LONG_SECONDS:
        found = f"A transaction has been open for {seconds:.0f} s: no event written since is read."
        remedy = "Find it: SELECT pid, xact_start, query FROM pg_stat_activity WHERE backend_xid IS NOT NULL ORDER BY xact_start"
        return Finding(Level.WARNING, "events", found, remedy)
    return Finding(Level.OK, "events", f"the oldest transaction that writes is {seconds:.0f} s old")


def _lag_findings(lags: list[tuple[str, float]]) -> list[Finding]:
    late = [f"{consumer} ({seconds:.0f} s)" for consumer, seconds in lags if seconds >= LONG_SECONDS]
    if late:
        remedy = "Does Tenure run, with TENURE_WORKERS above 0? Its log says consumer_failed where one cannot go on."
        return [Finding(Level.WARNING, "events", f"Not read yet by: {', '.join(late)}.", remedy)]
    return [Finding(Level.OK, "events", f"{len(lags)} readers, none behind")] if lags else []
