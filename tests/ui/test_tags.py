"""Tags: what they draw from values and around content."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from tenure.ui.tags.inline import heat, when
from tenure.ui.tags.pieces import phone_links, steps


def draw(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render(context)


class NameForm(forms.Form):
    name = forms.CharField(help_text="As they write it.")


@pytest.mark.parametrize(
    ("share", "css"), [(0, "heat heat-0"), (0.94, "heat heat-9"), (1, "heat heat-10"), (1.7, "heat heat-10"), (None, "heat")]
)
def test_heat_share_becomes_one_of_eleven_steps(share: float | None, css: str) -> None:
    assert heat(share) == css


def test_when_none_is_a_dash() -> None:
    assert when(None) == '<span class="quiet">—</span>'


def test_when_instant_carries_machine_time_and_waits_for_relative_words() -> None:
    assert when(datetime(2026, 11, 19, 9, 14, tzinfo=UTC)) == (
        '<time datetime="2026-11-19T09:14:00+00:00" title="Nov 19, 2026, 9:14 AM" data-relative>Nov 19, 2026</time>'
    )


def test_when_day_in_spanish_is_written_in_spanish() -> None:
    with translation.override("es"):
        assert when(date(2026, 1, 11)) == '<time datetime="2026-01-11">11 de enero de 2026</time>'


def test_steps_third_of_four_leaves_two_past_and_one_ahead() -> None:
    assert [step["state"] for step in steps(["Files", "Columns", "Preview", "Import"], current=3)] == [
        "past",
        "past",
        "here",
        "ahead",
    ]


def test_phone_links_marked_items_win_over_the_first_four() -> None:
    groups = [{"items": [{"label": str(at), "phone": at > 3} for at in range(6)]}]

    assert [item["label"] for item in phone_links(groups)] == ["4", "5"]


def test_phone_links_nothing_marked_gives_first_four() -> None:
    assert [item["label"] for item in phone_links([{"items": [{"label": str(at)} for at in range(6)]}])] == ["0", "1", "2", "3"]


def test_facts_escapes_names_and_values() -> None:
    assert draw("{% facts pairs %}", pairs=[("A&B", "<i>")]) == '<dl class="facts"><dt>A&amp;B</dt><dd>&lt;i&gt;</dd></dl>'


def test_card_escapes_its_title_and_keeps_its_content() -> None:
    drawn = draw("{% card title %}<p>{{ text }}</p>{% endcard %}", title="<T>", text="<t>")

    head = '<div class="card-head"><h2>&lt;T&gt;</h2><div class="row-end"></div></div>'
    assert drawn == f'<section class="card">{head}<p>&lt;t&gt;</p></section>'


def test_row_is_selectable_and_names_what_is_selected() -> None:
    drawn = draw('{% row 7 label=name url="/a/7/" %}<td>x</td>{% endrow %}', name='A "quoted" & Co')

    assert drawn == (
        '<tr class="row-link" data-url="/a/7/" id="row-7" tabindex="-1" data-row><td class="select"><input type="checkbox" '
        'name="selected" value="7" aria-label="Select A &quot;quoted&quot; &amp; Co" autocomplete="off"></td><td>x</td></tr>'
    )


def test_table_sorted_column_says_so_and_links() -> None:
    columns = [{"label": "Name", "sort": "?sort=name", "sorted": "descending"}, {"label": "ARR", "kind": "number"}]

    drawn = draw("{% table 'Accounts' columns=columns %}<tr></tr>{% endtable %}", columns=columns)

    assert drawn.count('<th aria-sort="descending" scope="col"><a class="sort" href="?sort=name" data-sort>Name<svg') == 1
    assert drawn.count('<th class="number" scope="col">ARR</th>') == 1


def test_field_with_error_is_tied_to_its_words() -> None:
    drawn = draw("{% field form.name %}", form=NameForm({"name": ""}))

    assert drawn.count('aria-describedby="id_name_helptext id_name_error"') == 1
    assert drawn.count('aria-invalid="true"') == 1
    assert drawn.count('id="id_name_error"') == 1


def test_form_errors_unbound_form_draws_nothing() -> None:
    assert draw("{% form_errors form %}", form=NameForm()).strip() == ""


def test_chip_set_offers_to_remove_its_filter() -> None:
    drawn = draw('{% chip "Stage" value="Live" key="c1" drop="?" %}choices{% endchip %}')

    assert drawn.count('<a class="chip-drop" href="?" aria-label="Remove filter Stage">') == 1
    assert drawn.count('popovertarget="c1"') == 1


def test_chart_carries_its_figures_as_inert_json_and_as_a_table() -> None:
    from tenure.ui.charts import Chart, Series  # noqa: PLC0415

    chart = Chart("arr", "ARR", ["Jan", "Feb"], [Series("<New>", [1, None], texts=["€ 1", "—"])], form="money", currency="EUR")

    drawn = draw("{% chart chart %}", chart=chart)

    assert drawn.count('<script id="arr-spec" type="application/json">') == 1
    assert drawn.count("\\u003CNew\\u003E") == 1
    assert drawn.count('<td class="number">€ 1</td>') == 1
