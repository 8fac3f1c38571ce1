"""House rules 7, 15 and 20: every table has a workspace, a policy, indexes that begin with the workspace, and no float near money."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connection, models

from tenure.workspace.fence import scoped_models
from tenure.workspace.models import User

SLOT = re.compile(r"[a-z]\d\d$")
OWN = [model for model in apps.get_models() if model.__module__.startswith("tenure.")]
OUTSIDE = {User}


def test_every_table_of_ours_has_a_workspace():
    assert {model for model in OWN if model not in scoped_models()} == OUTSIDE


@pytest.mark.django_db
def test_every_scoped_table_has_its_policy_in_force():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relrowsecurity AND p.polname = 'fence'"
        )
        fenced = {row[0] for row in cursor.fetchall()}
    assert {model._meta.db_table for model in scoped_models()} - fenced == set()


@pytest.mark.django_db
def test_app_role_owns_nothing_and_bypasses_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("model", scoped_models(), ids=lambda model: model._meta.label)
def test_indexes_begin_with_the_workspace(model):
    late = [
        index.name
        for index in model._meta.indexes
        if not index.fields or index.fields[0].lstrip("-") not in {"workspace", "workspace_id"}
    ]
    assert late == []


def test_money_is_never_a_float():
    money = re.compile(r"(minor|micros|amount|price|cost|rate)$")
    floats = [
        f"{model._meta.label}.{field.name}"
        for model in OWN
        for field in model._meta.concrete_fields
        if isinstance(field, models.FloatField) and money.search(field.name)
    ]
    assert floats == []


def test_instants_civil_dates_and_money_are_named_for_what_they_are():
    wrong = []
    for model in OWN:
        for field in model._meta.concrete_fields:
            if SLOT.match(field.name):
                continue
            if (
                isinstance(field, models.DateTimeField)
                and not field.name.endswith(("_at", "last_login", "not_before", "valid_from", "valid_to"))
                and field.name != "at"
            ):
                wrong.append(f"{model._meta.label}.{field.name} is an instant")
            if type(field) is models.DateField and not field.name.endswith("_on") and field.name not in {"on", "month"}:
                wrong.append(f"{model._meta.label}.{field.name} is a date")
    assert wrong == []
