"""Rows of what readers may see of cases, which facets are counted from.

Each function is one query for all cases, or for a thousand ``keys`` of cases.
"""

from collections.abc import Collection, Iterator
from typing import Any

from casebase.facets.row_stream import stream_rows
from initiatives.models import (
    Concept,
    Conflict,
    Finding,
    Initiative,
    Source,
    TaggedInitiative,
    country_names,
)

type PrimaryKeys = Collection[int] | None
type Rows = Iterator[tuple[Any, ...]]

KINDS = Finding.Kind.values
STATED, PRIMARY = Finding.Basis.STATED, Source.Via.PRIMARY
# Cases can be sorted by these numbers, the greatest first.
NUMBERS = ("year", "country", "updated", "newest")


def cases(keys: PrimaryKeys) -> Rows:
    """Primary key, name and NUMBERS of cases."""
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
    """Rows for ``Evidence``, also of findings without a source, to count these."""
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
    """Strategy and case."""
    answered = Finding.objects.published().filter(strategies__isnull=False)
    return stream_rows(answered, ["strategies", "initiative"], "initiative", keys)


def service_areas(keys: PrimaryKeys) -> Rows:
    """Service area and case."""
    areas = Initiative.service_areas.through.objects.filter(
        initiative__in=Initiative.objects.published()
    )
    return stream_rows(areas, ["servicearea", "initiative"], "initiative", keys)


def disputed_works(keys: PrimaryKeys) -> Rows:
    """Work and case, of works that disagree with others on the case."""
    cited = Conflict.objects.filter(
        initiative__in=Initiative.objects.published(), sources__isnull=False
    )
    fields = "sources__reference", "initiative"
    return stream_rows(cited, fields, "initiative", keys)


def tags(keys: PrimaryKeys) -> Rows:
    """Tag and case."""
    tagged = TaggedInitiative.objects.filter(
        content_object__in=Initiative.objects.published()
    )
    return stream_rows(tagged, ["tag", "content_object"], "content_object", keys)


def countries(keys: PrimaryKeys) -> Rows:
    """Country code and case."""
    return stream_rows(Initiative.objects.published(), ["country", "pk"], "pk", keys)


def years_begun(keys: PrimaryKeys) -> Rows:
    """Year and case, of cases whose beginning is known."""
    dated = Initiative.objects.published().filter(start_year__isnull=False)
    return stream_rows(dated, ["start_year", "pk"], "pk", keys)


def broader_terms() -> dict[int, int | None]:
    """Term → its broader term, or None."""
    return dict(Concept.objects.order_by().values_list("pk", "broader"))
