"""Histograms: counts by year as bars."""

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from casebase.charts.histogram import HEIGHT, MAX_BARS, build_histogram

COUNTS = st.dictionaries(st.integers(-500, 2100), st.integers(1, 99), min_size=1)


def shown(counts, first=-inf, last=inf):
    bars = build_histogram(counts, first, last).bars
    return [(bar.years, bar.count, bar.is_chosen) for bar in bars]


def test_few_years_have_one_bar_each_without_gaps():
    assert shown({2010: 3, 2012: 1}) == [
        ("2010", 3, True),
        ("2011", 0, True),
        ("2012", 1, True),
    ]


def test_many_years_share_bars_which_are_chosen_if_any_year_is():
    assert shown({1984: 1, 2014: 2}, first=2001, last=2010)[:2] == [
        ("1984–1985", 1, False),
        ("1986–1987", 0, False),
    ]
    chosen = [
        years
        for years, _, is_chosen in shown({1984: 1, 2014: 2}, 2001, 2010)
        if is_chosen
    ]
    assert chosen[0] == "2000–2001"
    assert chosen[-1] == "2010–2011"


def test_a_histogram_has_a_description():
    assert (
        build_histogram({2010: 1_200, 2012: 1}, 0, 1).description
        == "2010: 1,200, 2012: 1"
    )


def test_a_histogram_without_records_has_no_bars():
    assert build_histogram({}, -inf, inf).bars == []


def test_bars_with_records_have_the_address_of_their_list():
    drawn = build_histogram(
        {2010: 3, 2012: 1}, address_of=lambda first, last: f"{first}-{last}"
    )
    assert [bar.address for bar in drawn.bars] == ["2010-2010", "", "2012-2012"]


@given(COUNTS)
def test_every_record_is_in_one_visible_bar(counts):
    drawn = build_histogram(counts, -inf, inf)
    assert 0 < len(drawn.bars) <= MAX_BARS
    assert sum(bar.count for bar in drawn.bars) == sum(counts.values())
    assert max(bar.height for bar in drawn.bars) == HEIGHT
    for bar in drawn.bars:
        within = sum(n for year, n in counts.items() if bar.first <= year <= bar.last)
        assert bar.count == within
        assert (bar.height > 0) == (bar.count > 0)
        assert bar.top + bar.height == HEIGHT
