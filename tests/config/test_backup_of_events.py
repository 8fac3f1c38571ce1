"""A backup holds the product events: taken while clients post, brought back elsewhere, and the writer goes on without losing or doubling one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tenure.config.embedded.nats import EmbeddedNats
from tenure.config.embedded.store.addresses import store_url
from tenure.config.environment import load_environment
from tenure.stream.nats import EVENT_STREAM, connected_once, stream_identity
from tenure.stream.store.client import EventStore, StoreUnavailable
from tests.config.running import RunningTenure, new_tenure, open_vendor
from tests.stream.storms import Sender, Vendor, acknowledged_by, wait_until_served
from tests.stream.world import wait_for


@pytest.fixture
def tenure() -> Iterator[RunningTenure]:
    with new_tenure() as running:
        yield running


@pytest.mark.timeout(300)
def test_events_backed_up_under_load_come_back_once_and_the_writer_goes_on(tenure: RunningTenure, tmp_path: Path) -> None:
    tenure.up()
    vendor = open_vendor(tenure)
    requests.post(f"{vendor.url}/v1/track", json={"event": "Nobody's"}, auth=(vendor.key, ""), timeout=20)
    before, during, after = (Sender(vendor, name) for name in ("before", "during", "after"))
    _send(before)
    wait_for(lambda: _ids(vendor, "before"), before.acknowledged * 20)
    during.start()
    wait_until_served([during])

    backed_up = tenure.run("backup", str(tmp_path / "b.tar"))

    acknowledged_before = during.acknowledged
    assert backed_up.returncode == 0, backed_up.stderr
    wait_until_served([during])
    during.stop.set()
    during.join()
    _send(after)
    identity = _identity(tenure)
    assert tenure.stop() == 0
    assert "did not finish in time" not in (tenure.home.parent / "up.err").read_text()

    elsewhere = RunningTenure(tenure.home.parent / "elsewhere", tenure.port)
    restored = elsewhere.run("restore", str(tmp_path / "b.tar"))
    assert restored.returncode == 0, restored.stderr
    assert [path.name for path in elsewhere.home.iterdir() if "store" in path.name] == ["store"]
    elsewhere.up()
    tenure.process = elsewhere.process
    again = Vendor(vendor.workspace, vendor.url, vendor.key, store_url(load_environment({"TENURE_HOME": str(elsewhere.home)})))
    new = Sender(again, "new")
    _send(new)

    wait_for(lambda: _ids(again, "new"), acknowledged_by([new]), seconds=60)
    rows, ids = again.rows_and_ids()
    assert rows == ids
    assert _identity(elsewhere) == identity
    assert _refusals(again) == 1
    assert _ids(again, "before") == acknowledged_by([before])
    assert _ids(again, "after") == 0
    assert 0 < _ids(again, "during") <= acknowledged_before * 20
    assert elsewhere.stop() == 0


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_backup_of_a_home_that_does_not_run_holds_its_events_and_no_other_clickhouse_takes_them(
    tenure: RunningTenure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenure.up()
    vendor = open_vendor(tenure)
    sender = Sender(vendor, "all")
    _send(sender)
    wait_for(lambda: _ids(vendor, "all"), acknowledged_by([sender]))
    assert tenure.stop() == 0

    assert tenure.run("backup", str(tmp_path / "b.tar")).returncode == 0
    assert tenure.run("restore", "--replace", str(tmp_path / "b.tar")).returncode == 0
    tenure.up()
    wait_for(vendor.rows_and_ids, (acknowledged_by([sender]),) * 2, seconds=60)
    assert tenure.stop() == 0
    assert list((tenure.home / "store/chdb/shadow").glob("tenure-backup-*")) == []

    refused = tenure.run("restore", "--replace", str(tmp_path / "b.tar"), TENURE_CLICKHOUSE_URL="http://a:b@127.0.0.1:1/c")
    assert refused.returncode == 1
    assert "TENURE_CLICKHOUSE_URL names another server" in refused.stderr
    said = tenure.run("backup", str(tmp_path / "c.tar"), TENURE_CLICKHOUSE_URL="http://a:b@127.0.0.1:1/c").stdout
    assert "Not in it: the events in the ClickHouse of TENURE_CLICKHOUSE_URL" in said


def _send(sender: Sender) -> None:
    """A few batches, all acknowledged."""
    sender.start()
    wait_until_served([sender])
    sender.stop.set()
    sender.join()


def _ids(vendor: Vendor, sender: str) -> int:
    """How many different events of a sender are counted."""
    try:
        statement = "SELECT uniqExact(id) FROM events WHERE workspace = {workspace:UUID} AND startsWith(id, {sender:String})"
        return int(EventStore(vendor.store_url).rows(statement, workspace=vendor.workspace, sender=f"{sender}-")[0][0])
    except StoreUnavailable:
        return -1


def _refusals(vendor: Vendor) -> int:
    statement = "SELECT count() FROM refusals WHERE workspace = {workspace:UUID}"
    return int(EventStore(vendor.store_url).rows(statement, workspace=vendor.workspace)[0][0])


def _identity(tenure: RunningTenure) -> str:
    """Which stream of product events it is."""

    async def ask() -> str:
        async with connected_once(EmbeddedNats(tenure.home).url) as stream:
            return stream_identity(await stream.js.stream_info(EVENT_STREAM))

    return asyncio.run(ask())
