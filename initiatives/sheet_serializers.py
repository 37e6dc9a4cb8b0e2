"""Serializes cases and schemes as sheets."""

from collections.abc import Iterable
from typing import Any

from initiatives.evidence_grade.rules import Level
from initiatives.schemes import CODED_SCHEMES
from initiatives.sheets import (
    CaseSheet,
    SchemeSheet,
    SheetConflict,
    SheetConflictSource,
    SheetFigure,
    SheetFinding,
    SheetGrade,
    SheetMode,
    SheetOrganisation,
    SheetPlace,
    SheetScheme,
    SheetSource,
    SheetStanding,
    SheetTerm,
    Translation,
)
from initiatives.translations import sort_by_language

SOURCES = "sources__reference"
# All that sheet_of() needs: a fixed number of queries for any number of cases.
WITH_SHEET = (
    *("former_slugs", "service_areas", "involvements__organisation", "tags"),
    *("documentation__reference", f"conflicts__{SOURCES}", f"findings__{SOURCES}"),
    *("findings__concept", "findings__strategies", "conflicts__findings"),
)
WITH_TERM = ("broader", "former_slugs", "related_terms__other", SOURCES)
# Sheet key → column of the case’s own row.
COLUMNS = {
    "slug": "slug",
    "name": "name",
    "status": "status",
    "status_note": "status_note",
    "published_on": "published_on",
    "revised_on": "revised_on",
    "evidence_note": "evidence_note",
    "settlement": "settlement",
    "reach": "reach",
    "started": "start_year",
    "ended": "end_year",
    "last_source_year": "last_source_year",
    "co_producers": "co_producers",
    "tagline": "tagline",
    "summary": "summary",
    "challenge": "challenge",
    "approach": "approach",
}
LIST_COLUMNS = ("target_groups", "not_found")
PLACE_COLUMNS = {
    "locality": "locality",
    "region": "region",
    "country": "country",
    "latitude": "latitude",
    "longitude": "longitude",
    "note": "place_note",
}


def case_sheet_of(case: Any) -> CaseSheet:
    """Return the sheet of a case. No query after ``prefetch_related(*WITH_SHEET)``."""
    findings = list(case.findings.all())
    return CaseSheet.model_construct(
        **column_values(case, COLUMNS),
        **{key: getattr(case, key) for key in LIST_COLUMNS},
        **works_of(case),
        former_slugs=sorted(former.slug for former in case.former_slugs.all()),
        place=SheetPlace.model_construct(**column_values(case, PLACE_COLUMNS)),
        service_areas=[area.slug for area in case.service_areas.all()],
        organisations=[
            SheetOrganisation.model_construct(
                name=each.organisation.name, role=each.role
            )
            for each in case.involvements.all()
        ],
        tags=sorted(tag.name for tag in case.tags.all()),
        modes=[mode_of(each) for each in findings if each.kind == "mode"],
        findings=[finding_of(each) for each in findings if each.kind != "mode"],
        conflicts=[conflict_of(conflict) for conflict in case.conflicts.all()],
    )


def column_values(case: Any, columns: dict[str, str]) -> dict[str, Any]:
    return {
        key: none_if_empty(getattr(case, column)) for key, column in columns.items()
    }


def none_if_empty(value: Any) -> Any:
    """Return None for an empty text: sheets have null where columns are empty."""
    return None if value == "" else value


def works_of(case: Any) -> dict[str, Any]:
    # Sorted here, because databases differ in how they sort hyphens.
    listed = sorted(case.documentation.all(), key=lambda each: each.reference.key)
    return {
        "sources": [each.reference.key for each in listed if each.is_cited_by_chapter],
        "further_sources": [
            each.reference.key for each in listed if not each.is_cited_by_chapter
        ],
        "unread": [each.reference.key for each in listed if not each.is_read],
        "standings": [standing_of(each) for each in listed if each.standing],
    }


def standing_of(documentation: Any) -> SheetStanding:
    return SheetStanding.model_construct(
        ref=documentation.reference.key,
        standing=documentation.standing,
        peer_reviewed=documentation.is_peer_reviewed,
        note=none_if_empty(documentation.standing_note),
    )


