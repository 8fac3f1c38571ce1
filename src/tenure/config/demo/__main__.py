"""`python -m tenure.config.demo`: the demo company is made where it is missing, and its founder gets a link to sign in.

With `--events` its product events are brought in, where they are missing: by a process of its own, while one looks around already.
"""

from __future__ import annotations

import argparse
import sys

import django

from tenure.config.cli.console import problem, say
from tenure.config.problems import SetupProblem
from tenure.kernel import clock


def main() -> int:
    """Load once, print a link; 1 where the company could not be made."""
    parser = argparse.ArgumentParser(prog="tenure demo")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=600)
    parser.add_argument("--language", default="en")
    parser.add_argument("--events", action="store_true")
    options = parser.parse_args()
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - models need the settings

    from tenure.config.demo.load import find_founder, load_demo, seen_by  # noqa: PLC0415
    from tenure.config.demo.load_product import load_product  # noqa: PLC0415
    from tenure.config.demo.order import Order  # noqa: PLC0415
    from tenure.workspace.entry_links import entry_path  # noqa: PLC0415

    order = Order(options.seed, options.size, options.language, clock.now().date())
    if options.events:
        founder = find_founder()
        if founder is not None and load_product(seen_by(founder), order, say):
            say("Product events: all sent; pages count them as they arrive.")
        return 0
    try:
        founder = load_demo(order, say)
    except SetupProblem as stopped:
        problem(str(stopped))
        return 1
    say(f"{founder.name} signs in with this link, once, within a day:\n  {settings.BASE_URL}{entry_path(founder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
