"""Bars in proportion to their values, of one part or of several."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.charts.bars import (
    ROOM_FOR_A_SIGN,
    Value,
    bar_chart,
    divided_bar_chart,
    stack,
)

NUMBERS = st.lists(st.integers(0, 10**7), max_size=20)
# Rows of the same number of parts.
TABLES = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 10**6), min_size=n, max_size=n))
)


def values(numbers):
    return [Value(f"Value {place}", n) for place, n in enumerate(numbers)]


def rows_of(table):
    return [(Value("Row", sum(row)), values(row), "neutral") for row in table]


@given(NUMBERS)
def test_parts_fill_a_bar_side_by_side(numbers):
    parts = stack(values(numbers))
    assert [part.value.n for part in parts] == numbers
    end = 0
    for part in parts:
        assert isfinite(part.start)
        assert part.start == pytest.approx(end)
        assert 0 <= part.width <= 100
        assert (part.width > 0) == (part.value.n > 0)
        assert part.start <= part.middle <= part.start + part.width
        end = part.start + part.width
    assert end == pytest.approx(100 if any(numbers) else 0)


@given(NUMBERS, st.integers(1, 25))
def test_the_largest_value_fills_its_row_and_others_are_in_proportion(numbers, most):
    chart = bar_chart("Values", "cases", values(numbers), most=most)
    shown = numbers[:most]
    assert [bar.value.n for bar in chart.bars] == shown
    assert chart.n_more == len(numbers) - len(shown)
    for bar in chart.bars:
        [part] = bar.parts
        assert part.start == 0
        assert part.width * max(shown) == pytest.approx(100 * bar.value.n)


@given(TABLES)
def test_a_divided_bar_is_as_long_as_its_parts(table):
    chart = divided_bar_chart("Values", "cases", rows_of(table))
    longest = max((sum(row) for row in table), default=0)
    for bar, row in zip(chart.bars, table, strict=True):
        assert [part.value.n for part in bar.parts] == [
            n for place, n in enumerate(row) if any(other[place] for other in table)
        ]
        length = sum(part.width for part in bar.parts)
        assert length * longest == pytest.approx(100 * sum(row))
    totals = [sum(column) for column in zip(*table, strict=True)]
    assert [column.n for column in chart.columns] == [n for n in totals if n]


def test_rows_beyond_the_first_ones_are_counted_and_have_no_part_in_the_columns():
    chart = divided_bar_chart("", "", rows_of([[2, 0], [1, 0], [0, 1]]), most=2)
    assert chart.n_more == 1
    assert [column.label for column in chart.columns] == ["Value 0"]


def test_a_sign_stands_only_in_a_part_with_room():
    wide, narrow = stack(values([100 - ROOM_FOR_A_SIGN + 1, ROOM_FOR_A_SIGN - 1]))
    assert wide.has_room
    assert not narrow.has_room