def mode_of(finding: Any) -> SheetMode:
    return SheetMode.model_construct(
        id=finding.short_id,
        term=finding.concept.slug,
        basis=finding.basis,
        why=finding.statement,
        grade=grade_of(finding),
        sources=sources_of(finding, SheetSource),
    )


def finding_of(finding: Any) -> SheetFinding:
    return SheetFinding.model_construct(
        id=finding.short_id,
        kind=finding.kind,
        term=finding.concept.slug if finding.kind in CODED_SCHEMES else None,
        statement=finding.statement,
        direction=finding.direction,
        response=none_if_empty(finding.response),
        strategies=[strategy.slug for strategy in finding.strategies.all()],
        year=finding.year,
        figure=figure_of(finding),
        basis=finding.basis,
        grade=grade_of(finding),
        specimen=finding.is_specimen,
        sources=sources_of(finding, SheetSource),
    )


def grade_of(finding: Any) -> SheetGrade | None:
    if finding.grade_override is None:
        return None
    level = Level(finding.grade_override).slug
    return SheetGrade.model_construct(level=level, note=finding.grade_note)


def figure_of(finding: Any) -> SheetFigure | None:
    if finding.figure_value is None:
        return None
    return SheetFigure.model_construct(
        value=finding.figure_value,
        unit=finding.figure_unit,
        period=none_if_empty(finding.figure_period),
    )


def conflict_of(conflict: Any) -> SheetConflict:
    return SheetConflict.model_construct(
        about=conflict.about,
        note=conflict.note,
        findings=sorted(finding.short_id for finding in conflict.findings.all()),
        settled=conflict.is_settled,
        sources=sources_of(conflict, SheetConflictSource),
    )


def sources_of[Schema: (SheetSource, SheetConflictSource)](
    owner: Any, schema: type[Schema]
) -> list[Schema]:
    return [
        schema.model_construct(
            ref=source.reference.key,
            url=none_if_empty(source.url),
            locator=none_if_empty(source.locator),
            via=none_if_empty(source.via),
        )
        for source in owner.sources.all()
    ]


def scheme_sheet_of(scheme: Any, terms: Iterable[Any]) -> SchemeSheet:
    return SchemeSheet.model_construct(
        scheme=scheme_of(scheme), terms=[term_of(term) for term in terms]
    )


def scheme_of(scheme: Any) -> SheetScheme:
    return SheetScheme.model_construct(
        slug=scheme.slug,
        title=scheme.title,
        translations=translations_of(scheme),
        description=scheme.description,
        sources=sources_of(scheme, SheetSource),
    )


def term_of(concept: Any) -> SheetTerm:
    """Return the term in a sheet. No query after ``prefetch_related(*WITH_TERM)``."""
    steps = {}
    if concept.scheme_id == "change-steps":
        steps = {"actions": concept.actions, "outputs": concept.outputs}
    return SheetTerm.model_construct(
        slug=concept.slug,
        label=concept.label,
        synonyms=concept.synonyms,
        hidden_labels=concept.hidden_labels,
        translations=translations_of(concept),
        definition=concept.definition,
        scope_note=none_if_empty(concept.scope_note),
        is_heading=concept.is_heading,
        broader=concept.broader and concept.broader.slug,
        order=concept.order,
        questions=concept.questions,
        **steps,
        **related_terms_of(concept),
        former_slugs=sorted(former.slug for former in concept.former_slugs.all()),
        sources=sources_of(concept, SheetSource),
    )


def related_terms_of(concept: Any) -> dict[str, Any]:
    """Return the keys near and strategies of a term."""
    others = [related.other for related in concept.related_terms.all()]
    return {
        "near": [o.slug for o in others if o.scheme_id == concept.scheme_id],
        "strategies": [o.slug for o in others if o.scheme_id != concept.scheme_id],
    }


def translations_of(record: Any) -> dict[Any, Translation]:
    return {
        language: Translation.model_construct(**translation)
        for language, translation in sort_by_language(record.translations).items()
    }
