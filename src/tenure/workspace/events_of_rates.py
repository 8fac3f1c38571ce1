"""What the workspace room says about exchange rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class ExchangeRatesImported(DomainEvent):
    """Reference rates were loaded for the days from first_on to last_on. subject_id: the workspace."""

    type: ClassVar[str] = "workspace.exchange_rates_imported"
    subject_kind: ClassVar[str] = "workspace"

    first_on: date
    last_on: date
