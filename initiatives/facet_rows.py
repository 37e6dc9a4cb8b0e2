"""Queries for the rows of public cases that facets are counted from.

Each function makes one query for all cases (``keys`` is None), or for 1,000 keys.
"""

from collections.abc import Collection, Iterator
from typing import Any

from casebase.facets.row_stream import stream_rows
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

KINDS = Finding.Kind.values
STATED, PRIMARY = Finding.Basis.STATED, Source.Via.PRIMARY
# Cases can be sorted by these numbers, with the highest first.
NUMBERS = ("year", "country", "updated", "newest")

# Facet → the column of a case that has its value.
COLUMNS = {
    "country": "country",
    "settlement": "settlement",
    "reach": "reach",
    "year": "start_year",
}


def cases(keys: PrimaryKeys) -> Rows:
    """Yield the primary key, the name and NUMBERS of each case."""
    countries = [code for code, _ in reversed(country_names())]
    places = {code: place for place, code in enumerate(countries, start=1)}
    published = Initiative.objects.published().with_dates()
    years, days = ["start_year", "last_source_year"], ["published_on", "changed_on"]
    fields = ["pk", "name", "country", *years, *days]
    for key, name, country, begun, latest, *dates in stream_rows(
        published, fields, "pk", keys
    ):
        published_on, changed_on = (day.toordinal() if day else 0 for day in dates)
        newest = published_on << 12 | (latest or 0)
        yield key, name, begun or 0, places.get(country, 0), changed_on, newest


def evidence(keys: PrimaryKeys) -> Rows:
    """Yield rows for ``Evidence``, including findings without a source."""
    places = {kind: place for place, kind in enumerate(KINDS)}
    fields = "initiative", "pk", "kind", "concept", "basis"
    sources = "sources__reference", "sources__via"
    findings = Finding.objects.of_public_cases()
    return (
        (case, pk, places[kind], term or 0, work or 0, basis == STATED, via == PRIMARY)
        for case, pk, kind, term, basis, work, via in stream_rows(
            findings, [*fields, *sources], "initiative", keys
        )
    )


def strategies(keys: PrimaryKeys) -> Rows:
    """Yield pairs of a strategy and a case."""
    answered = Finding.objects.published().filter(strategies__isnull=False)
    return stream_rows(answered, ["strategies", "initiative"], "initiative", keys)


def service_areas(keys: PrimaryKeys) -> Rows:
    """Yield pairs of a service area and a case."""
    areas = Initiative.service_areas.through.objects.filter(
        initiative__in=Initiative.objects.published()
    )
    return stream_rows(areas, ["servicearea", "initiative"], "initiative", keys)


def disputed_works(keys: PrimaryKeys) -> Rows:
    """Yield pairs of a work and a case on which it disagrees with other works."""
    cited = Conflict.objects.filter(
        initiative__in=Initiative.objects.published(), sources__isnull=False
    )
    fields = "sources__reference", "initiative"
    return stream_rows(cited, fields, "initiative", keys)


def tags(keys: PrimaryKeys) -> Rows:
    """Yield pairs of a tag and a case."""
    tagged = TaggedInitiative.objects.filter(
        content_object__in=Initiative.objects.published()
    )
    return stream_rows(tagged, ["tag", "content_object"], "content_object", keys)


def partners(keys: PrimaryKeys) -> Rows:
    """Yield pairs of the role of an organisation and a case."""
    involvements = Involvement.objects.filter(
        initiative__in=Initiative.objects.published()
    )
    return stream_rows(involvements, ["role", "initiative"], "initiative", keys)


def columns(keys: PrimaryKeys) -> dict[str, list[tuple[Any, int]]]:
    """Return facet → pairs of a value and a case, where it is known. One query."""
    cases = Initiative.objects.published()
    rows = list(stream_rows(cases, ["pk", *COLUMNS.values()], "pk", keys))
    return {
        facet: [(row[place], row[0]) for row in rows if row[place]]
        for place, facet in enumerate(COLUMNS, start=1)
    }


def not_found(keys: PrimaryKeys) -> Rows:
    """Yield pairs of a kind of finding and a case where it was looked for in vain."""
    cases = Initiative.objects.published().exclude(not_found=[])
    rows = stream_rows(cases, ["pk", "not_found"], "pk", keys)
    return ((kind, key) for key, kinds in rows for kind in kinds)


def points(keys: PrimaryKeys) -> Rows:
    """Yield the primary key, the longitude and the latitude of cases with a point."""
    placed = Initiative.objects.published().filter(latitude__isnull=False)
    return stream_rows(placed, ["pk", "longitude", "latitude"], "pk", keys)


def broader_terms() -> dict[int, int | None]:
    """Return term → broader term or None."""
    return dict(Concept.objects.order_by().values_list("pk", "broader"))
