from __future__ import annotations

from django.db import OperationalError, connection
from django.test import Client


def test_unknown_address_is_said_in_our_words(db):
    response = Client().get("/no/such/place/at/all/")

    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()


def test_page_whose_database_connection_is_cut_answers_503_and_the_next_works(committed_db, monkeypatch):
    client = Client()
    client.get("/healthz")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    _cut(number)

    cut = client.get("/healthz")
    after = client.get("/healthz")

    assert (cut.status_code, cut.headers["Retry-After"]) == (503, "5")
    assert after.status_code == 200


def _cut(number: int) -> None:
    """End our own session's backend from inside: the server closes the connection."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [number])
    except OperationalError:
        return
