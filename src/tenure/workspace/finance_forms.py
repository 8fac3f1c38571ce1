"""Forms about what makes amounts comparable: exchange rates and the gross margin of each month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import list_currencies
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tenure.workspace.queries.exchange_rates import EURO
from tenure.workspace.rights_forms import as_choice

MONTHS = range(1, 13)


class RatesFileForm(forms.Form):
    """A file of reference rates."""

    file = forms.FileField(
        label=_("File of rates"),
        help_text=_("“Time series” of the European Central Bank (eurofxref-hist.zip), zipped or not, as it is."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.zip"}),
    )


class RateForm(forms.Form):
    """One rate."""

    currency = forms.ChoiceField(label=_("Currency"))
    published_on = forms.DateField(label=_("From day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    per_euro = forms.DecimalField(
        label=_("Units per euro"),
        max_digits=24,
        decimal_places=12,
        min_value=Decimal("0.000000000001"),
        widget=forms.NumberInput(attrs={"step": "any"}),
        help_text=_("1.0850 means: one euro buys 1.0850 of it. It holds until the next day that has a rate."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        as_choice(self.fields["currency"], [(code, code) for code in sorted(list_currencies()) if code != EURO])
        self.fields["currency"].widget.attrs["data-combobox"] = True


class MarginsForm(forms.Form):
    """The gross margin of the twelve months of a year, in per cent; an empty month has that of the month before."""

    def __init__(self, year: int, known: Mapping[date, Decimal | None], given: Any = None) -> None:  # noqa: ANN401 - Django's data
        super().__init__(given)
        self.months = [date(year, month, 1) for month in MONTHS]
        before: Decimal | None = known.get(date(year - 1, 12, 1))
        for month in self.months:
            own = known.get(month)
            field = forms.DecimalField(
                label=date_format(month, "F"),
                required=False,
                max_digits=6,
                decimal_places=3,
                max_value=Decimal(100),
                initial=None if own is None else own.normalize() + 0,
            )
            field.widget.attrs |= {"step": "any", "placeholder": "" if before is None else f"{before.normalize():f}"}
            self.fields[f"{month:%Y-%m}"] = field
            before = own if own is not None else before

    def margins(self) -> dict[date, Decimal | None]:
        """What was entered, by month."""
        return {month: self.cleaned_data[f"{month:%Y-%m}"] for month in self.months}
