"""What a chart shows: frozen values that become the JSON its script reads and the table behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["line", "area", "bar", "stacked", "steps"]
Format = Literal["integer", "decimal", "percent", "money"]
Tone = Literal["leaf", "sky", "amber", "rose", "ink", "leaf-2", "leaf-3", "sky-2", "sky-3"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars.

    values: one per label of the chart, None for a gap; texts: the same for the table, already formatted.
    """

    name: str
    values: Sequence[float | Decimal | None]
    tone: Tone = "leaf"
    texts: Sequence[str] = ()
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and its table.

    key: unique on the page. labels: the categories, in order. form: how the script writes a value; money needs currency
    and takes major units, percent takes shares (0.5 is 50 %). kind `steps` draws a waterfall: each value stands on the sum
    of those before it, and a label in `totals` starts again from zero. csv_url: the same figures as a file.
    """

    key: str
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    kind: Kind = "line"
    form: Format = "integer"
    currency: str = ""
    digits: int = 0
    note: str = ""
    csv_url: str = ""
    label_name: str = ""
    totals: Sequence[str] = field(default_factory=tuple)

    @property
    def spec_id(self) -> str:
        """Give the id of the script element that carries the specification."""
        return f"{self.key}-spec"

    def spec(self) -> dict[str, object]:
        """Give what the script needs, ready for JSON."""
        return {
            "kind": self.kind,
            "labels": [str(label) for label in self.labels],
            "form": self.form,
            "currency": self.currency,
            "digits": self.digits,
            "totals": [str(label) for label in self.totals],
            "series": [
                {
                    "name": str(line.name),
                    "values": [None if value is None else float(value) for value in line.values],
                    "tone": line.tone,
                    "dashed": line.dashed,
                }
                for line in self.series
            ],
        }

    def rows(self) -> list[tuple[str, list[object]]]:
        """Give the table: per label, the text of each series, or its bare value where no text was given."""
        columns = [line.texts or line.values for line in self.series]
        return [(str(label), [column[at] for column in columns]) for at, label in enumerate(self.labels)]
