"""Reads what the grade of a finding depends on from its records, without queries.

The findings have to come from ``Finding.objects.with_sources()``.
"""

import re
from collections.abc import Iterable
from typing import Any

from initiatives.evidence_grade.explanation import Grade
from initiatives.evidence_grade.rules import (
    FigureState,
    FindingEvidence,
    Level,
    Standing,
    WorkEvidence,
)
from references.models import Contribution, Reference

# Works that are the voice of who publishes them, whoever wrote them.
Types = Reference.Type
PUBLISHED_BY_A_BODY = {
    *(Types.REPORT, Types.WEBPAGE, Types.POST, Types.BLOG_POST, Types.PAMPHLET),
    *(Types.NEWSPAPER_ARTICLE, Types.MAGAZINE_ARTICLE, Types.BROADCAST),
    *(Types.DOCUMENT, Types.FILM, Types.INTERVIEW),
}
SIGNS = re.compile(r"[\W_]+")


def grade_of(finding: Any) -> Grade:
    """Return the grade of a finding with its reasons."""
    override = finding.grade_override
    return Grade(
        evidence_of(finding),
        finding.grade_note,
        None if override is None else Level(override),
    )


def evidence_of(finding: Any) -> FindingEvidence:
    sources: dict[int, list[Any]] = {}
    for source in finding.sources.all():
        sources.setdefault(source.reference_id, []).append(source)
    works = tuple(map(work_evidence, sources.values()))
    return FindingEvidence(works, figure_state(finding), finding.is_disputed)


def figure_state(finding: Any) -> FigureState:
    if finding.figure_value is None:
        return FigureState.NONE
    has_period = bool(finding.figure_period)
    return FigureState.COMPLETE if has_period else FigureState.WITHOUT_PERIOD


def work_evidence(sources: list[Any]) -> WorkEvidence:
    """Return the evidence of one work from the places in it that are cited."""
    work = sources[0].reference
    return WorkEvidence(
        frozenset(names_behind(work) | bodies_behind(work)),
        Standing(sources[0].standing or ""),
        bool(sources[0].is_peer_reviewed),
        any(source.via == source.Via.PRIMARY for source in sources),
        work.issued_year,
    )


def names_behind(work: Any) -> set[str]:
    """Return the names of the authors, or of the editors if it has no author.

    They are compared by family name and first initial: a name may be printed in several
    ways, and two people who are taken for one can only lower a grade.
    """
    contributions: Iterable[Any] = work.contributions.all()
    authors = {plain_name(c.person) for c in contributions if is_author(c)}
    return authors or {plain_name(c.person) for c in contributions}


def is_author(contribution: Any) -> bool:
    return bool(contribution.role == Contribution.Role.AUTHOR)


def plain_name(person: Any) -> str:
    if person.literal:
        return plain(person.literal)
    return f"{plain(person.family)}, {plain(person.given)[:1]}"


def bodies_behind(work: Any) -> set[str]:
    if work.type not in PUBLISHED_BY_A_BODY:
        return set()
    return {plain(work.publisher), plain(work.container_title)} - {""}


def plain(name: str) -> str:
    """Return a name in small letters, without signs and without its article."""
    return SIGNS.sub(" ", name.casefold()).strip().removeprefix("the ")
