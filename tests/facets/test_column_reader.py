"""Numbers that are read from the database as texts."""

import numpy as np
import pytest
from django.db.models import Value
from django.db.models.functions import NullIf
from hypothesis import given
from hypothesis import strategies as st

from casebase.facets.column_reader import read_groups, read_table
from casebase.facets.digits import WIDTH, WIDTHS, pack, place_among, unpack
from initiatives.models import Organisation

TYPES = st.sampled_from(sorted(WIDTHS))


@given(st.dictionaries(st.sampled_from("abcdefgh"), TYPES, min_size=1), st.randoms())
def test_columns_are_packed_and_unpacked(types, chance):
    rows = [
        {name: chance.randint(0, np.iinfo(dtype).max) for name, dtype in types.items()}
        for _ in range(chance.randint(0, 5))
    ]
    found = {}
    for names in pack({name: (dtype, None) for name, dtype in types.items()}).values():
        widths = {name: types[name] for name in names}
        assert sum(WIDTHS[dtype] for dtype in widths.values()) <= WIDTH
        text = "".join(write(row, widths) for row in rows)
        found |= unpack(text, len(rows), widths)
    expected = {name: [row[name] for row in rows] for name in types}
    assert {name: column.tolist() for name, column in found.items()} == expected
    assert {name: column.dtype for name, column in found.items()} == types


def write(row, widths):
    """Return the digits of a row, as the database writes them."""
    number, shift = 10**WIDTH, 0
    for name, dtype in widths.items():
        number += row[name] * 10**shift
        shift += WIDTHS[dtype]
    return str(number)


@pytest.mark.django_db
def test_the_largest_numbers_of_each_type_are_read():
    columns = {
        f"{dtype}-{n}": (dtype, Value(int(np.iinfo(dtype).max)))
        for dtype in WIDTHS
        for n in range(3)
    }
    columns["key"] = ("u4", "pk")
    columns["none"] = ("u4", NullIf("pk", "pk"))
    body = Organisation.objects.create(pk=np.iinfo("u4").max, name="Police")
    read = read_table(Organisation.objects, columns, "pk", None)
    assert read.pop("key").tolist() == [body.pk]
    assert read.pop("none").tolist() == [0]
    assert len(read) == 9
    for name, column in read.items():
        assert column.tolist() == [np.iinfo(columns[name][0]).max]
    assert read_table(Organisation.objects, columns, "pk", [])["key"].tolist() == []


@pytest.mark.django_db
def test_keys_of_more_than_32_bits_are_refused():
    Organisation.objects.create(pk=2**32, name="Police")
    with pytest.raises(OverflowError, match="key"):
        list(read_groups(Organisation.objects, "name", "pk", "pk", None))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "place"), [("a", 1), ("lamp", 2), ("b", 0), ("", 0)])
def test_the_place_of_a_text(name, place):
    Organisation.objects.create(name=f"{name}")
    columns = {"place": ("u1", place_among("name", ["a", "lamp"]))}
    assert read_table(Organisation.objects, columns, "pk", None)["place"] == [place]
