"""`tenure demo`: `tenure up`, with the demo company in it and a link that signs in."""

import argparse
import os
import subprocess
from functools import partial

from tenure.config.cli.console import say
from tenure.config.cli.django_commands import django_environ, python_command
from tenure.config.cli.first_start import prepared_environment
from tenure.config.cli.up import add_arguments as add_up_arguments
from tenure.config.cli.up import serve, settle_options, told_to_stop
from tenure.config.embedded.processes import start_child
from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem

LOADER = "tenure.config.demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure demo`."""
    add_up_arguments(parser)
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another company (default: 1)")
    parser.add_argument("--size", type=int, default=600, help="accounts (default: 600)")
    parser.add_argument("--language", choices=["en", "zh-hans", "es"], default="en", help="the company's language")


def run(options: argparse.Namespace) -> int:
    """Start everything, load the demo company once, and print its address and sign-in link."""
    settle_options(options)
    with told_to_stop() as stop:
        return serve(prepared_environment(), stop, prepare=partial(_load, options))


def _load(options: argparse.Namespace, environment: Environment) -> None:
    """Have the demo company loaded by a process that has Django; it prints the sign-in link."""
    say("Loading the demo company ...")
    wanted = (f"--seed={options.seed}", f"--size={options.size}", f"--language={options.language}")
    environ = {**django_environ(environment), "TENURE_BASE_URL": environment.base_url}
    done = subprocess.run(python_command(LOADER, *wanted), env={**os.environ, **environ}, check=False)  # noqa: S603 - our own arguments, no shell
    if done.returncode != 0:
        raise SetupProblem("The demo company could not be loaded; what went wrong is above.")
    say("Product events of three years follow while you look around: what is counted of them grows for about a minute.")
    start_child(python_command(LOADER, *wanted, "--events"), environ={**os.environ, **environ})
