"""The API as a client over a network meets it: Schemathesis asks every operation of a served Tenure, and must find no fault of ours."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from tenure.config.asgi import application

SECONDS = 120
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "ignored_auth",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
)


@pytest.fixture
def served() -> Iterator[str]:
    """A Tenure of this process at a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, lifespan="off", log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=30)


def _run_schemathesis(url: str, authorization: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "schemathesis"
    command = [
        str(program), "run", f"{url}/api/v1/openapi.json", "--header", f"Authorization: {authorization}",
        "--max-time", str(SECONDS), "--checks", ",".join(CHECKS), "--continue-on-failure", "--no-color", "--seed", "1",
    ]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS + 300)


def _prepared(acme, settings) -> str:
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    for number in range(3):
        acme.account(f"Hollis {number}", employees=number, tags=["key"])
    return acme.api_key().defaults["HTTP_AUTHORIZATION"]


@pytest.mark.faults
@pytest.mark.timeout(SECONDS + 400)
@pytest.mark.django_db(transaction=True)
def test_api_under_schemathesis_makes_no_fault(acme, served, settings, tmp_path):
    done = _run_schemathesis(served, _prepared(acme, settings), tmp_path)

    assert done.returncode == 0, done.stdout[-10_000:]
