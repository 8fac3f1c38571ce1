"""The bow-tie page: its words, its links, who may see what."""

from __future__ import annotations

import re

import pytest
import time_machine

from tenure.directory.actions.save_segment import save_segment
from tests.insights.turns import TODAY, enter_turns

FUNNEL = [{"lead": 90, "qualified": 80, "opportunity": 60, "won": 30}] * 2 + [{"lead": 90, "qualified": 80}] + [{"lead": 90}]


def get(company, path="bow-tie/", persona=None):
    with time_machine.travel(TODAY, tick=False):
        return (persona or company.owner).client.get(f"/{company.workspace.slug}/{path}")


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("count", [1, 3])
def test_bow_tie_page_asks_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    enter_turns(acme, [{"lead": 90, "won": 30}] * count)
    get(acme)

    with django_assert_num_queries(43):
        response = get(acme)

    assert response.status_code == 200


def test_bow_tie_page_shows_volume_conversion_and_time(acme):
    enter_turns(acme, FUNNEL)

    page = get(acme).content.decode()

    assert 'aria-label="Leads: 4"' in page
    assert 'aria-label="Leads to Qualified: 75% cross, median 10 d"' in page
    assert 'aria-label="Opportunities to Won: 100% cross, median 30 d"' in page


SKIPPED = [{"lead": 90, "opportunity": 80, "won": 60}, {"lead": 90, "opportunity": 80}, {"lead": 90, "won": 70}]


def test_bow_tie_page_says_how_those_fared_who_did_not_skip_a_stage(acme):
    enter_turns(acme, SKIPPED)

    page = words(get(acme))

    said = "Opportunities: 1 skipped it. Of the 2 who really entered, 50.00% came to Won, after 20 days on average."
    assert page.count("skipped it.") == 1
    assert said in page


def test_turns_page_lists_who_really_entered_a_stage_and_who_skipped_it(acme):
    enter_turns(acme, SKIPPED)
    listed = {
        query: get(acme, f"bow-tie/turns/?{query}").content.decode().count("data-row")
        for query in (
            "stage=opportunity",
            "stage=opportunity&entry=own",
            "stage=opportunity&entry=skipped",
            "source=opportunity&target=won&standing=crossed",
            "source=opportunity&target=won&standing=crossed&entry=own",
            "source=lead&target=opportunity&standing=crossed&entry=own",
        )
    }

    page = words(get(acme, "bow-tie/turns/?source=opportunity&target=won&standing=crossed&entry=own"))

    assert list(listed.values()) == [3, 2, 1, 2, 1, 2]
    assert "Only those who really entered Opportunities and Won, without skipping one." in page
    assert "Of those who really entered 50.00% 1 of 2" in page
    assert get(acme, "bow-tie/turns/?stage=opportunity&entry=robots").status_code == 404


def test_api_answers_own_entries_of_stages_and_boundaries(acme):
    enter_turns(acme, SKIPPED)
    api = acme.api_key()

    with time_machine.travel(TODAY, tick=False):
        found = api.get("/api/v1/metrics/bow-tie").json()

    stages = {each["stage"]: (each["turns"], each["own_entries"]) for each in found["stages"]}
    assert (stages["lead"], stages["opportunity"], stages["live"]) == ((3, 3), (3, 2), (None, None))
    assert [each["own_entries"] for each in found["boundaries"]] == [
        {"entered": 3, "crossed": 2, "rate": "0.666666666667", "mean_days": 10.0},
        {"entered": 2, "crossed": 1, "rate": "0.5", "mean_days": 20.0},
    ]


def test_bow_tie_page_draws_stages_without_source_hollow(acme):
    enter_turns(acme, FUNNEL)

    page = get(acme).content.decode()

    assert re.findall(r'class="tie-link tie-(\w+) tie-hollow"', page)[:4] == ["exposed", "onboarding", "live", "adopting"]
    assert f"/{acme.workspace.slug}/bow-tie/how/#live" in page


def test_bow_tie_page_carries_no_inline_style_or_script(acme):
    enter_turns(acme, FUNNEL)

    page = get(acme).content.decode()

    assert re.findall(r"\sstyle=|\son[a-z]+=|<style", page) == []


def test_bow_tie_page_without_a_recent_cohort_shows_all_time(acme):
    enter_turns(acme, [{"lead": 900, "won": 880}])

    assert "Cohort all time" in words(get(acme))


def test_bow_tie_page_of_an_empty_workspace_teaches(acme):
    assert "The bow-tie fills itself" in words(get(acme))


