"""Memory stays flat: ten times the rows cost the same."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tenure.workspace.tabular.profiling import profile
from tenure.workspace.tabular.table import open_table
from tenure.workspace.tabular.writing import write_csv, write_xlsx


def rows(count: int) -> Iterator[list[object]]:
    for number in range(count):
        yield [f"S-{number:07d}", f"Company {number % 100}", f"{number % 28 + 1:02d}-03-2024", number * 3, f"{number % 997}.50"]


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("ending", "write"), [("csv", write_csv), ("xlsx", write_xlsx)])
def test_profile_ten_times_the_rows_need_the_same_memory(tmp_path: Path, ending: str, write: Callable[..., int]) -> None:
    small, large = tmp_path / f"small.{ending}", tmp_path / f"large.{ending}"
    for path, count in ((small, 20_000), (large, 200_000)) if ending == "csv" else ((small, 12_000), (large, 60_000)):
        write(path, ["id", "name", "day", "seats", "amount"], rows(count))
    profile(open_table(small))

    first, second = (peak(lambda path=path: profile(open_table(path))) for path in (small, large))

    # A workbook's shared texts are held; this writer repeats texts inline, so nothing grows with the rows.
    assert second < 1.3 * first
