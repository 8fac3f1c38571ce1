"""What traits say of whom: names as Segment's clients send them."""

from __future__ import annotations

import json

import pytest

from tenure.directory.domain.traits import Said, read_group, read_user


def test_group_is_known_by_its_site_or_its_mail_domain():
    assert read_group("g1", json.dumps({"name": "Hollis", "website": "https://www.hollis.example/de"})) == Said(
        "g1", "hollis.example", name="Hollis"
    )
    assert read_group("g1", json.dumps({"email": "Info@Hollis.example"})).domain == "hollis.example"
    assert read_group("g1", json.dumps({"email": "hollis@gmail.com"})).domain == ""


def test_user_is_known_by_address_company_and_the_address_that_is_their_id():
    told = {"firstName": "Ana", "lastName": "Ruiz", "email": " Ana@Hollis.example", "company": {"id": 7, "name": "Hollis"}}

    assert read_user("u1", json.dumps(told)) == Said(
        "u1", "hollis.example", "ana@hollis.example", "Ana Ruiz", group_id="7", group_name="Hollis"
    )
    assert read_user("Bo@Hollis.example", "").email == "bo@hollis.example"
    assert read_user("u2", json.dumps({"email": "cy@qq.com", "groupId": "g9"})) == Said("u2", "", "cy@qq.com", group_id="g9")


@pytest.mark.parametrize("traits", ["", "[]", "{", "7", '{"email": {"a": 1}, "company": [1], "name": null}', "[" * 5000])
def test_traits_of_any_other_shape_say_nothing(traits):
    assert read_user("u1", traits) == Said("u1")
