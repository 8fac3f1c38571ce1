"""The public data sets read as they are: every trap of theirs that concerns reading."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tenure.workspace.tabular.decisions import ColumnProfile, DateOrder, Kind
from tenure.workspace.tabular.nearest import nearest_values
from tenure.workspace.tabular.parsers import Value, parser_for
from tenure.workspace.tabular.profiling import profile
from tenure.workspace.tabular.rows import RowProblem
from tenure.workspace.tabular.table import Table, open_table

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not in ../shared/data"),
]


def columns(name: str) -> dict[str, ColumnProfile]:
    return {one.name: one for one in profile(open_table(DATA / name))}


def values(table: Table, column: ColumnProfile) -> list[Value]:
    parse = parser_for(column.best.kind, column.best.decision)
    return [parse(row[1][column.index]) for row in table.rows() if not isinstance(row, RowProblem)]


def test_every_public_table_reads_without_a_problem() -> None:
    paths = [*DATA.rglob("*.csv"), *DATA.rglob("*.csv.gz"), *DATA.rglob("*.zip"), *DATA.rglob("*.xlsx")]

    faulty = [path.name for path in paths if any(isinstance(row, RowProblem) for row in open_table(path).rows())]

    assert (faulty, len(paths) >= 25) == ([], True)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("olist_b2b_funnel/olist_marketing_qualified_leads_dataset.csv", 8_000),
        ("olist_b2b_funnel/olist_marketing_closed_deals_dataset.csv", 842),
        ("maven_crm/sales_pipeline.csv", 8_800),
        ("maven_crm/accounts.csv", 85),
        ("ravenstack_saas/ravenstack_subscriptions.csv", 5_000),
        ("ravenstack_saas/ravenstack_feature_usage.csv.gz", 25_000),
        ("365_free_to_paid/student_info.csv", 40_979),
        ("365_free_to_paid/student_engagement.csv.gz", 74_246),
        ("xeducation_leads/Leads.csv.gz", 9_240),
        ("ibm_telco_churn/Telco-Customer-Churn.csv.gz", 7_043),
        ("azure_llm_usage/AzureLLMInferenceTrace_conv.csv", 19_366),
    ],
)
def test_public_table_has_its_published_number_of_rows(name: str, rows: int) -> None:
    table = open_table(DATA / name)

    assert sum(1 for _row in table.rows()) == rows


def test_ravenstack_end_dates_are_day_first_by_340_of_486() -> None:
    end = columns("ravenstack_saas/ravenstack_subscriptions.csv")["end_date"]

    facts = end.best.evidence[0].facts
    assert (end.best.decision.date_order, end.empties, end.best.misfits) == (DateOrder.DMY, 4_514, 0)
    assert (facts["count"], facts["of"], facts["against"]) == (340, 486, 0)


def test_ravenstack_monthly_amounts_add_up_to_the_known_total() -> None:
    table = open_table(DATA / "ravenstack_saas/ravenstack_subscriptions.csv")
    found = {one.name: one for one in profile(table)}

    amounts, ends, trials = (values(table, found[name]) for name in ("mrr_amount", "end_date", "is_trial"))

    assert table.dialect.byte_order_mark
    assert sum(amounts) == 11_338_747  # type: ignore[arg-type]
    assert sum(one for one, end in zip(amounts, ends, strict=True) if end) == 1_179_139  # type: ignore[misc]
    assert trials.count(True) == 778


def test_ravenstack_satisfaction_is_empty_825_times_and_21_usage_ids_repeat() -> None:
    table = open_table(DATA / "ravenstack_saas/ravenstack_feature_usage.csv.gz")
    ids = Counter(row[1][0] for row in table.rows() if isinstance(row, tuple))

    assert columns("ravenstack_saas/ravenstack_supports_ticket.csv")["satisfaction_score"].empties == 825
    assert sum(count - 1 for count in ids.values()) == 21


def test_olist_deals_are_semicolon_separated_with_year_first_instants() -> None:
    table = open_table(DATA / "olist_b2b_funnel/olist_marketing_closed_deals_dataset.csv")
    found = {one.name: one for one in profile(table)}

    assert (table.dialect.delimiter, table.dialect.byte_order_mark) == (";", True)
    assert (found["won_date"].best.kind, found["won_date"].best.decision.date_order) == (Kind.INSTANT, DateOrder.YMD)
    assert values(table, found["won_date"])[0] == datetime(2018, 2, 26, 19, 58, tzinfo=UTC)


def test_olist_damaged_ranges_are_mended_and_choices_split() -> None:
    found = columns("olist_b2b_funnel/olist_marketing_closed_deals_dataset.csv")

    assert found["average_stock"].mends == {"05.jan": "1-5", "20.máj": "5-20"}
    assert (found["lead_behaviour_profile"].best.kind, found["lead_behaviour_profile"].best.decision.separator) == (
        Kind.LIST,
        ",",
    )


def test_maven_us_variant_reads_the_same_days() -> None:
    iso, american = (
        open_table(DATA / "maven_crm/sales_pipeline.csv"),
        open_table(DATA / "maven_crm/us_date_variant/sales_pipeline_us_dates.csv"),
    )

    days = [values(table, profile(table)[6]) for table in (iso, american)]

    assert profile(american)[6].best.decision.date_order == DateOrder.MDY
    assert days[0] == days[1]


def test_maven_near_misses_are_offered_and_empties_counted() -> None:
    pipeline, accounts, products = (columns(f"maven_crm/{name}.csv") for name in ("sales_pipeline", "accounts", "products"))
    known = [value for value, _count in products["product"].frequent]
    unknown = {value: count for value, count in pipeline["product"].frequent if value not in known}
    sectors = [value for value, _count in accounts["sector"].frequent]

    assert unknown == {"GTXPro": 1_480}
    assert nearest_values(unknown, known)["GTXPro"].value == "GTX Pro"
    assert nearest_values(sectors, ["technology"])["technolgy"].value == "technology"
    assert (pipeline["account"].empties, pipeline["engage_date"].empties) == (1_425, 500)


def test_xeducation_select_is_no_answer_and_the_last_column_is_empty() -> None:
    found = columns("xeducation_leads/Leads.csv.gz")

    assert found["Specialization"].null_words == {"Select": 1_942}
    assert found["Column 38"].best.kind == Kind.EMPTY
    sources = [value for value, _count in found["Lead Source"].frequent]
    assert nearest_values(["google"], [one for one in sources if one != "google"])["google"].value == "Google"


def test_telco_charges_are_decimals_but_for_11_blanks() -> None:
    charges = columns("ibm_telco_churn/Telco-Customer-Churn.csv.gz")["TotalCharges"]

    assert (charges.best.kind, charges.empties, charges.best.misfits) == (Kind.DECIMAL, 11, 0)


def test_azure_instants_with_seven_digits_and_tokens_add_up() -> None:
    table = open_table(DATA / "azure_llm_usage/AzureLLMInferenceTrace_code.csv")
    found = profile(table)

    assert values(table, found[0])[0] == datetime(2023, 11, 16, 18, 17, 3, 979_960, tzinfo=UTC)
    assert [sum(values(table, one)) for one in found[1:]] == [18_059_974, 245_896]  # type: ignore[arg-type]


def test_pricings_prices_that_are_text_stay_text_and_name_the_numbers() -> None:
    price = columns("saas_pricings/plans_flat_derived.csv")["price"]

    candidate = price.candidate(Kind.DECIMAL)
    assert candidate is not None
    assert (price.best.kind, candidate.misfits > 0) == (Kind.TEXT, True)


def test_ecb_rates_are_exact_with_gaps_and_an_empty_last_column() -> None:
    table = open_table(DATA / "ecb_fx/eurofxref-hist.zip")
    found = {one.name: one for one in profile(table)}

    assert (found["BGN"].best.kind, found["BGN"].null_words["N/A"] > 0, found["Column 43"].best.kind) == (
        Kind.DECIMAL,
        True,
        Kind.EMPTY,
    )
    assert (values(table, found["Date"])[-1], values(table, found["USD"])[-1]) == (date(1999, 1, 4), Decimal("1.1789"))
