"""Queries for the rows of public cases that facets are counted from.

Each function makes one query for all cases (``keys`` is None), or for 1,000 keys.
"""

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
from pyroaring import BitMap

from casebase.facets.column_reader import read_columns, read_groups, read_table
from casebase.facets.digits import Ordinal, flag, place_among
from casebase.facets.key_arrays import Table, keys_of
from casebase.facets.row_stream import stream_rows
from casebase.facets.value_bitmaps import ValueBitmaps
from initiatives.models import (
    Concept,
    Conflict,
    Finding,
    Initiative,
    Involvement,
    Source,
    TaggedInitiative,
    country_names,
)

type PrimaryKeys = Collection[int] | None
type Rows = Iterator[tuple[Any, ...]]
# Values with the primary keys of the cases that have them.
type Groups = Iterator[tuple[Any, BitMap]]

KINDS = Finding.Kind.values
EVIDENCE = {
    "case": ("u4", "initiative"),
    "finding": ("u4", "pk"),
    # The place among KINDS, counted from 1.
    "kind": ("u1", place_among("kind", KINDS)),
    "term": ("u4", "concept"),
    "work": ("u4", "sources__reference"),
    "is_stated": ("u1", flag(basis=Finding.Basis.STATED)),
    "is_primary": ("u1", flag(sources__via=Source.Via.PRIMARY)),
}
DATES = {
    "key": ("u4", "pk"),
    "year": ("u4", "start_year"),
    "latest": ("u4", "last_source_year"),
    "published_on": ("u4", Ordinal("published_on")),
    "updated": ("u4", Ordinal("changed_on")),
}
# Cases can be sorted by these numbers, with the highest first.
NUMBERS = ("year", "country", "updated", "newest")

# Facet → the column of a case that has its value.
COLUMNS = {
    "country": "country",
    "settlement": "settlement",
    "reach": "reach",
    "year": "start_year",
}


def names(keys: PrimaryKeys) -> Rows:
    """Yield the primary key and the name of each case."""
    return stream_rows(Initiative.objects.published(), ["pk", "name"], "pk", keys)


def numbers(keys: PrimaryKeys) -> Table:
    """Return the columns of DATES, as a table with those of NUMBERS except country."""
    published = Initiative.objects.published().with_dates()
    read = read_table(published, DATES, "pk", keys)
    read["newest"] = read.pop("published_on") << 12 | read.pop("latest")
    order = np.argsort(read["key"])
    return {name: column[order] for name, column in read.items()}


def places_of_countries(values: ValueBitmaps[str]) -> Table:
    """Return the column “country” of NUMBERS: the first country has the highest."""
    ranked = enumerate(reversed([code for code, _ in country_names()]), start=1)
    found = [(values.any([code]), place) for place, code in ranked]
    keys = np.concatenate([keys_of(cases) for cases, _ in found])
    places = np.repeat(*np.transpose([(place, len(cases)) for cases, place in found]))
    order = np.argsort(keys)
    return {"key": keys[order], "country": places[order]}


def evidence(keys: PrimaryKeys) -> Iterator[Table]:
    """Yield tables for ``Evidence``, including findings without a source."""
    findings = Finding.objects.of_public_cases()
    return read_columns(findings, EVIDENCE, "initiative", keys)


def strategies(keys: PrimaryKeys) -> Groups:
    """Yield strategies with their cases."""
    answered = Finding.objects.published().filter(strategies__isnull=False)
    return read_groups(answered, "strategies", "initiative", "initiative", keys)


def service_areas(keys: PrimaryKeys) -> Groups:
    """Yield service areas with their cases."""
    areas = Initiative.service_areas.through.objects.filter(
        initiative__in=Initiative.objects.published()
    )
    return read_groups(areas, "servicearea", "initiative", "initiative", keys)


def disputed_works(keys: PrimaryKeys) -> Rows:
    """Yield pairs of a work and a case on which it disagrees with other works."""
    cited = Conflict.objects.filter(
        initiative__in=Initiative.objects.published(), sources__isnull=False
    )
    fields = "sources__reference", "initiative"
    return stream_rows(cited, fields, "initiative", keys)


def tags(keys: PrimaryKeys) -> Groups:
    """Yield tags with their cases."""
    tagged = TaggedInitiative.objects.filter(
        content_object__in=Initiative.objects.published()
    )
    return read_groups(tagged, "tag", "content_object", "content_object", keys)


def partners(keys: PrimaryKeys) -> Groups:
    """Yield roles of organisations with their cases."""
    involvements = Involvement.objects.filter(
        initiative__in=Initiative.objects.published()
    )
    return read_groups(involvements, "role", "initiative", "initiative", keys)


def column_values(column: str, keys: PrimaryKeys) -> Groups:
    """Yield the values of a column of cases, where they are known, with their cases."""
    cases = Initiative.objects.published()
    groups = read_groups(cases, column, "pk", "pk", keys)
    return ((value, members) for value, members in groups if value)


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
