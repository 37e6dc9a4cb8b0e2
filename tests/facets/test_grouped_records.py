"""Records that are grouped by their owners, and counts with weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from casebase.facets import grouped_records
from casebase.facets.grouped_records import ROW, GroupedIndex, GroupedRecords
from casebase.facets.key_arrays import columns_of
from casebase.facets.value_bitmaps import ValueBitmaps
from casebase.facets.weighted_values import WeightedValues, Weights

KEYS = st.integers(1, 40)
ROW_VALUES = st.tuples(st.integers(1, 6), st.integers(0, 3))
ROWS = st.dictionaries(KEYS, ROW_VALUES)


def table(rows):
    """Return the table of a dictionary: key → owner and place."""
    return columns_of(
        np.array([(owner, place, key) for key, (owner, place) in rows.items()], ROW)
    )


def grouped(rows):
    return GroupedRecords().updated(BitMap(), table(rows))


def in_order(rows, owners):
    """Return the keys as a plain sort orders them, those of other owners left out."""
    rank = {owner: n for n, owner in enumerate(owners)}
    kept = [(rank[o], place, key) for key, (o, place) in rows.items() if o in rank]
    return [key for *_, key in sorted(kept)]


@given(
    st.dictionaries(KEYS, st.tuples(ROW_VALUES, st.booleans()), min_size=4),
    st.permutations(range(1, 9)),
    st.integers(0, 9),
    st.integers(1, 9),
    st.sampled_from([0, 1]),
)
def test_a_slice_is_that_of_a_plain_sort(chosen_rows, owners, start, n, share):
    with pytest.MonkeyPatch.context() as patch:
        # None of the records are looked up, or all.
        patch.setattr(grouped_records, "MAX_LOOKED_UP_SHARE", share)
        check_slice(chosen_rows, owners, start, n)


def check_slice(chosen_rows, owners, start, n):
    rows = {key: row for key, (row, _) in chosen_rows.items()}
    chosen = {key: row for key, (row, is_chosen) in chosen_rows.items() if is_chosen}
    groups, owners = grouped(rows), owners[:6]
    sequence = np.array(owners, "u4")
    for records in (chosen, rows):
        expected = in_order(records, owners)
        found = groups.slice(BitMap(records), sequence, start, start + n)
        assert found == expected[start : start + n]
        assert groups.slice(BitMap(records), sequence, 0, len(rows)) == expected


@given(ROWS, ROWS, st.sets(KEYS))
def test_an_update_equals_reading_all_rows(rows, changes, gone):
    touched = {*changes, *gone}
    after = {k: row for k, row in rows.items() if k not in touched} | changes
    groups = grouped(rows).updated(BitMap(touched), table(changes))
    assert groups.records == BitMap(after)
    owners = np.arange(1, 7, dtype="u4")
    assert groups.slice(groups.records, owners, 0, 99) == in_order(after, range(1, 7))


@given(ROWS, st.sets(KEYS))
def test_owners_and_their_records_are_found(rows, chosen):
    groups = grouped(rows)
    mine = [key for key in rows if key in chosen]
    found = groups.owners_of(np.array(mine, "u4"))
    assert found.tolist() == [rows[key][0] for key in mine]
    owners = BitMap(found)
    theirs = {key for key, (owner, _) in rows.items() if owner in owners}
    assert groups.of_owners(owners) == BitMap(theirs)
    weights = groups.count_by_owner(BitMap(mine))
    assert weights.sum(BitMap(range(1, 50))) == len(mine)
    for owner in owners:
        assert weights.sum(BitMap([owner])) == found.tolist().count(owner)


@pytest.fixture
def index():
    """Six records of two owners, three of them with a year."""
    rows = {1: (2, 0), 2: (1, 0), 3: (2, 1), 4: (1, 1), 5: (2, 2), 6: (1, 2)}
    groups = grouped(rows)
    years = ValueBitmaps({1990: BitMap([1]), 2005: BitMap([4, 5])})
    return GroupedIndex(
        groups.records,
        {"year": years},
        lambda name: np.array([1, 2], "u4"),
        groups,
        {"year": "year"},
    )


def test_an_order_by_value_has_the_highest_first_and_none_last(index):
    keys = index.all_keys
    assert index.page(keys, "name", 0, 9) == [2, 4, 6, 1, 3, 5]
    assert index.page(keys, "year", 0, 9) == [4, 5, 1, 2, 6, 3]
    pages = [index.page(keys, "year", start, start + 2) for start in (0, 2, 4, 6)]
    assert pages == [[4, 5], [1, 2], [6, 3], []]
    assert index.page(keys, "year", 0, 9, leading_keys=[3]) == [3, 4, 5, 1, 2, 6]


def test_an_empty_table_has_no_page_and_no_owners():
    groups = GroupedRecords()
    assert groups.slice(BitMap(), np.array([1, 2], "u4"), 0, 20) == []
    assert groups.of_owners(BitMap([1])) == BitMap()
    assert groups.count_by_owner(BitMap()).sum(BitMap([1])) == 0


def test_counts_are_sums_of_weights_without_zeros():
    weights = Weights(np.array([1, 2, 5], "u4"), np.array([3, 0, 4]))
    values = ValueBitmaps({"a": BitMap([1, 2]), "b": BitMap([2]), "c": BitMap([5, 9])})
    weighted = WeightedValues(values, lambda: weights)
    every = BitMap([1, 2, 5, 9])
    assert weighted.counts(every) == {"a": 3, "c": 4}
    assert weighted.counts(BitMap([1])) == {"a": 3}
    assert weighted.top_counts(every, 1) == {"c": 4}
    assert [weighted.count(value, every) for value in "abcd"] == [3, 0, 4, 0]
    assert weighted.any(["a", "c"]) == every
    only = WeightedValues(values, lambda: weights, counted={"a"})
    assert only.counts(every) == {"a": 3}
