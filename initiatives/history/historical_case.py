"""A case as a version has it: records for its page, saved nowhere."""

from taggit.models import Tag

from casebase.history.content import parse_content
from initiatives.history.historical_references import ReferenceResolver
from initiatives.history.parts import (
    CONFLICT_COLUMNS,
    FIGURE_COLUMNS,
    FINDING_COLUMNS,
    GRADE_COLUMNS,
    finding_of_mode,
    grade_entry,
)
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
from initiatives.sheet_serializers import COLUMNS, LIST_COLUMNS, PLACE_COLUMNS


def build_historical_case(version, case):
    """Return the case of a version, with the address of the current ``case``.

    CasePage can show it. Makes a fixed number of queries.
    """
    content = parse_content(version.content)
    record = fill(Initiative(pk=case.pk), content, COLUMNS)
    fill(record, content["place"], PLACE_COLUMNS)
    fill(record, content, {name: name for name in LIST_COLUMNS})
    record.slug, record.version = case.slug, version.number
    resolver = ReferenceResolver(content)
    statements = [*map(finding_of_mode, content["modes"]), *content["findings"]]
    conflicts = number(content["conflicts"])
    return with_prefetched(
        record,
        findings=[
            build_finding(record, key, row, resolver) for key, row in number(statements)
        ],
        conflicts=[build_conflict(key, row, resolver) for key, row in conflicts],
        service_areas=resolver.terms("service-areas", content["service_areas"]),
        involvements=[build_involvement(body) for body in content["organisations"]],
        documentation=build_documentation(content, resolver),
        tags=find_tags(content["tags"]),
    )


def number(statements):
    """Pairs of a primary key, which related records need, and a statement."""
    return enumerate(statements, start=1)


def fill(record, content, columns):
    """Put the values of keys into columns; null is an empty text where it can be."""
    for key, column in columns.items():
        field = record._meta.get_field(column)
        value = field.to_python(content.get(key))
        if value is None and field.empty_strings_allowed and not field.null:
            value = ""
        setattr(record, column, value)
    return record


def with_prefetched(record, **related):
    """The record, as if these had been fetched with ``prefetch_related()``."""
    record._prefetched_objects_cache = related
    return record


def build_finding(case, key, entry, resolver):
    finding = Finding(pk=key, initiative=case, short_id=entry["id"])
    fill(finding, entry, FINDING_COLUMNS)
    fill(finding, entry.get("figure") or {}, FIGURE_COLUMNS)
    fill(finding, grade_entry(entry), GRADE_COLUMNS)
    finding.is_disputed = entry["id"] in resolver.disputed
    if words := CODED_SCHEMES.get(entry["kind"]):
        finding.concept = resolver.term(words.slug, entry["term"])
    strategies = resolver.terms("strategies", entry["strategies"])
    sources = build_sources(entry, resolver)
    return with_prefetched(finding, strategies=strategies, sources=sources)


def build_conflict(key, entry, resolver):
    conflict = Conflict(pk=key)
    # Versions from before there was this key lack it.
    fill(conflict, {"settled": False} | entry, CONFLICT_COLUMNS)
    return with_prefetched(conflict, sources=build_sources(entry, resolver))


def build_sources(entry, resolver):
    return [build_source(use, resolver) for use in entry["sources"]]


def build_source(use, resolver):
    if isinstance(use, str):
        return Source(reference=resolver.work(use))
    places = {name: use[name] or "" for name in ("url", "locator", "via")}
    source = Source(reference=resolver.work(use["ref"]), **places)
    if row := resolver.standings.get(use["ref"]):
        source.standing, source.is_peer_reviewed = row["standing"], row["peer_reviewed"]
    return source


def build_documentation(content, resolver):
    unread = content["unread"]
    return [
        Documentation(reference=resolver.work(key), is_read=key not in unread)
        for key in sorted({*content["sources"], *content["further_sources"]})
    ]


def build_involvement(body):
    return Involvement(organisation=Organisation(name=body["name"]), role=body["role"])


def find_tags(names):
    """The tags. Deleted ones have no slug, and so no list of cases to link to."""
    present = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    return [present.get(name) or Tag(name=name, slug="") for name in names]
