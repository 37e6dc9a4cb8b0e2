"""Queries for the rows of public cases that facets are counted from.

Each function makes one query for all cases (``keys`` is None), or for 1,000 keys.
"""

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef
from pyroaring import BitMap

from casebase.facets.column_reader import read_groups, read_table
from casebase.facets.digits import Ordinal, place_among
from casebase.facets.key_arrays import Table, take_rows
from casebase.facets.row_stream import stream_rows
from casebase.facets.value_bitmaps import ValueBitmaps
from initiatives.models import (
    Concept,
    Conflict,
    Finding,
    Initiative,
    Involvement,
    TaggedInitiative,
    country_names,
)

type PrimaryKeys = Collection[int] | None
type Rows = Iterator[tuple[Any, ...]]
# Values with the primary keys of the cases that have them.
type Groups = Iterator[tuple[Any, BitMap]]

KINDS = Finding.Kind.values
# Cases can be sorted by these numbers, with the highest first.
NUMBERS = ("year", "country", "updated", "newest")
# Facet → the texts of the column of its name, in the order in which they are numbered.
# The first country has the highest number.
COLUMNS: dict[str, list[str]] = {
    "country": [code for code, _ in reversed(country_names())],
    # A city is part of a large city: see place_among().
    "settlement": sorted(Initiative.Settlement.values, key=len),
    "reach": sorted(Initiative.Reach.values, key=len),
}
CASE = {
    "key": ("u4", "pk"),
    "year": ("u4", "start_year"),
    "latest": ("u4", "last_source_year"),
    "published_on": ("u4", Ordinal("published_on")),
    "updated": ("u4", Ordinal("changed_on")),
    **{name: ("u2", place_among(name, texts)) for name, texts in COLUMNS.items()},
}


def of_public_cases(model: Any, case: str) -> Any:
    """Return the records of published cases; ``case`` is the path to theirs.

    Not by a list of all these cases, which would be made for each range of keys.
    """
    public = Initiative.objects.published().filter(pk=OuterRef(case))
    return model.objects.filter(Exists(public))


def names(keys: PrimaryKeys) -> Rows:
    """Yield the primary key and the name of each case."""
    return stream_rows(Initiative.objects.published(), ["pk", "name"], "pk", keys)


def numbers(keys: PrimaryKeys) -> Table:
    """Return the columns “key”, NUMBERS and COLUMNS of cases, sorted by key.

    Texts are numbered from 1 on; what is not known is 0.
    """
    published = Initiative.objects.published().with_dates()
    read = read_table(published, CASE, "pk", keys)
    read["newest"] = read.pop("published_on") << 12 | read.pop("latest")
    return take_rows(read, np.argsort(read["key"]))


def column_values(read: Table) -> dict[str, ValueBitmaps[Any]]:
    """Return the values of the facets of COLUMNS and “year”, from their numbers."""
    return {
        "year": ValueBitmaps.from_numbers(read["year"], read["key"], int),
        **{
            name: ValueBitmaps.from_numbers(
                read[name], read["key"], ["", *texts].__getitem__
            )
            for name, texts in COLUMNS.items()
        },
    }


def service_areas(keys: PrimaryKeys) -> Groups:
    """Yield service areas with their cases."""
    areas = of_public_cases(Initiative.service_areas.through, "initiative")
    return read_groups(areas, "servicearea", "initiative", "initiative", keys)


def disputed_works(keys: PrimaryKeys) -> Rows:
    """Yield pairs of a work and a case on which it disagrees with other works."""
    cited = of_public_cases(Conflict, "initiative").filter(sources__isnull=False)
    fields = "sources__reference", "initiative"
    return stream_rows(cited, fields, "initiative", keys)


def tags(keys: PrimaryKeys) -> Groups:
    """Yield tags with their cases."""
    tagged = of_public_cases(TaggedInitiative, "content_object")
    return read_groups(tagged, "tag", "content_object", "content_object", keys)


def partners(keys: PrimaryKeys) -> Groups:
    """Yield roles of organisations with their cases."""
    involvements = of_public_cases(Involvement, "initiative")
    return read_groups(involvements, "role", "initiative", "initiative", keys)


def not_found(keys: PrimaryKeys) -> Groups:
    """Yield kinds of findings with a case where they were looked for in vain."""
    cases = Initiative.objects.published().exclude(not_found=[])
    rows = stream_rows(cases, ["pk", "not_found"], "pk", keys)
    return ((kind, BitMap([key])) for key, kinds in rows for kind in kinds)


def points(keys: PrimaryKeys) -> Rows:
    """Yield the primary key, the longitude and the latitude of cases with a point."""
    placed = Initiative.objects.published().filter(latitude__isnull=False)
    return stream_rows(placed, ["pk", "longitude", "latitude"], "pk", keys)


def broader_terms() -> dict[int, int | None]:
    """Return term → broader term or None."""
    return dict(Concept.objects.order_by().values_list("pk", "broader"))
