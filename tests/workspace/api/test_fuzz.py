"""Schemathesis asks every operation what its document allows and what it forbids: no answer is a fault of ours or undeclared.

Over a real network, for longer: test_live.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

EXAMPLES = 5

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
# Every boundary of every field takes minutes; the run over a network takes them.
schema.config.phases.coverage.enabled = False


@pytest.fixture
def authorization(acme, settings) -> Iterator[str]:
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    acme.account("Hollis", employees=40, tags=["key"])
    # As Django's own test client does: a request must not close the connection that the test's transaction lives in.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield acme.api_key().defaults["HTTP_AUTHORIZATION"]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_operation_answers_anything_as_declared(case, authorization, event_store):
    answer = case.call(headers={"Authorization": authorization})

    case.validate_response(
        answer,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
            allow_header_conformance,
        ],
    )
