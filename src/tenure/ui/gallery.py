"""Sample values for the gallery: the invented company Lumen Desk and its customer Hollis Logistics."""

from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from tenure.ui.charts import Chart, Series

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As the company writes it itself."))
    domain = forms.CharField(label=_("Domain"), required=False)
    segment = forms.ChoiceField(label=_("Segment"), choices=[("s", "Small"), ("m", "Mid-market"), ("e", "Enterprise")])
    owner = forms.ChoiceField(
        label=_("Owner"),
        required=False,
        choices=[("", ""), ("lk", "Lena Koch"), ("to", "Tom Okafor")],
        widget=forms.Select(attrs={"data-combobox": True}),
    )
    starts_on = forms.DateField(label=_("Starts on"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("c", "Company"), ("i", "Individual")], widget=forms.RadioSelect, initial="c"
    )
    told = forms.BooleanField(label=_("Tell the owner"), required=False)


def navigation() -> list[dict[str, object]]:
    """Give the navigation of the pictures."""

    def item(label: str, icon: str, count: int | None = None, **more: object) -> dict[str, object]:
        return {"label": label, "icon": icon, "url": "#", "count": count, "hot": False, "current": False} | more

    return [
        {"label": "", "items": [item("My day", "sun", 7, hot=True, phone=True), item("Bow-tie", "route", phone=True)]},
        {
            "label": _("Customers"),
            "items": [item("Accounts", "building", 612, current=True, phone=True), item("People", "users")],
        },
        {
            "label": _("Win"),
            "items": [
                item("Channels", "speakerphone"),
                item("Leads", "target-arrow", 184),
                item("Opportunities", "briefcase", 57),
            ],
        },
        {"label": _("Earn"), "items": [item("Subscriptions", "file-text"), item("Revenue", "chart-bar")]},
        {
            "label": _("Keep"),
            "items": [item("Health", "heart-rate-monitor", 12, hot=True), item("Renewals", "refresh", 31, phone=True)],
        },
        {"label": _("Data"), "items": [item("Imports", "table-import"), item("Events", "activity")]},
    ]


def frame_context() -> dict[str, object]:
    """Give what the frame of a page needs, as workspace supplies it in the product."""
    return {
        "workspace": {"name": "Lumen Desk", "slug": "lumen-desk"},
        "workspaces": [
            {"name": "Lumen Desk", "url": "#", "current": True},
            {"name": "Lumen Desk, sandbox", "url": "#", "current": False},
        ],
        "member": {"name": "Ana Müller", "initials": "AM"},
        "navigation": navigation(),
        "search_url": "/search/",
        "settings_url": "#settings",
        "profile_url": "#profile",
        "theme_url": "/theme/",
        "sign_out_url": "/sign-out/",
    }


def charts() -> list[Chart]:
    """Give a line, an area, stacked bars and a waterfall."""
    this_year = [412, 431, 446, 452, 470, 489, 497, 515, 538, 551, 562, 570]
    last_year = [301, 312, 330, 339, 342, 356, 367, 371, 380, 391, 399, 405]
    return [
        Chart(
            "arr",
            "ARR",
            MONTHS,
            [Series("This year", this_year), Series("Last year", last_year, tone="ink", dashed=True)],
            form="money",
            currency="EUR",
            csv_url="#",
        ),
        Chart(
            "retention",
            "Net revenue retention",
            MONTHS,
            [Series("NRR", [value / 500 for value in this_year])],
            kind="area",
            form="percent",
            digits=1,
        ),
        Chart(
            "sources",
            "Leads by channel",
            MONTHS,
            [Series("Paid search", this_year, tone="sky"), Series("Partners", last_year, tone="leaf-2")],
            kind="stacked",
            note="per month",
        ),
        Chart(
            "walk",
            "MRR from March to April",
            ["March", "New", "Expansion", "Contraction", "Churn", "April"],
            [Series("MRR", [41200, 3900, 2100, -800, -1900, 44500])],
            kind="steps",
            form="money",
            currency="EUR",
            totals=["March", "April"],
        ),
    ]


def sample_context() -> dict[str, object]:
    """Give all values the gallery shows."""
    wrong = SampleForm({"name": "", "segment": "x", "kind": "c", "starts_on": "2026-02-30"})
    return frame_context() | {
        "page_title": _("Gallery"),
        "now": datetime(2026, 11, 19, 9, 14, tzinfo=UTC),
        "form": SampleForm(),
        "wrong_form": wrong,
        "charts": charts(),
        "columns": [
            {"label": _("Account"), "sort": "#", "sorted": "ascending"},
            {"label": _("Segment"), "sort": "#"},
            {"label": _("Stage")},
            {"label": "ARR", "kind": "number"},
            {"label": _("Owner")},
        ],
        "accounts": [
            ("Hollis Logistics", "Mid-market", "Renewing", "sky", "€ 84,000"),
            ("青禾软件", "Enterprise", "Adopting", "leaf", "€ 212,400"),
            ("Talleres Ibarra", "Small", "Churned", "rose", "—"),
        ],
        "stages": [
            {"label": "Lead", "state": "past"},
            {"label": "Won", "note": "12 Jan", "state": "past"},
            {"label": "Adopting", "state": "here"},
            {"label": "Renewed"},
            {"label": "Advocate", "state": "hollow"},
        ],
        "step_names": [_("Files"), _("Columns"), _("Preview"), _("Import")],
        "tabs": [
            {"label": "Timeline", "url": "#", "current": True},
            {"label": "People", "url": "#", "count": 14},
            {"label": "Files", "url": "#"},
        ],
        "facts": [
            (_("Segment"), "Mid-market"),
            (_("Came from"), "Partners, Mar 2024"),
            (_("Contract"), "12 months, renews itself, uplift ≤ 3 %"),
        ],
        "shares": [1, 0.96, 0.88, 0.71, 0.52, 0.33, 0.12, 0, None],
    }