def test_bow_tie_page_names_the_worst_leak_against_the_period_before(acme):
    before = [{"lead": 500, "won": 480}] * 20 + [{"lead": 500}] * 20
    now = [{"lead": 200, "won": 180}] * 10 + [{"lead": 200}] * 30
    enter_turns(acme, before + now)

    page = words(get(acme))

    assert "The worst leak is between Leads and Won: 25.0% cross, against 50.0% in the period before." in page
    assert "At that rate there would be about 10 customers more." in page
    assert "30 prospects have not crossed" in page


def test_turns_page_lists_exactly_those_a_boundary_counts(acme):
    accounts = [acme.account(f"Hollis {number}") for number in range(4)]
    enter_turns(acme, FUNNEL, accounts)

    crossed = get(acme, "bow-tie/turns/?source=lead&target=qualified&standing=crossed").content.decode()
    missing = get(acme, "bow-tie/turns/?source=lead&target=qualified&standing=not_crossed").content.decode()
    passed = get(acme, "bow-tie/turns/?stage=won").content.decode()

    assert (crossed.count("data-row"), missing.count("data-row"), passed.count("data-row")) == (3, 1, 2)
    assert "Hollis 3" in missing


def test_turns_page_with_an_unknown_stage_is_not_there(acme):
    assert get(acme, "bow-tie/turns/?stage=robots").status_code == 404


def test_bow_tie_page_with_a_period_that_does_not_read_is_refused(acme):
    assert get(acme, "bow-tie/?period=yesterday").status_code == 422
    assert get(acme, "bow-tie/?segment=1").status_code == 422


def test_bow_tie_page_by_stranger_is_not_there(acme, stranger):
    assert get(acme, persona=stranger.owner).status_code == 404


def test_bow_tie_page_by_a_member_of_one_account_counts_only_its_turns(acme):
    accounts = [acme.account("Hollis"), acme.account("Kestrel")]
    enter_turns(acme, [{"lead": 90, "won": 30}, {"lead": 90}], accounts)
    member = acme.member("Viewer", name="Of Hollis", scope="subtree", account=accounts[0])

    page = get(acme, persona=member).content.decode()

    assert 'aria-label="Leads: 1"' in page


def test_bow_tie_page_as_csv_has_one_row_per_boundary(acme):
    enter_turns(acme, FUNNEL)

    lines = get(acme, "bow-tie/?format=csv").content.decode("utf-8-sig").splitlines()

    assert lines[1].split(",")[:5] == ["Leads → Qualified", "4", "3", "0", "1"]
    assert len(lines) == 4


def test_turns_page_of_a_boundary_shows_the_share_crossed_by_day(acme):
    # Four enter 200 days ago: one crosses after 5 days, one after 60, one is lost after 20, one is still open.
    enter_turns(acme, [{"lead": 200, "won": 195}, {"lead": 200, "won": 140}, {"lead": 200, "lost": 180}, {"lead": 200}])

    page = words(get(acme, "bow-tie/turns/?source=lead&target=won"))

    assert "Crossed within 7 days 25.0% 0.0% lost by then" in page
    assert "Crossed within 90 days 50.0% 25.0% lost by then" in page
    assert "Half had crossed after 60 d of all who came" in page


def test_api_answers_the_share_crossed_by_day(acme):
    enter_turns(acme, [{"lead": 40, "won": 35}, {"lead": 40, "lost": 20}, {"lead": 40}])
    api = acme.api_key()

    with time_machine.travel(TODAY, tick=False):
        boundary = api.get("/api/v1/metrics/bow-tie").json()["boundaries"][0]

    assert [(one["days"], one["crossed"] and round(one["crossed"], 4)) for one in boundary["crossed_by"]] == [
        (7, 0.3333), (30, 0.3333), (90, None), (180, None),
    ]  # fmt: skip
    assert boundary["half_crossed_after_days"] is None


def test_bow_tie_page_says_among_whom_the_leak_is_worst(acme):
    before = [{"lead": 500, "won": 480}] * 20 + [{"lead": 500}] * 20
    small, large = ([{"lead": 200, "won": 180}] * won + [{"lead": 200}] * (20 - won) for won in (9, 1))
    with time_machine.travel(TODAY, tick=False):
        segments = [save_segment(acme.owner.ctx, position, name=name) for position, name in ((1, "Small"), (2, "Enterprise"))]
        accounts = [acme.account(f"Hollis {number}", segment=segments[number // 20].pk) for number in range(40)]
    enter_turns(acme, before + small + large, [None] * 40 + accounts)

    page = words(get(acme))

    assert "25.0% cross, against 50.0% in the period before. It is worst among Enterprise: 5.0%." in page
