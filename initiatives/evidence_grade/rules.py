"""The rules of the evidence grade. They know no records.

The rules are our own. They ask what GRADE-CERQual asks of qualitative evidence (are the
sources sound, many, independent, and do they agree), in words that a case study can
answer: https://www.cerqual.org/what-is-the-grade-cerqual-approach2/. They are published
at /about/evidence/, from the texts of this module.
"""

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cached_property
from itertools import combinations, product

# Raise it with every change of a rule: exports name the version that graded a finding.
RULES_VERSION = 1
# The newest source of a well supported finding is of this year or later. The year is
# part of the rules, so that a grade never changes without a change of the record.
RECENT_SINCE = 2011


class Level(IntEnum):
    """The three grades; a better one is greater."""

    THIN = 0
    SUPPORTED = 1
    WELL = 2

    @property
    def label(self) -> str:
        return LEVEL_LABELS[self]

    @property
    def slug(self) -> str:
        """Its name in files and addresses."""
        return self.name.lower()


class Standing(StrEnum):
    """Who speaks in a work, relative to one case."""

    NOT_CODED = ""
    INSIDER = "insider"
    COMMISSIONED = "commissioned"
    INDEPENDENT = "independent"
    PRESS = "press"
    OFFICIAL = "official"
    SECONDARY = "secondary"
    UNKNOWN = "unknown"


LEVEL_LABELS = {
    Level.THIN: "Thinly supported",
    Level.SUPPORTED: "Supported",
    Level.WELL: "Well supported",
}
STANDING_LABELS = {
    Standing.NOT_CODED: "Not looked at yet",
    Standing.INSIDER: "Insider: people of the initiative",
    Standing.COMMISSIONED: "Commissioned: paid for or published by it",
    Standing.INDEPENDENT: "Independent: researchers, courts, auditors",
    Standing.PRESS: "Press",
    Standing.OFFICIAL: "Official: minutes, laws, statistics",
    Standing.SECONDARY: "Secondary: repeats what others say",
    Standing.UNKNOWN: "Not known",
}
LEVEL_BY_SLUG = {level.slug: level for level in Level}
# As the columns of models have them.
LEVELS = [(level.value, label) for level, label in LEVEL_LABELS.items()]
STANDINGS = [(standing.value, label) for standing, label in STANDING_LABELS.items()]


# Works that repeat what others say, or of which nobody knows who speaks, are no voice
# of their own.
NO_VOICE = {Standing.SECONDARY, Standing.UNKNOWN, Standing.NOT_CODED}
# Whose figures count as measured, besides those of peer-reviewed works.
MEASURING = {Standing.INDEPENDENT, Standing.COMMISSIONED, Standing.OFFICIAL}


@dataclass(frozen=True)
class WorkEvidence:
    """One work that a finding rests on.

    ``names`` are its authors and the bodies behind it; ``is_read`` says that the work
    itself was read, not only a report of it.
    """

    names: frozenset[str] = frozenset()
    standing: Standing = Standing.NOT_CODED
    is_peer_reviewed: bool = False
    is_read: bool = False
    year: int | None = None


class FigureState(StrEnum):
    """Whether a finding has a figure, and the period that it counts."""

    NONE = "none"
    WITHOUT_PERIOD = "without period"
    COMPLETE = "complete"


@dataclass(frozen=True)
class FindingEvidence:
    """All that the grade of one finding depends on."""

    works: tuple[WorkEvidence, ...] = ()
    figure: FigureState = FigureState.NONE
    is_disputed: bool = False

    @cached_property
    def works_read(self) -> list[WorkEvidence]:
        """The works that were read themselves. Only they count."""
        return [work for work in self.works if work.is_read]


def ideal_work(name: str) -> WorkEvidence:
    """Return an independent work that was read, the best that one could find."""
    return WorkEvidence(frozenset({name}), Standing.INDEPENDENT, True, True, 9999)


def are_separate(one: WorkEvidence, other: WorkEvidence) -> bool:
    """Return whether two works are two voices.

    They share no author and no body, and differ in who speaks; two independent works
    need not differ in that.
    """
    if NO_VOICE & {one.standing, other.standing} or share_a_name(one, other):
        return False
    return one.standing != other.standing or one.standing == Standing.INDEPENDENT


def share_a_name(one: WorkEvidence, other: WorkEvidence) -> bool:
    """Return whether a name of one occurs in a name of the other.

    So a body is found among several that publish a work together.
    """
    pairs = product(one.names, other.names)
    return any(f" {a} " in f" {b} " or f" {b} " in f" {a} " for a, b in pairs)


def has_two_voices(evidence: FindingEvidence) -> bool:
    pairs = combinations(evidence.works_read, 2)
    return any(are_separate(*pair) for pair in pairs)


def is_independent(evidence: FindingEvidence) -> bool:
    works = evidence.works_read
    return any(work.standing == Standing.INDEPENDENT for work in works)


def is_measured(evidence: FindingEvidence) -> bool:
    """Return whether it is a whole figure, and from whom one can expect to measure."""
    return evidence.figure == FigureState.COMPLETE and any(
        work.is_peer_reviewed or work.standing in MEASURING
        for work in evidence.works_read
    )


def is_recent(evidence: FindingEvidence) -> bool:
    years = (work.year for work in evidence.works_read)
    return any(year and year >= RECENT_SINCE for year in years)


def grade(evidence: FindingEvidence) -> Level:
    """Return the level of a finding, by the works that were read themselves.

    Supported: there are two voices, or an independent one, or it is measured. Well
    supported: there are two voices of which one is independent, a recent source, and no
    figure without its period. An open disagreement of sources costs one level.
    """
    level = Level.THIN
    has_independent, has_two = is_independent(evidence), has_two_voices(evidence)
    if has_independent or has_two or is_measured(evidence):
        level = Level.SUPPORTED
    if (
        has_independent
        and has_two
        and is_recent(evidence)
        and evidence.figure != FigureState.WITHOUT_PERIOD
    ):
        level = Level.WELL
    return Level(max(level - evidence.is_disputed, Level.THIN))


def with_ideal_work(evidence: FindingEvidence) -> FindingEvidence:
    """Return the evidence with one more work: independent, read and recent."""
    return replace(evidence, works=(*evidence.works, ideal_work("Somebody else")))


def with_two_ideal_works(evidence: FindingEvidence) -> FindingEvidence:
    works = ideal_work("Somebody else"), ideal_work("Another one")
    return replace(evidence, works=(*evidence.works, *works))


def with_all_read(evidence: FindingEvidence) -> FindingEvidence:
    works = tuple(replace(work, is_read=True) for work in evidence.works)
    return replace(evidence, works=works)


def with_period(evidence: FindingEvidence) -> FindingEvidence:
    """Return the evidence with the period of its figure, if it has a figure."""
    if evidence.figure == FigureState.NONE:
        return evidence
    return replace(evidence, figure=FigureState.COMPLETE)


def settled(evidence: FindingEvidence) -> FindingEvidence:
    return replace(evidence, is_disputed=False)
