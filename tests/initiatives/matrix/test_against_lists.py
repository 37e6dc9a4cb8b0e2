"""Every number of a random matrix equals the list that it opens, after random edits."""

from random import Random

import pytest
from django.http import QueryDict
from hypothesis import given

from initiatives.matrix.axes import AXES, can_be_linked, can_stand_side_by_side
from initiatives.matrix.filters import MatrixFilter
from tests.facets.random_edits import World
from tests.facets.random_findings import RandomFindingQuery
from tests.facets.test_against_sql import CHANCES, EXAMPLES
from tests.initiatives.matrix.opened_lists import build, check


def random_axes(chance):
    while True:
        rows, columns = chance.sample(list(AXES.values()), 2)
        ways = [
            way
            for way, fits in (
                ("linked", can_be_linked),
                ("side-by-side", can_stand_side_by_side),
            )
            if fits(rows, columns)
        ]
        if ways:
            return rows.name, columns.name, chance.choice(ways)


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@EXAMPLES
@given(CHANCES)
def test_every_number_equals_the_list_that_it_opens(chance: Random):
    world = World.create(chance)
    for _ in range(3):
        world.edit_some()
        rows, columns, way = random_axes(chance)
        query = RandomFindingQuery(chance).parameters
        if way == "side-by-side":
            taken = MatrixFilter.base_filters.keys()
            query = {name: v for name, v in query.items() if name not in taken}
        address = QueryDict(mutable=True)
        for name, values in query.items():
            address.setlist(name, [str(value) for value in values])
        address["rows"], address["columns"], address["meet"] = rows, columns, way
        address["empty"] = chance.choice(["", "1"])
        check(build(address.urlencode()))
