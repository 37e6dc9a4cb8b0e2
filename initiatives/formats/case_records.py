"""Cases as records. Rows of the database in, plain values out; no query in here.

``site`` begins every address: “https://casebase.example”.
"""

from typing import Any

from initiatives.formats.export_schema import (
    Body,
    Case,
    Conflict,
    Figure,
    Finding,
    Place,
    Term,
    Use,
    Work,
)

# What case_of() reads besides the findings that readers may see, each of which has its
# concept and two lists: listed_strategies and listed_sources.
WITH_RECORD = (
    *("service_areas", "involvements__organisation", "tags"),
    *("documentation__reference", "conflicts__sources__reference"),
)


def case_of(case: Any, site: str) -> Case:
    return Case(
        slug=case.slug,
        address=site + case.get_absolute_url(),
        name=case.name,
        summary=case.summary,
        challenge=case.challenge or None,
        approach=case.approach or None,
        place=place_of(case),
        started=case.start_year,
        ended=case.end_year,
        last_source_year=case.last_source_year,
        service_areas=[term_of(area) for area in case.service_areas.all()],
        target_groups=case.target_groups,
        co_producers=case.co_producers or None,
        organisations=[body_of(part) for part in case.involvements.all()],
        tags=sorted(tag.name for tag in case.tags.all()),
        evidence_note=case.evidence_note or None,
        not_found=case.not_found,
        published_on=case.published_on and case.published_on.isoformat(),
        revised_on=case.revised_on and case.revised_on.isoformat(),
        works=works_of(case),
        conflicts=[conflict_of(conflict, site) for conflict in case.conflicts.all()],
        findings=[finding_of(finding, site) for finding in case.findings.all()],
    )


def place_of(case: Any) -> Place:
    return Place(
        name=case.place,
        locality=case.locality or None,
        region=case.region or None,
        country=case.country,
        latitude=case.latitude,
        longitude=case.longitude,
        note=case.place_note or None,
    )


def term_of(concept: Any) -> Term:
    return Term(scheme=concept.scheme_id, slug=concept.slug, label=concept.label)


def body_of(involvement: Any) -> Body:
    return Body(name=involvement.organisation.name, role=involvement.role)


def works_of(case: Any) -> list[Work]:
    """By key, sorted here: databases sort hyphens each in their own way."""
    return sorted(
        (
            Work(
                citekey=listed.reference.key,
                is_cited_by_chapter=listed.is_cited_by_chapter,
                is_read=listed.is_read,
            )
            for listed in case.documentation.all()
        ),
        key=lambda work: work["citekey"],
    )


def conflict_of(conflict: Any, site: str) -> Conflict:
    return Conflict(
        about=conflict.about,
        note=conflict.note,
        sources=[use_of(source, site) for source in conflict.sources.all()],
    )


def finding_of(finding: Any, site: str) -> Finding:
    return Finding(
        id=finding.short_id,
        address=site + finding.get_absolute_url(),
        kind=finding.kind,
        term=term_of(finding.concept) if finding.concept else None,
        statement=finding.statement,
        response=finding.response or None,
        strategies=[term_of(strategy) for strategy in finding.listed_strategies],
        direction=finding.direction,
        basis=finding.basis,
        year=finding.year,
        figure=figure_of(finding),
        sources=[use_of(source, site) for source in finding.listed_sources],
    )


def figure_of(finding: Any) -> Figure | None:
    """Whole numbers come as such: 805, not 805.0."""
    value = finding.figure_value
    if value is None:
        return None
    return Figure(
        value=int(value) if value.is_integer() else value,
        unit=finding.figure_unit,
        period=finding.figure_period or None,
    )


def use_of(source: Any, site: str) -> Use:
    work = source.reference
    return Use(
        citekey=work.key,
        title=work.title,
        year=work.issued_year,
        doi=work.doi or None,
        work_address=site + work.get_absolute_url(),
        locator=source.locator or None,
        page_read=source.url or None,
        read_as=source.via or None,
    )
