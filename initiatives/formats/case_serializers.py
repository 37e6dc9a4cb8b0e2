"""Serializes cases for exports: from model instances to plain values, without queries.

``site`` is the start of every address: “https://casebase.example”.
"""

from typing import Any

from django.urls import reverse

from initiatives.evidence_grade.rules import RULES_VERSION, Level
from initiatives.formats.export_schema import (
    Case,
    CaseInBrief,
    CaseTexts,
    Conflict,
    Figure,
    Finding,
    FindingInList,
    Organisation,
    Place,
    Source,
    Term,
    Work,
)

# Prefetch these for serialize_case(). It also needs the findings that readers may see,
# each with its concept and the lists listed_strategies and listed_sources, and the
# conflicts, each with its sources and the list listed_findings.
WITH_EXPORT = (
    *("service_areas", "involvements__organisation", "tags"),
    "documentation__reference",
)


def serialize_case(case: Any, site: str) -> Case:
    return Case(
        **serialize_texts(case, site),
        place=serialize_place(case),
        settlement=case.settlement or None,
        reach=case.reach or None,
        started=case.start_year,
        ended=case.end_year,
        last_source_year=case.last_source_year,
        service_areas=[serialize_term(area) for area in case.service_areas.all()],
        target_groups=case.target_groups,
        co_producers=case.co_producers or None,
        organisations=[serialize_involvement(each) for each in case.involvements.all()],
        tags=sorted(tag.name for tag in case.tags.all()),
        evidence_note=case.evidence_note or None,
        not_found=case.not_found,
        published_on=case.published_on and case.published_on.isoformat(),
        revised_on=case.revised_on and case.revised_on.isoformat(),
        works=serialize_works(case),
        conflicts=[serialize_conflict(each, site) for each in case.conflicts.all()],
        findings=[serialize_finding(each, site) for each in case.findings.all()],
    )


def serialize_texts(case: Any, site: str) -> CaseTexts:
    return CaseTexts(
        slug=case.slug,
        address=site + case.get_absolute_url(),
        name=case.name,
        tagline=case.tagline or None,
        summary=case.summary,
        challenge=case.challenge or None,
        approach=case.approach or None,
    )


def serialize_place(case: Any) -> Place:
    return Place(
        name=case.place,
        locality=case.locality or None,
        region=case.region or None,
        country=case.country,
        latitude=case.latitude,
        longitude=case.longitude,
        note=case.place_note or None,
    )


def serialize_term(concept: Any) -> Term:
    return Term(scheme=concept.scheme_id, slug=concept.slug, label=concept.label)


def serialize_involvement(involvement: Any) -> Organisation:
    return Organisation(name=involvement.organisation.name, role=involvement.role)


def serialize_works(case: Any) -> list[Work]:
    """Return the works by key, sorted here because databases differ on hyphens."""
    return sorted(
        (
            Work(
                citekey=listed.reference.key,
                is_cited_by_chapter=listed.is_cited_by_chapter,
                is_read=listed.is_read,
                standing=listed.standing or None,
                is_peer_reviewed=listed.is_peer_reviewed,
                standing_note=listed.standing_note or None,
            )
            for listed in case.documentation.all()
        ),
        key=lambda work: work["citekey"],
    )


def serialize_conflict(conflict: Any, site: str) -> Conflict:
    return Conflict(
        about=conflict.about,
        note=conflict.note,
        findings=sorted(finding.short_id for finding in conflict.listed_findings),
        is_settled=conflict.is_settled,
        sources=[serialize_source(source, site) for source in conflict.sources.all()],
    )


def serialize_finding(finding: Any, site: str) -> Finding:
    return Finding(
        id=finding.short_id,
        address=site + finding.get_absolute_url(),
        kind=finding.kind,
        term=serialize_term(finding.concept) if finding.concept else None,
        statement=finding.statement,
        response=finding.response or None,
        strategies=[serialize_term(strategy) for strategy in finding.listed_strategies],
        direction=finding.direction,
        basis=finding.basis,
        grade=Level(finding.grade).slug,
        grade_rules=RULES_VERSION,
        grade_note=finding.grade_note or None,
        year=finding.year,
        figure=serialize_figure(finding),
        sources=[serialize_source(source, site) for source in finding.listed_sources],
    )


def serialize_finding_in_list(finding: Any, site: str) -> FindingInList:
    """Serialize a finding whose case has been fetched with it."""
    case = finding.initiative
    permanent = site + reverse("findings:detail", args=[finding.short_id])
    return FindingInList(
        **serialize_finding(finding, site),
        permanent_address=permanent,
        case=CaseInBrief(
            slug=case.slug,
            address=site + case.get_absolute_url(),
            name=case.name,
            place=serialize_place(case),
            settlement=case.settlement or None,
            reach=case.reach or None,
            started=case.start_year,
            ended=case.end_year,
            published_on=case.published_on and case.published_on.isoformat(),
            revised_on=case.revised_on and case.revised_on.isoformat(),
        ),
    )


def serialize_figure(finding: Any) -> Figure | None:
    """Return the figure; whole numbers are integers: 805, not 805.0."""
    value = finding.figure_value
    if value is None:
        return None
    return Figure(
        value=int(value) if value.is_integer() else value,
        unit=finding.figure_unit,
        period=finding.figure_period or None,
    )


def serialize_source(source: Any, site: str) -> Source:
    work = source.reference
    return Source(
        citekey=work.key,
        title=work.title,
        year=work.issued_year,
        doi=work.doi or None,
        work_address=site + work.get_absolute_url(),
        locator=source.locator or None,
        page_read=source.url or None,
        read_as=source.via or None,
        standing=source.standing or None,
        is_peer_reviewed=source.is_peer_reviewed,
    )
