"""Django's own commands, each in a process of its own, so that `tenure` itself stays small."""

import os
import subprocess
import sys

from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem

MIGRATE = ("migrate", "--database", "owner", "--no-input", "--skip-checks", "--verbosity", "0")
SHOW_PENDING = ("migrate", "--database", "owner", "--check", "--skip-checks", "--verbosity", "0")
# Jobs that are done are deleted: their arguments may hold the link of a mail, and nobody reads them again.
WORK = ("procrastinate", "worker", "--shutdown-graceful-timeout", "20", "--delete-jobs", "successful")


def python_command(module: str, *arguments: str) -> list[str]:
    """A module run by this very Python; -P keeps the working folder's files from being imported."""
    return [sys.executable, "-P", "-m", module, *arguments]


def django_environ(environment: Environment) -> dict[str, str]:
    """The variables of a process that uses Django: this one's, with the home, host and port decided here."""
    decided = {
        "DJANGO_SETTINGS_MODULE": "tenure.config.settings",
        "TENURE_HOME": str(environment.home),
        "TENURE_HOST": environment.host,
        "TENURE_PORT": str(environment.port),
    }
    return {**os.environ, **decided}


def migrate(environment: Environment) -> None:
    """Bring the tables up to this version, as their owner. Raises SetupProblem with what went wrong."""
    done = run_django(environment, *MIGRATE)
    if done.returncode != 0:
        raise SetupProblem(f"The database could not be brought up to this version:\n{done.stderr.strip()}")


def has_pending_migrations(environment: Environment) -> bool:
    """Whether this version has changes of tables that the database lacks."""
    return run_django(environment, *SHOW_PENDING).returncode != 0


def run_django(environment: Environment, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of Django's commands to its end, its output captured."""
    return subprocess.run(  # noqa: S603 - our own arguments, no shell
        python_command("django", *arguments),
        env=django_environ(environment),
        capture_output=True,
        text=True,
        check=False,
    )
