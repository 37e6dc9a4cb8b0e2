"""The sentences that explain a grade: what it rests on, and what would raise it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import capfirst, get_text_list

from initiatives.evidence_grade.rules import (
    FigureState,
    FindingEvidence,
    Level,
    Standing,
    grade,
    has_two_voices,
    is_recent,
    settled,
    with_all_read,
    with_ideal_work,
    with_period,
    with_two_ideal_works,
)

SPEAKERS = {
    Standing.INSIDER: "people of the initiative",
    Standing.COMMISSIONED: "authors who were commissioned",
    Standing.INDEPENDENT: "independent authors",
    Standing.PRESS: "the press",
    Standing.OFFICIAL: "official records",
    Standing.SECONDARY: "a report on what others say",
    Standing.UNKNOWN: "authors whose part in it is not known",
    Standing.NOT_CODED: "authors whose part in it nobody has looked at yet",
}
BESIDE_A_SOURCE: dict[str, str] = {
    Standing.INSIDER: "by people of the initiative",
    Standing.COMMISSIONED: "commissioned",
    Standing.INDEPENDENT: "independent",
    Standing.PRESS: "press",
    Standing.OFFICIAL: "official record",
    Standing.SECONDARY: "repeats what others say",
    Standing.UNKNOWN: "not known who speaks",
}
type Improvements = dict[str, Callable[[FindingEvidence], FindingEvidence]]
# What can be done for a finding, and the evidence that it would then have.
REPAIRS: Improvements = {
    "reading the work itself": with_all_read,
    "the period of the figure": with_period,
    "settling what the sources disagree on": settled,
}
ONE_SOURCE: Improvements = {
    "an independent source with another author": with_ideal_work
}
# Needed where who speaks in the present sources is not known.
TWO_SOURCES: Improvements = {"two independent sources": with_two_ideal_works}


@dataclass(frozen=True)
class Grade:
    """The grade of a finding with its reasons.

    ``note`` is why the editors set the level themselves; it is empty if the rules did.
    """

    evidence: FindingEvidence
    note: str = ""
    override: Level | None = None

    @property
    def level(self) -> Level:
        return grade(self.evidence) if self.override is None else self.override

    @property
    def sentences(self) -> list[str]:
        """What the grade rests on, and what would raise it."""
        if self.override is not None:
            return [f"Set by the editors: {self.note}", basis(self.evidence)]
        return [basis(self.evidence), *raising(self.evidence)]


def basis(evidence: FindingEvidence) -> str:
    """Return what it rests on: “Two works, by the press; they are one voice.”"""
    n = len(evidence.works)
    speakers = list(dict.fromkeys(SPEAKERS[work.standing] for work in evidence.works))
    works = f"{capfirst(apnumber(n))} {'work' if n == 1 else 'works'}"
    clauses = [f"{works}, by {get_text_list(speakers, 'and')}", *limits(evidence)]
    return "; ".join(clauses) + "."


def limits(evidence: FindingEvidence) -> Iterator[str]:
    """Yield clauses on what is missing."""
    n, n_read = len(evidence.works), len(evidence.works_read)
    if n_read < n:
        which = "" if n == 1 else f"{apnumber(n - n_read)} of them "
        yield f"{which}known only from a summary or a report"
    if n_read > 1 and not has_two_voices(evidence):
        yield "they count as one voice"
    if n_read and not is_recent(evidence):
        years = [work.year for work in evidence.works_read if work.year]
        yield f"not later than {max(years)}" if years else "of no known year"
    if evidence.figure == FigureState.WITHOUT_PERIOD:
        yield "the figure has no period"
    if evidence.is_disputed:
        yield "the sources disagree on it"


def raising(evidence: FindingEvidence) -> Iterator[str]:
    """Yield a sentence on what would raise the grade, unless it is the highest."""
    if grade(evidence) == Level.WELL:
        return
    ways = (
        list(sufficient(evidence, source | REPAIRS, n))
        for source in (ONE_SOURCE, TWO_SOURCES)
        for n in range(1, len(REPAIRS) + 2)
    )
    fewest = next(filter(None, ways))
    yield f"{capfirst(', or '.join(fewest))} would raise it."


def sufficient(
    evidence: FindingEvidence, improvements: Improvements, n: int
) -> Iterator[str]:
    """Yield each ``n`` of the improvements, in words, that would raise the grade."""
    for names in combinations(improvements, n):
        improved = evidence
        for name in names:
            improved = improvements[name](improved)
        if grade(improved) > grade(evidence):
            yield get_text_list(names, "and")
