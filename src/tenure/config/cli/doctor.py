"""`tenure doctor`: is this installation sound? Each thing that is not comes with what to do about it."""

import argparse
import importlib.metadata
import json
import os
import platform
import shutil
import stat
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC

import psycopg

from tenure.config.cli.console import say
from tenure.config.cli.database_checks import (
    Finding,
    Level,
    app_role_findings,
    event_findings,
    fence_findings,
    version_finding,
)
from tenure.config.cli.django_commands import has_pending_migrations
from tenure.config.cli.first_start import answering_database, up_lock
from tenure.config.cli.listener import PortTaken, open_listener
from tenure.config.cli.store_checks import store_findings
from tenure.config.cli.stream_checks import stream_findings
from tenure.config.embedded.binaries import NATS, POSTGRES, EngineMissing, EngineWheel, wheel_programs
from tenure.config.embedded.keys import keys_file
from tenure.config.embedded.locks import AlreadyRunning
from tenure.config.embedded.urls import database_urls
from tenure.config.environment import Environment, load_environment, unknown_settings
from tenure.config.problems import SetupProblem
from tenure.kernel import clock

GIB = 1024**3
LEAST_DISK = GIB
LITTLE_DISK = 5 * GIB
CLOCK_SLACK_SECONDS = 5
MARKS = {Level.OK: "ok     ", Level.WARNING: "warning", Level.PROBLEM: "PROBLEM"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure doctor`."""
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(options: argparse.Namespace) -> int:
    """Look at everything and say what was found; 1 when something must be put right."""
    findings = examine(load_environment())
    if options.json:
        say(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            say(_line(finding))
    return int(any(finding.level is Level.PROBLEM for finding in findings))


def examine(environment: Environment) -> list[Finding]:
    """Everything that can be found out, the machine first, then the settings, then the engines."""
    return [
        *_version_findings(),
        *_engine_findings(environment),
        *_setting_findings(environment),
        *_running_findings(environment),
        *(_home_findings(environment) if environment.started else [_not_started(environment)]),
        *(_database_findings(environment) if environment.started else []),
        *(stream_findings(environment) if environment.started else []),
        *(store_findings(environment) if environment.started else []),
    ]


def _line(finding: Finding) -> str:
    line = f"{MARKS[finding.level]}  {finding.subject}: {finding.found}"
    return f"{line}\n         {finding.remedy}" if finding.remedy else line


def _version_findings() -> Iterable[Finding]:
    yield Finding(Level.OK, "Tenure", importlib.metadata.version("tenure"))
    yield Finding(Level.OK, "Django", importlib.metadata.version("django"))
    yield Finding(Level.OK, "Python", platform.python_version())


def _engine_findings(environment: Environment) -> Iterable[Finding]:
    if environment.is_embedded:
        yield _wheel_finding("database", "PostgreSQL", POSTGRES)
    else:
        yield Finding(Level.OK, "database", "another server, by TENURE_DATABASE_URL")
    if environment.has_embedded_nats:
        yield _wheel_finding("stream", "NATS", NATS)
    else:
        yield Finding(Level.OK, "stream", "another server, by TENURE_NATS_URL")


def _wheel_finding(subject: str, name: str, wheel: EngineWheel) -> Finding:
    try:
        wheel_programs(wheel)
    except EngineMissing as missing:
        return Finding(Level.PROBLEM, subject, str(missing), "Run: pip install --force-reinstall tenure")
    return Finding(Level.OK, subject, f"embedded {name}, package {wheel.version}")


def _setting_findings(environment: Environment) -> Iterable[Finding]:
    for name in unknown_settings(os.environ):
        yield Finding(Level.WARNING, "settings", f"{name} is read by nobody.", "Look it up in docs/guides/settings.md.")
    if environment.debug:
        remedy = "Unset TENURE_DEBUG where others can reach this machine."
        yield Finding(Level.WARNING, "settings", "Errors are shown in full (TENURE_DEBUG).", remedy)
    if environment.smtp_url is None:
        remedy = "Set TENURE_SMTP_URL to send it; until then it waits on the outbox page, and password resets in HOME/mail."
        yield Finding(Level.WARNING, "mail", "No mail is sent.", remedy)
    local = environment.host in {"127.0.0.1", "::1", "localhost"}
    if not local and not environment.is_https:
        remedy = "Put a reverse proxy with TLS before it and set TENURE_BASE_URL (docs/guides/self-host.md)."
        yield Finding(Level.WARNING, "encryption", f"{environment.host} is served without TLS.", remedy)


def _running_findings(environment: Environment) -> Iterable[Finding]:
    if not environment.home.is_dir():
        return
    lock = up_lock(environment.home)
    try:
        lock.take()
    except AlreadyRunning as running:
        yield Finding(Level.OK, "running", running.note or "just starting")
        return
    lock.release()
    yield Finding(Level.OK, "running", "no; start it with: tenure up")
    try:
        open_listener(environment).close()
    except PortTaken as taken:
        yield Finding(Level.PROBLEM, "port", str(taken), "Run: tenure up --port NUMBER")


def _not_started(environment: Environment) -> Finding:
    return Finding(Level.WARNING, "home", f"{environment.home} has not been started yet.", "Run: tenure up")


def _home_findings(environment: Environment) -> Iterable[Finding]:
    yield _disk_finding(environment)
    mode = stat.S_IMODE(keys_file(environment.home).stat().st_mode)
    if mode & 0o077:
        remedy = f"Run: chmod 600 {keys_file(environment.home)}"
        yield Finding(Level.PROBLEM, "keys", f"Others may read the keys (mode {mode:o}).", remedy)
    else:
        yield Finding(Level.OK, "keys", f"{keys_file(environment.home)}, closed to others")


def _disk_finding(environment: Environment) -> Finding:
    free = shutil.disk_usage(environment.home).free
    found = f"{free / GIB:.1f} GiB free under {environment.home}"
    remedy = "Free some space, or move TENURE_HOME to a larger disk: a full disk stops every change."
    if free < LEAST_DISK:
        return Finding(Level.PROBLEM, "disk", found, remedy)
    return Finding(Level.WARNING, "disk", found, remedy) if free < LITTLE_DISK else Finding(Level.OK, "disk", found)


def _database_findings(environment: Environment) -> list[Finding]:
    try:
        with answering_database(environment), psycopg.connect(database_urls(environment)["app"]) as connection:
            findings = [version_finding(connection), *app_role_findings(connection), *fence_findings(connection)]
            return [*findings, *event_findings(connection), _clock_finding(connection), *_migration_findings(environment)]
    except (psycopg.OperationalError, SetupProblem) as failed:
        remedy = "Run: tenure up, and read what it says. With TENURE_DATABASE_URL: is that server up, and the URL right?"
        return [Finding(Level.PROBLEM, "database", f"It does not answer: {str(failed).strip()}", remedy)]


def _clock_finding(connection: psycopg.Connection) -> Finding:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    apart = abs((row[0].astimezone(UTC) - clock.now()).total_seconds()) if row else 0.0
    if apart > CLOCK_SLACK_SECONDS:
        remedy = "Set both machines' clocks by NTP: run timedatectl set-ntp true."
        return Finding(Level.PROBLEM, "clock", f"The database's clock is {apart:.0f} s away from this machine's.", remedy)
    return Finding(Level.OK, "clock", f"{clock.now():%Y-%m-%d %H:%M} UTC, the same in the database")


def _migration_findings(environment: Environment) -> list[Finding]:
    if has_pending_migrations(environment):
        found = "This version has changes of tables that the database lacks."
        return [Finding(Level.PROBLEM, "migrations", found, "Run: tenure upgrade")]
    return [Finding(Level.OK, "migrations", "all applied")]
