"""`tenure upgrade`: the database of an older version becomes this version's, or stays what it was."""

import argparse
from pathlib import Path

import psycopg

from tenure.config.cli.backup import default_file, write_backup
from tenure.config.cli.console import say
from tenure.config.cli.database_checks import Level, app_role_findings, fence_findings
from tenure.config.cli.django_commands import has_pending_migrations, migrate
from tenure.config.cli.first_start import answering_database, only_one_here, prepared_environment
from tenure.config.cli.restore import bring_back
from tenure.config.embedded.urls import database_urls
from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure upgrade`."""
    parser.add_argument("--backup", type=Path, help="where the backup goes (default: HOME/backups)")


def run(options: argparse.Namespace) -> int:
    """Back up, change the tables, check; on any failure bring the backup back."""
    environment = prepared_environment()
    with only_one_here(environment), answering_database(environment) as server:
        if not has_pending_migrations(environment):
            say("The database is up to date.")
            return 0
        file = options.backup.resolve() if options.backup else default_file(environment, "before-upgrade")
        write_backup(environment, server, file, keeps_store=True)
        say(f"Backup: {file}")
        try:
            migrate(environment)
            _check(environment)
        except SetupProblem as failed:
            bring_back(environment, server, file)
            raise SetupProblem(f"{failed}\nThe database is as it was before the upgrade.") from failed
    say("The database is now this version's.")
    return 0


def _check(environment: Environment) -> None:
    """Is the database fit to serve? Raises SetupProblem."""
    with psycopg.connect(database_urls(environment)["app"]) as connection:
        findings = [*app_role_findings(connection), *fence_findings(connection)]
    problems = [finding.found for finding in findings if finding.level is Level.PROBLEM]
    if problems:
        raise SetupProblem("\n".join(problems))
