"""A correction or a replay in a process of its own, for tests that kill it. Started by test_job_kills.py: correcting|replay_runs WORKSPACE KEY."""

import importlib
import os
import sys
from uuid import UUID

import django


def main(kind: str, workspace: str, key: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tenure.workspace.jobs import system_context  # noqa: PLC0415 - models need the settings

    job = importlib.import_module(f"tenure.stream.{kind}")
    ctx = system_context(UUID(workspace))
    print("working", flush=True)  # noqa: T201 - the test waits for it
    job.carry_out(ctx, UUID(key))


if __name__ == "__main__":
    main(*sys.argv[1:])
