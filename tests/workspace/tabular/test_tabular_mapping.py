"""Near misses and suggested mappings."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.workspace.tabular.decisions import Kind
from tenure.workspace.tabular.mapping import MappingSuggestion, suggest_mapping
from tenure.workspace.tabular.nearest import count_slips, nearest_values
from tenure.workspace.tabular.presets import PRESETS, find_preset
from tenure.workspace.tabular.profiling import profile
from tenure.workspace.tabular.table import open_table


@dataclass(frozen=True)
class KnownField:
    name: str
    kind: Kind = Kind.TEXT
    label: str = ""
    synonyms: Sequence[str] = ()


def suggestions(folder: Path, text: str, *fields: KnownField) -> list[MappingSuggestion]:
    path = folder / "t.csv"
    path.write_text(text)
    table = open_table(path)
    return suggest_mapping(table.header, profile(table), fields)


@pytest.mark.parametrize(
    ("unknown", "known", "value"),
    [
        ("GTXPro", ["GTX Basic", "GTX Pro", "GTX Plus Pro"], "GTX Pro"),
        ("technolgy", ["technology", "telecommunications"], "technology"),
        ("google", ["Google", "Bing"], "Google"),
        ("Malaga", ["Málaga", "Madrid"], "Málaga"),
        ("Philipines", ["Philippines", "Phillip"], "Philippines"),
        ("Konex", ["Konnex", "Cancity"], "Konnex"),
        ("teh company", ["the company"], "the company"),
    ],
)
def test_nearest_values_offers_what_is_probably_meant(unknown: str, known: list[str], value: str) -> None:
    assert nearest_values([unknown], known)[unknown].value == value


@pytest.mark.parametrize(
    ("unknown", "known"),
    [("Plan 11", ["Plan 10"]), ("abc", ["abd"]), ("Hooli", ["Betasoloin"]), ("", ["x"]), ("Google", ["Google"])],
)
def test_nearest_values_offers_nothing_far_numbered_short_or_known(unknown: str, known: list[str]) -> None:
    assert nearest_values([unknown], known) == {}


def test_nearest_values_two_equally_near_are_doubtful() -> None:
    assert nearest_values(["Pattern"], ["Pattera", "Patterm"])["Pattern"].confidence == pytest.approx(0.43, abs=0.01)


def test_nearest_values_ten_thousand_by_ten_thousand_is_bounded() -> None:
    chance = random.Random(7)
    known = ["".join(chance.choices(string.ascii_lowercase, k=12)) for _ in range(10_000)]
    unknown = [name[:5] + "q" + name[6:] for name in known]

    found = nearest_values(unknown, known)

    assert sum(found[one].value == right for one, right in zip(unknown, known, strict=True) if one != right) >= 9_500


@given(left=st.text("abc", max_size=8), right=st.text("abc", max_size=8))
def test_count_slips_within_the_band_equals_the_full_table(left: str, right: str) -> None:
    table = {
        (row, column): max(row, column)
        for row in range(len(left) + 1)
        for column in range(len(right) + 1)
        if not row or not column
    }
    for row in range(1, len(left) + 1):
        for column in range(1, len(right) + 1):
            same = left[row - 1] != right[column - 1]
            best = min(table[row - 1, column] + 1, table[row, column - 1] + 1, table[row - 1, column - 1] + same)
            if row > 1 and column > 1 and left[row - 2 : row] == right[column - 2 : column][::-1]:
                best = min(best, table[row - 2, column - 2] + 1)
            table[row, column] = best
    full = table[len(left), len(right)]

    assert count_slips(left, right, 3) == (full if full <= 3 else None)


def test_suggest_mapping_by_name_synonym_language_and_kind(tmp_path: Path) -> None:
    text = (
        "accountName,sitio web,行业,Fecha de inicio,close_value,mystery,\n"
        "Acme,acme.example,IT,05-03-2024,12.50,x,\nBeta,beta.example,IT,27-03-2024,8.00,y,\n"
    )

    found = suggestions(
        tmp_path,
        text,
        KnownField("name"),
        KnownField("website", Kind.URL),
        KnownField("industry"),
        KnownField("starts_on", Kind.DATE),
        KnownField("amount", Kind.MONEY),
    )

    assert [one.field for one in found] == ["name", "website", "industry", "starts_on", "amount", None, None]
    assert [one.leave_out for one in found] == [False] * 6 + [True]


def test_suggest_mapping_kind_decides_between_two_columns(tmp_path: Path) -> None:
    found = suggestions(tmp_path, "start,start_date\nsoon,2024-01-05\nlater,2024-02-06\n", KnownField("starts_on", Kind.DATE))

    assert [one.field for one in found] == [None, "starts_on"]


def test_suggest_mapping_no_field_is_offered_twice(tmp_path: Path) -> None:
    found = suggestions(tmp_path, "email,e-mail\na@x.example,b@x.example\n", KnownField("email", Kind.EMAIL))

    assert sorted(str(one.field) for one in found) == ["None", "email"]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_find_preset_knows_each_export_by_its_header(preset: object) -> None:
    assert find_preset(preset.columns) == preset  # type: ignore[attr-defined]


def test_suggest_mapping_of_a_known_export_follows_its_preset(tmp_path: Path) -> None:
    text = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Weighted amount,Our own\n1,Big,Won,10,2024-01-05,5,x\n"

    found = suggestions(tmp_path, text, *(KnownField(name) for name in ("external_id", "name", "stage", "amount", "closed_on")))

    assert [(one.field, one.leave_out) for one in found] == [
        ("external_id", False),
        ("name", False),
        ("stage", False),
        ("amount", False),
        ("closed_on", False),
        (None, True),
        (None, False),
    ]


def test_find_preset_knows_internal_property_names() -> None:
    found = find_preset(["hs_object_id", "dealname", "dealstage", "amount"])

    assert found is not None
    assert found.name == "hubspot_deals"
