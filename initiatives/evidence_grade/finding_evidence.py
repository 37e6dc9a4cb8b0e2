"""Makes the evidence of a finding from plain values of its records.

A page has the values from records that it shows anyway (``grade_of``), and
``stored_evidence.py`` from columns of many findings.
"""

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any, NamedTuple

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
PUBLISHED_BY_A_BODY: Collection[Any] = {
    *(Types.REPORT, Types.WEBPAGE, Types.POST, Types.BLOG_POST, Types.PAMPHLET),
    *(Types.NEWSPAPER_ARTICLE, Types.MAGAZINE_ARTICLE, Types.BROADCAST),
    *(Types.DOCUMENT, Types.FILM, Types.INTERVIEW),
}
AUTHOR: Any = Contribution.Role.AUTHOR
SIGNS = re.compile(r"[\W_]+")


class Contributor(NamedTuple):
    """A person or body who made a work."""

    role: str
    family: str
    given: str
    literal: str


class WorkOnCase(NamedTuple):
    """What every finding of a case that rests on a work takes from that work."""

    names: frozenset[str]
    year: int | None
    standing: Standing
    is_peer_reviewed: bool


def grade_of(finding: Any) -> Grade:
    """Return the grade of a finding from ``with_sources()``, without a query."""
    override = finding.grade_override
    return Grade(
        evidence_of(finding),
        finding.grade_note,
        None if override is None else Level(override),
    )


def evidence_of(finding: Any) -> FindingEvidence:
    sources = finding.sources.all()
    return build_evidence(
        [(source.reference_id, source.via == source.Via.PRIMARY) for source in sources],
        {source.reference_id: work_on_case(source) for source in sources},
        figure_state(finding.figure_value, finding.figure_period),
        finding.is_disputed,
    )


def work_on_case(source: Any) -> WorkOnCase:
    work = source.reference
    made = [(c.role, c.person) for c in work.contributions.all()]
    contributors = [Contributor(r, p.family, p.given, p.literal) for r, p in made]
    return WorkOnCase(
        names_behind(work.type, work.publisher, work.container_title, contributors),
        work.issued_year,
        Standing(source.standing or ""),
        bool(source.is_peer_reviewed),
    )


def build_evidence(
    uses: Iterable[tuple[Hashable, bool]],
    works: Mapping[Any, WorkOnCase],
    figure: FigureState,
    is_disputed: bool,
) -> FindingEvidence:
    """Return the evidence of a finding.

    ``uses`` has, for each of its sources, the key of the work in ``works`` and whether
    the work itself was read there.
    """
    is_read: dict[Hashable, bool] = {}
    for key, is_read_here in uses:
        is_read[key] = is_read_here or is_read.get(key, False)
    cited = tuple(work_evidence(works[key], read) for key, read in is_read.items())
    return FindingEvidence(cited, figure, is_disputed)


def work_evidence(work: WorkOnCase, is_read: bool) -> WorkEvidence:
    names, year, standing, is_peer_reviewed = work
    return WorkEvidence(names, standing, is_peer_reviewed, is_read, year)


def figure_state(value: float | None, period: str) -> FigureState:
    if value is None:
        return FigureState.NONE
    return FigureState.COMPLETE if period else FigureState.WITHOUT_PERIOD


def names_behind(
    kind: str,
    publisher: str,
    container_title: str,
    contributors: Collection[Contributor],
) -> frozenset[str]:
    """Return the names of the authors of a work and of the bodies that speak in it.

    If it has no author, those of its editors. They are compared by family name and
    first initial: a name may be printed in several ways, and two people who are taken
    for one can only lower a grade.
    """
    authors = [c for c in contributors if c.role == AUTHOR]
    names = {plain_name(contributor) for contributor in authors or contributors}
    if kind in PUBLISHED_BY_A_BODY:
        names |= {plain(publisher), plain(container_title)} - {""}
    return frozenset(names)


def plain_name(contributor: Contributor) -> str:
    if contributor.literal:
        return plain(contributor.literal)
    return f"{plain(contributor.family)}, {plain(contributor.given)[:1]}"


def plain(name: str) -> str:
    """Return a name in small letters, without signs and without its article."""
    return SIGNS.sub(" ", name.casefold()).strip().removeprefix("the ")
