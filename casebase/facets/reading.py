"""What the index is made of: rows of what readers may see, and of nothing else.

Everything is read as a stream: for the cases or works with these ``keys``, or for all
of them where ``keys`` is None. Each function is one query then.
"""

from itertools import batched

from initiatives.models import (
    Concept,
    Conflict,
    Finding,
    Initiative,
    Source,
    TaggedInitiative,
    country_names,
)
from references.models import Contribution, Reference

CHUNK = 10_000
# How many keys stand in one query.
KEYS = 1_000
KINDS = Finding.Kind.values
STATED, PRIMARY = Finding.Basis.STATED, Source.Via.PRIMARY
# By these numbers cases and works are ordered, the greatest first.
CASE_NUMBERS = ("year", "country", "updated", "newest")
WORK_NUMBERS = ("newest", "updated")


def rows(records, fields, path, keys):
    found = records.order_by().values_list(*fields)
    if keys is None:
        yield from found.iterator(chunk_size=CHUNK)
        return
    for some in batched(keys, KEYS):
        yield from found.filter(**{f"{path}__in": some}).iterator(chunk_size=CHUNK)


# Of cases


def cases(keys):
    """Key, name and numbers."""
    countries = [code for code, _ in reversed(country_names())]
    places = {code: place for place, code in enumerate(countries, start=1)}
    found = Initiative.objects.published().with_days()
    years, days = ["start_year", "last_source_year"], ["published_on", "changed_on"]
    for key, name, country, begun, latest, *dates in rows(
        found, ["pk", "name", "country", *years, *days], "pk", keys
    ):
        published, changed = (day.toordinal() if day else 0 for day in dates)
        newest = published << 12 | (latest or 0)
        yield key, name, begun or 0, places.get(country, 0), changed, newest


def evidence(keys):
    """What Evidence is made of; findings without a source too, to say how many."""
    places = {kind: place for place, kind in enumerate(KINDS)}
    fields = "initiative", "pk", "kind", "concept", "basis"
    sources = "sources__reference", "sources__via"
    found = Finding.objects.of_public_cases()
    return (
        (case, pk, places[kind], term or 0, work or 0, basis == STATED, via == PRIMARY)
        for case, pk, kind, term, basis, work, via in rows(
            found, [*fields, *sources], "initiative", keys
        )
    )


def strategies(keys):
    """Term and case."""
    answered = Finding.objects.published().filter(strategies__isnull=False)
    return rows(answered, ["strategies", "initiative"], "initiative", keys)


def areas(keys):
    """Term and case."""
    links = Initiative.service_areas.through.objects.filter(
        initiative__in=Initiative.objects.published()
    )
    return rows(links, ["servicearea", "initiative"], "initiative", keys)


def conflicts(keys):
    """Work and case, of works that disagree with others on the case."""
    cited = Conflict.objects.filter(
        initiative__in=Initiative.objects.published(), sources__isnull=False
    )
    return rows(cited, ["sources__reference", "initiative"], "initiative", keys)


def tags(keys):
    tagged = TaggedInitiative.objects.filter(
        content_object__in=Initiative.objects.published()
    )
    return rows(tagged, ["tag", "content_object"], "content_object", keys)


def countries(keys):
    return rows(Initiative.objects.published(), ["country", "pk"], "pk", keys)


def years_begun(keys):
    dated = Initiative.objects.published().filter(start_year__isnull=False)
    return rows(dated, ["start_year", "pk"], "pk", keys)


# Of works


def works(keys):
    """Key, citekey and numbers."""
    fields = "pk", "key", "issued_year", "revised_on"
    for key, citekey, year, revised in rows(Reference.objects, fields, "pk", keys):
        # Undated works come last, those of before our era just ahead of them.
        newest = 0 if year is None else 2**16 + year
        yield key, citekey, newest, revised.toordinal()


def titles(keys):
    return rows(Reference.objects, ["pk", "title"], "pk", keys)


def types(keys):
    return rows(Reference.objects, ["type", "pk"], "pk", keys)


def in_chapter(keys):
    """“1” and work, of works in the chapter's list of references."""
    listed = Reference.objects.filter(chapter_position__isnull=False)
    return (("1", key) for (key,) in rows(listed, ["pk"], "pk", keys))


def years_issued(keys):
    dated = Reference.objects.filter(issued_year__isnull=False)
    return rows(dated, ["issued_year", "pk"], "pk", keys)


def makers(keys):
    """Work and its author or editor; twice who is both."""
    return rows(Contribution.objects, ["reference", "person"], "reference", keys)


# Of the codebook


def broader():
    """Term → its broader term, or None."""
    return dict(Concept.objects.order_by().values_list("pk", "broader"))
