"""Memory stays flat: ten times the rows cost the same."""

from __future__ import annotations

import tracemalloc
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tenure.workspace.tabular.profiling import profile
from tenure.workspace.tabular.table import open_table
from tenure.workspace.tabular.writing import write_csv, write_xlsx


def rows(count: int) -> Iterator[list[str | int]]:
    for number in range(count):
        yield [f"S-{number:07d}", f"Company {number % 100}", f"{number % 28 + 1:02d}-03-2024", number * 3, f"{number % 997}.50"]


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_profile_of_ten_times_the_rows_needs_the_same_memory(tmp_path: Path) -> None:
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    for path, count in ((small, 15_000), (large, 150_000)):
        write_csv(path, ["id", "name", "day", "seats", "amount"], rows(count))
    profile(open_table(small))

    first, second = (peak(partial(profile, open_table(path))) for path in (small, large))

    assert second < 1.3 * first


def test_rows_of_a_workbook_ten_times_as_long_need_the_same_memory(tmp_path: Path) -> None:
    # A workbook's shared texts are held, once each; this writer puts texts into the cells, so nothing grows with the rows.
    small, large = tmp_path / "small.xlsx", tmp_path / "large.xlsx"
    for path, count in ((small, 4_000), (large, 40_000)):
        write_xlsx(path, ["id", "name", "day", "seats", "amount"], rows(count))

    first, second = (peak(partial(deque, open_table(path).rows(), maxlen=0)) for path in (small, large))

    assert second < 1.3 * first
