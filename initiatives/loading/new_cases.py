"""Writes many new cases, each table with one statement for a hundred rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from taggit.models import Tag

from casebase.content.entries import Entry
from initiatives.loading.case_writer import (
    FilledCase,
    build_case,
    build_documentation,
    create_conflicts,
    create_involvements,
)
from initiatives.loading.lookups import Lookups
from initiatives.models import (
    Documentation,
    Finding,
    FormerSlug,
    Initiative,
    Source,
    TaggedInitiative,
)
from initiatives.sheets import CaseSheet

# Rows of a statement. SQLite keeps what it has parsed, so most have as many rows: those
# of thousands, each another number, took 60 MB.
ROWS = 100


def write_new_cases(entries: Sequence[Entry[CaseSheet]], lookups: Lookups) -> list[int]:
    """Write the cases of these sheets, which must have no errors.

    Returns their primary keys. A fixed number of queries for a hundred rows of each
    table, and one for each new tag.
    """
    cases = [build_case(entry, lookups) for entry in entries]
    pairs = [(one.case, one.entry.data) for one in cases]
    Initiative.objects.bulk_create(case for case, _ in pairs)
    FormerSlug.objects.bulk_create(
        FormerSlug(initiative=case, slug=slug)
        for case, sheet in pairs
        for slug in sheet.former_slugs
    )
    create_service_areas(pairs, lookups)
    create_tags(pairs)
    create_involvements(pairs)
    Documentation.objects.bulk_create(
        (one for pair in pairs for one in build_documentation(*pair, lookups)),
        batch_size=ROWS,
    )
    create_findings(cases, lookups)
    create_conflicts(cases)
    return [case.pk for case, _ in pairs]


def create_service_areas(
    cases: Iterable[tuple[Any, CaseSheet]], lookups: Lookups
) -> None:
    link = Initiative.service_areas.through
    link.objects.bulk_create(
        link(initiative=case, servicearea_id=lookups.terms["service-areas", slug].pk)
        for case, sheet in cases
        for slug in sheet.service_areas
    )


def create_tags(cases: Sequence[tuple[Any, CaseSheet]]) -> None:
    """Give the cases their tags; two that differ only in capitals are the same."""
    tags = {tag.name.lower(): tag for tag in Tag.objects.all()}
    for name in [name for _, sheet in cases for name in sheet.tags]:
        if name.lower() not in tags:
            tags[name.lower()] = Tag.objects.create(name=name)
    TaggedInitiative.objects.bulk_create(
        TaggedInitiative(content_object=case, tag=tags[name.lower()])
        for case, sheet in cases
        for name in sheet.tags
    )


def create_findings(cases: Iterable[FilledCase], lookups: Lookups) -> None:
    statements = [each for one in cases for each in one.statements]
    Finding.objects.bulk_create((each.record for each in statements), batch_size=ROWS)
    sources = (source for each in statements for source in each.sources)
    Source.objects.bulk_create(sources, batch_size=ROWS)
    link = Finding.strategies.through
    links = (
        link(finding=each.record, strategy_id=lookups.terms["strategies", slug].pk)
        for each in statements
        for slug in each.strategies
    )
    link.objects.bulk_create(links, batch_size=ROWS)
