"""Permission patterns, in Python and in the database."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.workspace.domain.permissions import covers, is_within, narrowed, unknown_patterns

PATTERNS = st.one_of(
    st.just("*"),
    st.builds("{}.{}".format, st.sampled_from(["directory", "market", "*"]), st.sampled_from(["view", "create_lead", "*"])),
).filter(lambda pattern: pattern != "*.*")
NAMES = st.builds("{}.{}".format, st.sampled_from(["directory", "market"]), st.sampled_from(["view", "create_lead"]))


@pytest.mark.parametrize(
    ("pattern", "wanted", "expected"),
    [
        ("*", "directory.view", True),
        ("*", "*", True),
        ("directory.*", "directory.view", True),
        ("directory.*", "market.view", False),
        ("*.view", "market.view", True),
        ("*.view", "market.*", False),
        ("directory.view", "directory.*", False),
        ("directory.*", "*", False),
        ("directory.*", "directory", False),
    ],
)
def test_covers_pattern_and_wanted_answers(pattern, wanted, expected):
    assert covers(pattern, wanted) is expected


def test_narrowed_of_crossing_patterns_is_where_they_meet():
    assert narrowed(["*.view", "market.*"], ["directory.*", "market.create_lead"]) == ["directory.view", "market.create_lead"]


@given(st.lists(PATTERNS, max_size=4), st.lists(PATTERNS, max_size=4), NAMES)
def test_narrowed_gives_exactly_what_both_give(one, other, name):
    both = narrowed(one, other)

    assert is_within([name], both) == (is_within([name], one) and is_within([name], other))
    assert is_within(both, one)
    assert is_within(both, other)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(PATTERNS, max_size=4), st.lists(PATTERNS, max_size=4))
def test_permissions_within_in_the_database_agrees_with_the_domain(child, parent):
    with connection.cursor() as cursor:
        cursor.execute("SELECT permissions_within(%s::text[], %s::text[])", [child, parent])
        row = cursor.fetchone()

    assert row == (is_within(child, parent),)


def test_unknown_patterns_are_those_that_give_nothing_known():
    known = {"directory.view", "directory.create_account"}

    assert unknown_patterns(["*", "directory.*", "*.view", "market.*", "directory.veiw", "*.*", "Directory"], known) == [
        "market.*", "directory.veiw", "*.*", "Directory",
    ]  # fmt: skip
