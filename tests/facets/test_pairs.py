"""Pairs of works and cases, counted by case as a loop over all pairs counts them."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from casebase.facets.pairs import Pairs

PAIRS = st.sets(st.tuples(st.integers(1, 9), st.integers(1, 12)))


def pairs_of(pairs):
    return Pairs.from_columns(*np.array(sorted(pairs), "u4").reshape(-1, 2).T)


@given(PAIRS, st.sets(st.integers(1, 10)), st.integers(0, 14))
def test_the_most_frequent_owners_come_first(pairs, records, n):
    counts = Counter(owner for record, owner in pairs if record in records)
    expected = sorted(counts.items(), key=lambda count: (-count[1], count[0]))[:n]
    found = pairs_of(pairs).top_counts(BitMap(records), n)
    assert list(found.items()) == expected


@given(PAIRS, st.sets(st.integers(1, 12)))
def test_equal_pairs_are_merged(pairs, others):
    rows = np.array([*pairs, *pairs, *((1, owner) for owner in others)], "u4")
    records, owners = rows.reshape(-1, 2).T
    kinds, ones = 1 << (owners % 3).astype("u2"), np.ones(len(owners), "u2")
    merged = Pairs.from_columns(records, owners, kinds=kinds, count=ones)
    every = np.unique(records)
    n_owners, n_rows = merged.totals(every)
    counts = Counter(map(tuple, rows.tolist()))
    assert n_owners.tolist() == [sum(r == key for r, _ in counts) for key in every]
    assert n_rows.tolist() == [
        sum(n for (r, _), n in counts.items() if r == key) for key in every
    ]
    of_kind = merged.by_kind("abc")
    for place, kind in enumerate("abc"):
        expected = BitMap(r for r, owner in counts if owner % 3 == place)
        assert of_kind.any([kind]) == expected
