"""Charts: the specification for the script and the rows of the table."""

from __future__ import annotations

from decimal import Decimal

from tenure.ui.charts import Chart, Series


def test_spec_decimals_become_numbers_and_gaps_stay() -> None:
    chart = Chart("k", "T", ["a", "b"], [Series("s", [Decimal("1.5"), None])])

    assert chart.spec()["series"] == [{"name": "s", "values": [1.5, None], "tone": "leaf", "dashed": False}]


def test_rows_without_texts_show_the_bare_values() -> None:
    chart = Chart("k", "T", ["a", "b"], [Series("s", [1, 2]), Series("t", [3, 4], texts=["iii", "iv"])])

    assert chart.rows() == [("a", [1, "iii"]), ("b", [2, "iv"])]
