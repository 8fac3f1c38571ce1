"""A real `tenure` in a home of its own, for tests that start, kill and restore it."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ANSWER_SECONDS = 90


@dataclass
class RunningTenure:
    """One home and the command line on it. port: chosen by the test, so that nothing else is met."""

    home: Path
    port: int
    process: subprocess.Popen[str] | None = field(default=None)

    def up(self) -> str:
        """Start it and return what it says when it is ready, or what it said before it gave up."""
        self.process = subprocess.Popen(
            self._command("up", "--port", str(self.port)),
            env=self._environ(),
            stdout=subprocess.PIPE,
            stderr=(self.home.parent / "up.err").open("a"),
            text=True,
        )
        return _stdout(self.process).readline()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command to its end."""
        return subprocess.run(
            self._command(*arguments),
            env=self._environ(),
            capture_output=True,
            text=True,
            check=False,
            timeout=ANSWER_SECONDS,
        )

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        assert self.process is not None
        self.process.terminate()
        self.process.communicate(timeout=ANSWER_SECONDS)
        return self.process.returncode

    def kill(self) -> None:
        """kill -9, for the process that looks after the others."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate()

    def child_of(self, module: str) -> int:
        """The process of one part: its number, as the operating system lists it."""
        assert self.process is not None
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            for number in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
                if module in Path(f"/proc/{number}/cmdline").read_text():
                    return int(number)
            time.sleep(0.05)
        raise AssertionError(f"No process of {module} in {ANSWER_SECONDS} seconds.")

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "tenure.config.cli", *arguments]

    def _environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TENURE_", "DJANGO_"))}
        return {**kept, "TENURE_HOME": str(self.home)}


def _stdout(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout
