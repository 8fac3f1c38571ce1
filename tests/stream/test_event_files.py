"""Files of usage as events: the public data's known sums, its traps explained, a second load that changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tenure.kernel.errors import Invalid
from tenure.stream.actions.begin_event_file import begin_event_file
from tenure.stream.files.load import load_events
from tenure.stream.files.plan import EventFilePlan
from tenure.stream.files.reading import EventFile, Findings
from tenure.stream.queries.sources import as_ingest_knows_it
from tests.public_imports import public_file
from tests.stream.world import counted, wait_for

MAPPINGS = Path(__file__).resolve().parents[1] / "mappings"


def _plan(name: str) -> EventFilePlan:
    return EventFilePlan.from_dict(json.loads((MAPPINGS / name).read_text()))


def _load(company, path: Path, plan: EventFilePlan) -> Findings:
    source = begin_event_file(company.owner.ctx, path.name, plan.source)
    return load_events(EventFile(path, plan), as_ingest_knows_it(source))


def _sums(store, company, *properties: str) -> tuple[int, ...]:
    asked = ", ".join(f"sum(JSONExtractInt(properties, '{name}'))" for name in properties)
    return store.rows(
        f"SELECT count(), {asked} FROM events WHERE workspace = {{workspace:UUID}}", workspace=company.workspace.pk
    )[0]


@pytest.mark.public_data
def test_azure_llm_usage_gives_the_known_token_sums(acme, nats_server, event_store):
    # spec/data.md: 8,819 code and 19,366 conversation requests and their sums of tokens.
    code = _load(acme, public_file("azure_llm_usage/AzureLLMInferenceTrace_code.csv"), _plan("azure_events.json"))
    assert (code.rows, code.accepted, code.refused) == (8_819, 8_819, {})
    wait_for(lambda: _sums(event_store, acme, "context_tokens", "generated_tokens"), (8_819, 18_059_974, 245_896))

    conversation = _load(acme, public_file("azure_llm_usage/AzureLLMInferenceTrace_conv.csv"), _plan("azure_events.json"))
    assert conversation.accepted == 19_366
    both = (28_185, 18_059_974 + 22_361_870, 245_896 + 4_088_665)
    wait_for(lambda: _sums(event_store, acme, "context_tokens", "generated_tokens"), both)
    # Seven fractional digits of a second: the seventh is beyond a microsecond.
    first = "SELECT toString(min(time)) FROM events WHERE workspace = {workspace:UUID}"
    assert event_store.rows(first, workspace=acme.workspace.pk) == [("2023-11-16 18:15:46.680590",)]
    customers = "SELECT uniqExact(subject) FROM events WHERE workspace = {workspace:UUID}"
    assert event_store.rows(customers, workspace=acme.workspace.pk) == [(50,)]


@pytest.mark.public_data
def test_ravenstack_usage_loads_with_each_of_its_traps_explained(acme, nats_server, event_store):
    path, plan = public_file("ravenstack_saas/ravenstack_feature_usage.csv.gz"), _plan("ravenstack_usage_events.json")

    found = _load(acme, path, plan)

    # spec/data.md: 25,000 rows, 21 duplicate usage ids, 19,142 before their subscription starts, days first in dates.
    assert (found.rows, found.repeated, found.accepted, found.refused) == (25_000, 21, 24_979, {})
    assert found.early == 19_142
    wait_for(lambda: counted(event_store, acme.workspace.pk), 24_979)
    again = _load(acme, path, plan)
    assert (again.accepted, again.known, again.repeated) == (0, 24_979, 21)
    assert counted(event_store, acme.workspace.pk) == 24_979


def test_rows_that_are_no_events_are_named_and_the_others_taken_in(acme, nats_server, event_store, tmp_path):
    path = tmp_path / "usage.csv"
    path.write_text(
        "id;who;what;when;gb\n1;acme;Upload;31.01.2026 10:00;1,5\n2;acme;Upload;30.02.2026 10:00;2\n3;;Upload;01.02.2026 10:00;3\n"
        "4;acme;;02.02.2026 10:00;4\n1;acme;Upload;03.02.2026 10:00;9\n"
    )
    plan = EventFilePlan.from_dict(
        {
            "source": "Old store",
            "id": {"column": "id"},
            "name": {"column": "what"},
            "time": {"column": "when", "zone": "Europe/Berlin", "date_order": "day-month-year"},
            "account": {"column": "who"},
            "properties": {"gb": {}},
        }
    )

    found = _load(acme, path, plan)

    assert (found.rows, found.accepted, found.repeated) == (5, 1, 1)
    assert set(found.refused) == {"date_does_not_exist", "nobody_named", "name_missing"}
    assert [row for row, _text in found.examples["nobody_named"]] == [4]
    wait_for(lambda: counted(event_store, acme.workspace.pk), 1)
    kept = "SELECT toString(time), properties FROM events WHERE workspace = {workspace:UUID}"
    assert event_store.rows(kept, workspace=acme.workspace.pk) == [("2026-01-31 09:00:00.000000", '{"gb":1.5}')]


def test_plan_without_its_parts_says_what_is_missing():
    with pytest.raises(Invalid) as refused:
        EventFilePlan.from_dict({"name": {"constant": "x"}})
    assert {problem.field for problem in refused.value.errors} == {"source", "time", "account"}
