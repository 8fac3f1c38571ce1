"""What is asked of the generator: which company, how large, in which language, up to which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tenure.config.demo.chance import Chance
from tenure.config.demo.months import add_months, first_of

MONTHS_LIVED = 36
USUAL_ACCOUNTS = 600


@dataclass(frozen=True, slots=True)
class Order:
    """seed: another one is another company. size: accounts. language: en, zh-hans or es. today: the story's last day."""

    seed: int
    size: int
    language: str
    today: date

    @property
    def begins(self) -> date:
        """The first day of the three years: the company has kept its leads and deals from then on."""
        return add_months(first_of(self.today), -MONTHS_LIVED)

    @property
    def scale(self) -> float:
        """How large the company is beside the usual one."""
        return self.size / USUAL_ACCOUNTS

    def chance(self, *key: object) -> Chance:
        """The stream of chance for one purpose."""
        return Chance("lumen", self.seed, self.language, *key)
