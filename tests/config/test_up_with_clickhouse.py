"""`tenure up` with a ClickHouse given by its URL: the writer is a process of its own, and killed it is started again and doubles nothing."""

from __future__ import annotations

import os
import signal

import pytest

from tests.config.running import new_tenure, open_vendor
from tests.fixtures_store import running_store
from tests.stream.storms import Chance, assert_counted_exactly, storm


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_up_with_a_clickhouse_url_counts_what_it_acknowledged_when_its_writer_is_killed():
    with running_store("", is_alone=True) as store, new_tenure() as tenure:
        assert tenure.up(TENURE_CLICKHOUSE_URL=store.url).startswith("Tenure is ready")
        vendor = open_vendor(tenure, store.url)
        writer = tenure.child_of("writer_process")

        acknowledged = storm(vendor, [lambda: os.kill(writer, signal.SIGKILL)], Chance())

        assert acknowledged > 0
        assert_counted_exactly(vendor, acknowledged)
        assert tenure.child_of("writer_process") != writer
        assert not (tenure.home / "store").exists()
        assert tenure.stop() == 0
        assert "did not finish in time" not in (tenure.home.parent / "up.err").read_text()
