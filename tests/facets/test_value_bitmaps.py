"""The records of each value, counted among others."""

from pyroaring import BitMap

from casebase.facets.index import Index
from casebase.facets.value_bitmaps import ValueBitmaps

VALUES = ValueBitmaps.from_sets(
    [("a", BitMap([1])), ("a", BitMap([2])), ("b", BitMap([2])), ("c", BitMap([3]))]
)


def test_one_value_is_counted_among_records():
    assert VALUES.count("a", BitMap([2, 3])) == 1
    assert VALUES.count("z", BitMap([2, 3])) == 0


def test_chosen_values_are_counted_besides_the_most_frequent():
    index = Index(BitMap([1, 2, 3]), {"letter": VALUES}, lambda name: ())
    among = BitMap([1, 2, 3])
    assert index.top_counts("letter", among, 1, ["c"]) == {"a": 2, "c": 1}
