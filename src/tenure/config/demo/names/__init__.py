"""Names of people, companies and places, by country. Any likeness to somebody real is chance."""

from __future__ import annotations

from tenure.config.demo.names.places import COUNTRIES, Country, weights_for
from tenure.config.demo.names.trades import TRADES

__all__ = ["COUNTRIES", "TRADES", "Country", "weights_for"]
