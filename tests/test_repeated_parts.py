"""The HTML of what repeats on a page, which functions write in place of templates."""

import pytest

from casebase.charts.bars import Value, bar_chart, divided_bar_chart, stack
from casebase.charts.histogram import build_histogram
from casebase.lists.facet_choices import Facet, Option
from casebase.templatetags import chart_parts, facet_options

HOSTILE = "<b>\"'&"
ESCAPED = "&lt;b&gt;&quot;&#x27;&amp;"


def facet_of(*options):
    return Facet("tag", "Tag", [*options])


def test_an_option_has_its_number_and_noun():
    one, many = Option("a", "First", 1), Option("b", "Second", 1_200, is_chosen=True)
    first, second = facet_options.option_items(
        facet_of(one, many), ("case", "cases")
    ).split("\n")
    assert '<input type="checkbox" id="tag-a" name="tag" value="a"> ' in first
    assert '<span class="count">1<span class="visually-hidden"> case</span>' in first
    assert 'value="b" checked> <span>Second</span>' in second
    assert "1,200" in second
    assert " cases</span>" in second


@pytest.mark.parametrize(
    ("option", "classes"),
    [
        (Option("a", "A", 1), ""),
        (Option("a", "A", 1, depth=2), ' class="facet__option--depth-2"'),
        (Option("a", "A", 0), ' class="facet__option--none"'),
        (
            Option("a", "A", 0, depth=1),
            ' class="facet__option--depth-1 facet__option--none"',
        ),
    ],
)
def test_an_option_is_marked_by_depth_and_by_having_no_records(option, classes):
    items = facet_options.option_items(facet_of(option), ("case", "cases"))
    assert items.startswith(f"<li{classes}><label>")


def test_options_are_escaped():
    items = facet_options.option_items(
        facet_of(Option(HOSTILE, HOSTILE, 1)), ("case", "cases")
    )
    assert HOSTILE not in items
    assert items.count(ESCAPED) == 3


def test_a_bar_shows_parts_with_records_and_signs_that_fit():
    helped, mixed = (
        Value("Helped", 99, "", "helped", "✓"),
        Value("Mixed", 1, "", "", "±"),
    )
    drawn = chart_parts.bar_drawing(stack([helped, mixed, Value("None", 0)]))
    assert drawn.count("<rect") == 2
    assert '<rect class="part part--helped" x="0.00%" width="99.00%"' in drawn
    assert '<rect class="part" x="99.00%" width="1.00%"' in drawn
    assert drawn.count("<text") == 1
    assert 'class="part__sign part__sign--helped" x="49.50%" y="50%">✓' in drawn


def test_a_row_leads_to_its_list_and_to_those_of_its_parts():
    parts = [Value("Helped", 2, "?a=1&b=2", "helped"), Value("Mixed", 0, "", "mixed")]
    other = [Value("Helped", 0, "", "helped"), Value("Mixed", 1_000, "", "mixed")]
    rows = [(Value("Cost", 2, "?c=3"), parts, "outcome")]
    rows += [(Value("Time", 1_000), other, "outcome")]
    first, second = chart_parts.bar_rows(divided_bar_chart("", "", rows)).split("\n")
    assert '<a href="?c=3">Cost</a> <svg' in first
    assert '<td>2</td> <td><a href="?a=1&amp;b=2">2</a></td><td></td></tr>' in first
    assert "<span>Time</span> <svg" in second
    assert "<td>1,000</td> <td></td><td>1,000</td></tr>" in second


def test_bars_that_are_not_divided_have_one_number():
    rows = chart_parts.bar_rows(bar_chart("", "", [Value(HOSTILE, 3)]))
    assert rows.endswith("<td>3</td> </tr>")
    assert HOSTILE not in rows
    assert ESCAPED in rows


def test_years_have_shapes_and_rows():
    histogram = build_histogram(
        {1990: 1, 1992: 1_000},
        1991,
        1999,
        lambda first, last: f"?from={first}&to={last}",
    )
    drawn = chart_parts.year_bars(histogram).split("\n")
    assert len(drawn) == 3
    assert 'class="histogram__bar histogram__bar--left-out" x="0"' in drawn[0]
    assert "<title>1990: 1</title>" in drawn[0]
    assert drawn[2].startswith('<rect class="histogram__bar" x="8" y="0" width="3"')
    rows = chart_parts.year_rows(histogram)
    assert rows.count("<tr>") == 2
    assert '<a href="?from=1992&amp;to=1992">1992</a></th><td>1,000</td>' in rows


def test_years_without_a_list_are_no_links():
    assert "<a " not in chart_parts.year_rows(build_histogram({1990: 1}))
