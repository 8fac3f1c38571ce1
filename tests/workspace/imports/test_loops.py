"""Circles in the account tree: the preview says of them what the run would."""

from __future__ import annotations

import pytest

from tenure.workspace.actions.preview_import import preview_import
from tenure.workspace.imports.draft import Fault
from tests.workspace.imports.runs import counts, drafted, imported

HEAD = "id,name,parent\n"
COUNTED = ("created", "updated", "unchanged", "skipped", "failed")


def _there(acme):
    """Alpha above Beta above Gamma; Delta alone."""
    alpha = acme.account("Alpha", external_id="1")
    beta = acme.account("Beta", external_id="2", parent=alpha.pk)
    acme.account("Gamma", external_id="3", parent=beta.pk)
    acme.account("Delta", external_id="4")
    return acme.owner.ctx


def _problems(preview):
    return [
        (one["code"], one["rows"], [example["row"] for example in one["examples"]]) for one in preview["files"][0]["problems"]
    ]


@pytest.mark.parametrize(
    ("rows", "expected", "problems"),
    [
        ("1,Alpha,2\n", {"failed": 1}, [("account_loop", 1, [2])]),
        ("1,Alpha,3\n4,Delta,1\n", {"updated": 1, "failed": 1}, [("account_loop", 1, [2])]),
        ("4,Delta,4\n", {"failed": 1}, [("account_loop", 1, [2])]),
        ("1,Alpha,3\n2,Beta,4\n", {"updated": 2}, []),
        ("7,Eta,8\n8,Theta,7\n9,Iota,8\n5,Kappa,\n", {"created": 1, "failed": 3}, [("unknown_reference", 3, [2, 3, 4])]),
        ("7,Eta,7\n", {"failed": 1}, [("unknown_reference", 1, [2])]),
        ("1,Alpha,7\n7,Eta,3\n", {"created": 1, "failed": 1}, [("account_loop", 1, [2])]),
        ("7,Eta,8\n8,Theta,9\n9,Iota,Alpha\n", {"created": 3}, []),
        ("2,Beta,Alpha\n1,Alpha,Gamma\n", {"unchanged": 1, "failed": 1}, [("account_loop", 1, [3])]),
    ],
)
def test_preview_foresees_circles_as_the_run_meets_them(acme, rows, expected, problems):
    ctx = _there(acme)

    preview = preview_import(ctx, drafted(ctx, HEAD + rows).pk).preview

    assert {name: preview[name] for name in COUNTED if preview[name]} == expected
    assert _problems(preview) == problems
    assert counts(imported(ctx, HEAD + rows)) == expected


def test_preview_says_of_a_circle_what_the_run_says(acme):
    ctx = _there(acme)

    problem = preview_import(ctx, drafted(ctx, HEAD + "1,Alpha,Beta\n").pk).preview["files"][0]["problems"][0]

    said = Fault(**{key: problem[key] for key in ("code", "message", "facts")}).sentence()
    assert said == "Alpha cannot stand below Beta, because Beta already stands below Alpha."


@pytest.mark.parametrize(("answer", "expected"), [("skip", {"skipped": 2}), ("empty", {"created": 2})])
def test_preview_answers_an_open_circle_as_the_plan_says(acme, answer, expected):
    ctx, text = acme.owner.ctx, HEAD + "7,Eta,8\n8,Theta,7\n"
    columns = {"id": "external_id", "name": "name", "parent": {"field": "parent", "unknown": answer}}

    preview = preview_import(ctx, drafted(ctx, text, columns=columns).pk).preview

    assert {name: preview[name] for name in COUNTED if preview[name]} == expected
    assert counts(imported(ctx, text, columns=columns)) == expected


def test_preview_of_a_long_chain_is_no_circle(acme):
    rows = "".join(f"{number},Account {number},{number - 1 if number % 15 else ''}\n" for number in range(100, 400))

    preview = preview_import(acme.owner.ctx, drafted(acme.owner.ctx, HEAD + rows).pk).preview

    assert (preview["created"], preview["failed"]) == (299, 1)  # the first names 99, which nobody brings
