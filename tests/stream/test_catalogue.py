"""The catalogue: every name and property that was seen, with exact volumes, from windows that are committed with them."""

from __future__ import annotations

from datetime import UTC, datetime

from tenure.stream import cataloguing
from tenure.stream.cataloguing import read_catalogue
from tenure.stream.models import EventName, EventProperty, Governance, ReaderPosition
from tenure.stream.readers import Window, _take
from tenure.workspace.scope import enter
from tests.stream.world import record

EARLY, LATE = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 5, 2, 10, 30, tzinfo=UTC)


def _read(company, upto=2**40, after=0):
    with enter(company.owner.ctx.scope):
        read_catalogue(company.owner.ctx, Window(company.workspace.pk, after, upto))


def _newest(event_store, company):
    statement = "SELECT max(seq) FROM events WHERE workspace = {workspace:UUID}"
    return event_store.rows(statement, workspace=company.workspace.pk)[0][0]


def test_names_and_properties_are_counted_exactly_by_type(acme, stranger, event_store):
    record(acme, "Exported", account="hollis", at=LATE, count=7, rows=12, format="csv", tags=["a"])
    record(acme, "Exported", account="hollis", at=EARLY, rows=1.5, format=None, is_big=True, more={"a": 1})
    record(acme, "Opened", user="u1", at=LATE, count=3)
    record(stranger, "Exported", user="u2", count=50, rows="many")
    _read(acme)

    with enter(acme.owner.ctx.scope):
        names = {row.name: (row.volume, row.first_seen_at, row.last_seen_at) for row in EventName.objects.all()}
        rows = EventProperty.objects.get(name="rows")
        kinds = {one.name: one for one in EventProperty.objects.all()}
    assert names == {"Exported": (8, EARLY, LATE), "Opened": (3, LATE, LATE)}
    assert (rows.volume, rows.integers, rows.decimals, rows.texts) == (8, 7, 1, 0)
    assert (kinds["format"].texts, kinds["format"].nulls, kinds["tags"].lists) == (7, 1, 7)
    assert (kinds["is_big"].booleans, kinds["more"].maps) == (1, 1)


def test_window_after_window_adds_up_and_a_window_is_not_taken_twice(acme, event_store):
    record(acme, "Opened", user="u1", count=2)
    first = _newest(event_store, acme)
    window = Window(acme.workspace.pk, 0, first)
    assert [_take("catalogue", read_catalogue, window), _take("catalogue", read_catalogue, window)] == [1, 0]
    record(acme, "Opened", user="u1", count=5)
    assert _take("catalogue", read_catalogue, Window(acme.workspace.pk, first, _newest(event_store, acme))) == 1

    with enter(acme.owner.ctx.scope):
        assert EventName.objects.get().volume == 7
        assert ReaderPosition.objects.get(reader="catalogue").seq > first


def test_names_beyond_the_most_are_counted_and_said(acme, event_store, monkeypatch):
    monkeypatch.setattr(cataloguing, "MOST_NAMES", 2)
    monkeypatch.setattr(cataloguing, "MOST_PROPERTIES", 1)
    record(acme, "A", user="u1", count=5, x=1)
    record(acme, "A", user="u1", count=2, y=1)
    record(acme, "B", user="u1", count=4)
    record(acme, "C", user="u1", count=3)
    _read(acme)

    with enter(acme.owner.ctx.scope):
        assert dict(EventName.objects.values_list("name", "volume")) == {"A": 7, "B": 4}
        assert Governance.objects.get().names_left_out == 3
        assert EventName.objects.get(name="A").properties_left_out == 2
        assert EventProperty.objects.get().name == "x"
