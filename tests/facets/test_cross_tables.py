"""Counts by two facets at once equal those that loops over all records give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from casebase.facets import cross_tables
from casebase.facets.cross_tables import Axis, CrossTable, mask

KEYS = np.array([3, 4, 8, 9, 12, 20, 21], np.uint32)
VALUES = "abc"
MEMBERS = st.fixed_dictionaries(
    dict.fromkeys(VALUES, st.sets(st.sampled_from([*KEYS.tolist(), 99])).map(BitMap))
)
OWNERS = st.lists(st.integers(0, 3), min_size=len(KEYS), max_size=len(KEYS))


def in_order(members):
    """The order of a dictionary of hypothesis varies."""
    return [(value, members[value]) for value in VALUES]


def cross(rows, columns, owners):
    return CrossTable(
        Axis.from_bitmaps(KEYS, in_order(rows)),
        Axis.from_bitmaps(KEYS, in_order(columns)),
        np.array(owners, np.uint32),
        4,
    )


def members_of(rows, columns, among):
    """Return the records of each cell, row by row."""
    return [
        [rows[r] & columns[c] & among & BitMap(KEYS) for c in VALUES] for r in VALUES
    ]


@given(
    MEMBERS,
    MEMBERS,
    OWNERS,
    st.sets(st.sampled_from([*KEYS.tolist(), 7, 99])).map(BitMap),
    st.sampled_from([0, 1]),
)
def test_counts_equal_those_of_sets(rows, columns, owners, among, share):
    with pytest.MonkeyPatch.context() as patch:
        # None of the records are looked up, or all.
        patch.setattr(cross_tables, "MAX_LOOKED_UP_SHARE", share)
        check_counts(rows, columns, owners, among)


def check_counts(rows, columns, owners, among):
    table = cross(rows, columns, owners)
    cells = members_of(rows, columns, among)
    counted = mask(KEYS, among)
    owner_of = dict(zip(KEYS.tolist(), owners, strict=True))
    assert table.count(counted).tolist() == [[len(c) for c in row] for row in cells]
    assert table.count_owners(counted).tolist() == [
        [len({owner_of[key] for key in cell}) for cell in row] for row in cells
    ]
    codes = np.array(owners, np.uint8)
    assert table.count_by(counted, codes, 4).tolist() == [
        [[sum(owner_of[key] == n for key in cell) for n in range(4)] for cell in row]
        for row in cells
    ]


@given(MEMBERS, MEMBERS, OWNERS)
def test_records_have_the_values_of_their_owners(of_owners, rows, owners):
    owner_keys = KEYS[:4]
    axis = Axis.from_bitmaps(owner_keys, in_order(of_owners))
    table = CrossTable(
        Axis.from_bitmaps(KEYS, in_order(rows)),
        axis.of_owned(np.array(owners, np.uint32)),
        np.array(owners, np.uint32),
        4,
    )
    columns = {
        value: BitMap(
            int(key)
            for key, owner in zip(KEYS, owners, strict=True)
            if int(owner_keys[owner]) in members
        )
        for value, members in of_owners.items()
    }
    everything = mask(KEYS, BitMap(KEYS))
    expected = cross(rows, columns, owners).count(everything)
    assert table.count(everything).tolist() == expected.tolist()


def test_a_table_without_records_or_values_is_empty():
    nothing = np.empty(0, np.uint32)
    axis = Axis.from_bitmaps(nothing, [("a", BitMap())])
    table = CrossTable(axis, axis, np.empty(0, np.uint32), 0)
    assert table.count(mask(nothing, BitMap([1]))).tolist() == [[0]]
    assert table.count_owners(mask(nothing, BitMap())).tolist() == [[0]]
    assert len(Axis.from_bitmaps(KEYS, [])) == 0
