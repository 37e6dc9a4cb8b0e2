"""A case as a version says it was: records for its page, saved nowhere."""

from taggit.models import Tag

from casebase.history.model_history import as_content
from initiatives.history.historical_references import RecordsThen
from initiatives.models import (
    Conflict,
    Documentation,
    Finding,
    Initiative,
    Involvement,
    Organisation,
    Source,
)
from initiatives.schemes import CODED_SCHEMES
from initiatives.sheet_serializers import COLUMNS, LINES, PLACE_COLUMNS

STATED = {
    name: name
    for name in ("kind", "statement", "response", "direction", "basis", "year")
}
FIGURE = {"value": "figure_value", "unit": "figure_unit", "period": "figure_period"}


def case_as_it_was(version, case):
    """The case of a version, at the address that ``case``, as it is now, has.

    Ready for CasePage. A fixed number of queries.
    """
    said = as_content(version.content)
    was = fill(Initiative(pk=case.pk), said, COLUMNS)
    fill(was, said["place"], PLACE_COLUMNS)
    fill(was, said, {name: name for name in LINES})
    was.slug, was.version = case.slug, version.number
    then = RecordsThen(said)
    statements = [*map(as_finding, said["modes"]), *said["findings"]]
    return keep(
        was,
        findings=[finding(was, key, row, then) for key, row in rows(statements)],
        conflicts=[conflict(key, row, then) for key, row in rows(said["conflicts"])],
        service_areas=[
            then.term("service-areas", slug) for slug in said["service_areas"]
        ],
        involvements=[involvement(body) for body in said["organisations"]],
        documentation=documentation(said, then),
        tags=tags(said["tags"]),
    )


def rows(statements):
    """With keys, which a record needs to have others that belong to it."""
    return enumerate(statements, start=1)


def fill(record, said, columns):
    """Put the values of keys into columns; null is an empty text where it can be."""
    for key, column in columns.items():
        field = record._meta.get_field(column)
        value = field.to_python(said.get(key))
        if value is None and field.empty_strings_allowed and not field.null:
            value = ""
        setattr(record, column, value)
    return record


def keep(record, **related):
    """The record, as if these had been fetched with ``prefetch_related()``."""
    record._prefetched_objects_cache = related
    return record


def as_finding(mode):
    said = {"kind": "mode", "statement": mode["why"], "direction": "neutral"}
    return mode | said | {"strategies": []}


def finding(case, key, said, then):
    found = fill(Finding(pk=key, initiative=case, short_id=said["id"]), said, STATED)
    fill(found, said.get("figure") or {}, FIGURE)
    if words := CODED_SCHEMES.get(said["kind"]):
        found.concept = then.term(words.slug, said["term"])
    strategies = [then.term("strategies", slug) for slug in said["strategies"]]
    return keep(found, strategies=strategies, sources=sources(said, then))


def conflict(key, said, then):
    record = Conflict(pk=key, about=said["about"], note=said["note"])
    return keep(record, sources=sources(said, then))


def sources(said, then):
    return [source(use, then) for use in said["sources"]]


def source(use, then):
    if isinstance(use, str):
        return Source(reference=then.work(use))
    places = {name: use[name] or "" for name in ("url", "locator", "via")}
    return Source(reference=then.work(use["ref"]), **places)


def documentation(said, then):
    return [
        Documentation(reference=then.work(key), is_read=key not in said["unread"])
        for key in sorted({*said["sources"], *said["further_sources"]})
    ]


def involvement(body):
    return Involvement(organisation=Organisation(name=body["name"]), role=body["role"])


def tags(names):
    """Those that are gone have no slug, and so no list to lead to."""
    there = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    return [there.get(name) or Tag(name=name, slug="") for name in names]
