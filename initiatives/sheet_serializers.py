"""Cases and the codebook as sheets."""

from collections.abc import Iterable
from typing import Any

from initiatives.schemes import CODED_SCHEMES
from initiatives.sheets import (
    BareUse,
    Codebook,
    SchemeHead,
    Sheet,
    SheetBody,
    SheetConflict,
    SheetFigure,
    SheetFinding,
    SheetMode,
    SheetPlace,
    Term,
    Translation,
    Use,
)
from initiatives.translations import in_order

USED = "sources__reference"
# All that sheet_of() needs: a fixed number of queries for any number of cases.
WITH_SHEET = (
    *("former_slugs", "service_areas", "involvements__organisation", "tags"),
    *("documentation__reference", f"conflicts__{USED}", f"findings__{USED}"),
    *("findings__concept", "findings__strategies"),
)
WITH_TERM = ("broader", "former_slugs", USED)
# Sheet key → column, for what stands in the case's own row.
COLUMNS = {
    "slug": "slug",
    "name": "name",
    "status": "status",
    "status_note": "status_note",
    "published_on": "published_on",
    "revised_on": "revised_on",
    "evidence_note": "evidence_note",
    "started": "start_year",
    "ended": "end_year",
    "last_source_year": "last_source_year",
    "co_producers": "co_producers",
    "summary": "summary",
    "challenge": "challenge",
    "approach": "approach",
}
LINES = ("target_groups", "not_found")
PLACE_COLUMNS = {
    "locality": "locality",
    "region": "region",
    "country": "country",
    "latitude": "latitude",
    "longitude": "longitude",
    "note": "place_note",
}


def sheet_of(case: Any) -> Sheet:
    """No query after ``prefetch_related(*WITH_SHEET)``."""
    findings = list(case.findings.all())
    return Sheet.model_construct(
        **values(case, COLUMNS),
        **{key: getattr(case, key) for key in LINES},
        **works_of(case),
        former_slugs=sorted(former.slug for former in case.former_slugs.all()),
        place=SheetPlace.model_construct(**values(case, PLACE_COLUMNS)),
        service_areas=[area.slug for area in case.service_areas.all()],
        organisations=[
            SheetBody.model_construct(name=part.organisation.name, role=part.role)
            for part in case.involvements.all()
        ],
        tags=sorted(tag.name for tag in case.tags.all()),
        modes=[mode_of(found) for found in findings if found.kind == "mode"],
        findings=[finding_of(found) for found in findings if found.kind != "mode"],
        conflicts=[conflict_of(conflict) for conflict in case.conflicts.all()],
    )


def values(case: Any, columns: dict[str, str]) -> dict[str, Any]:
    return {key: known(getattr(case, column)) for key, column in columns.items()}


def known(value: Any) -> Any:
    """Columns say nothing with an empty text, sheets with null."""
    return None if value == "" else value


def works_of(case: Any) -> dict[str, Any]:
    # Sorted here, for databases sort hyphens each in their own way.
    works = sorted(case.documentation.all(), key=lambda work: work.reference.key)
    return {
        "sources": [work.reference.key for work in works if work.is_cited_by_chapter],
        "further_sources": [
            work.reference.key for work in works if not work.is_cited_by_chapter
        ],
        "unread": [work.reference.key for work in works if not work.is_read],
    }


def mode_of(finding: Any) -> SheetMode:
    return SheetMode.model_construct(
        id=finding.short_id,
        term=finding.concept.slug,
        basis=finding.basis,
        why=finding.statement,
        sources=uses_of(finding, Use),
    )


def finding_of(finding: Any) -> SheetFinding:
    return SheetFinding.model_construct(
        id=finding.short_id,
        kind=finding.kind,
        term=finding.concept.slug if finding.kind in CODED_SCHEMES else None,
        statement=finding.statement,
        direction=finding.direction,
        response=known(finding.response),
        strategies=[strategy.slug for strategy in finding.strategies.all()],
        year=finding.year,
        figure=figure_of(finding),
        basis=finding.basis,
        sources=uses_of(finding, Use),
    )


def figure_of(finding: Any) -> SheetFigure | None:
    if finding.figure_value is None:
        return None
    return SheetFigure.model_construct(
        value=finding.figure_value,
        unit=finding.figure_unit,
        period=known(finding.figure_period),
    )


def conflict_of(conflict: Any) -> SheetConflict:
    return SheetConflict.model_construct(
        about=conflict.about, note=conflict.note, sources=uses_of(conflict, BareUse)
    )


def uses_of[Form: (Use, BareUse)](owner: Any, form: type[Form]) -> list[Form]:
    return [
        form.model_construct(
            ref=source.reference.key,
            url=known(source.url),
            locator=known(source.locator),
            via=known(source.via),
        )
        for source in owner.sources.all()
    ]


def codebook_of(scheme: Any, terms: Iterable[Any]) -> Codebook:
    return Codebook.model_construct(
        scheme=head_of(scheme), terms=[term_of(term) for term in terms]
    )


def head_of(scheme: Any) -> SchemeHead:
    return SchemeHead.model_construct(
        slug=scheme.slug,
        title=scheme.title,
        translations=translations_of(scheme),
        description=scheme.description,
        sources=uses_of(scheme, Use),
    )


def term_of(concept: Any) -> Term:
    """No query after ``prefetch_related(*WITH_TERM)``."""
    steps = {}
    if concept.scheme_id == "change-steps":
        steps = {"actions": concept.actions, "outputs": concept.outputs}
    return Term.model_construct(
        slug=concept.slug,
        label=concept.label,
        synonyms=concept.synonyms,
        hidden_labels=concept.hidden_labels,
        translations=translations_of(concept),
        definition=concept.definition,
        scope_note=known(concept.scope_note),
        is_heading=concept.is_heading,
        broader=concept.broader and concept.broader.slug,
        order=concept.order,
        questions=concept.questions,
        **steps,
        former_slugs=sorted(former.slug for former in concept.former_slugs.all()),
        sources=uses_of(concept, Use),
    )


def translations_of(named: Any) -> dict[Any, Translation]:
    return {
        language: Translation.model_construct(**said)
        for language, said in in_order(named.translations).items()
    }
