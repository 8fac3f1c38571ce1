"""What Prometheus may ask about the relay: how far each reader of events is behind, and how long a transaction holds all of them back."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError, connection
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector


class RelayLag(Collector):
    """Asked of the database when somebody scrapes, so that any web process can answer for the relay. Alert on 60 seconds of either."""

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """The names, without asking the database."""
        yield from _families()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures; none where the database does not answer."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT consumer, workspaces, seconds FROM list_consumer_lags() ORDER BY consumer")
                lags = cursor.fetchall()
                cursor.execute("SELECT outbox_fence_age()")
                (fence,) = cursor.fetchone()
        except DatabaseError:
            return
        seconds, behind, oldest = _families()
        for consumer, workspaces, age in lags:
            seconds.add_metric([consumer], age)
            behind.add_metric([consumer], workspaces)
        oldest.add_metric([], fence)
        yield from (seconds, behind, oldest)


def _families() -> tuple[GaugeMetricFamily, GaugeMetricFamily, GaugeMetricFamily]:
    return (
        GaugeMetricFamily(
            "tenure_relay_lag_seconds", "Age of the oldest event that a consumer could have read", labels=["consumer"]
        ),
        GaugeMetricFamily(
            "tenure_relay_workspaces_behind", "Workspaces with events a consumer has not read", labels=["consumer"]
        ),
        GaugeMetricFamily("tenure_outbox_fence_seconds", "Age of the oldest transaction that holds back every reader of events"),
    )
