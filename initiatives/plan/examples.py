"""The findings beside a step: what cases like the team’s did, and what failed there.

The rule, which the page states: from each of the closest cases one finding at most. The
first are those on this step, then barriers and risks that the team named, with what was
done about them, then the kinds of finding that inform this step. Of equal ones the case
that is closer comes first, and of one case the better supported finding. Where a case
failed, or had mixed results, one such finding stands on each page as a warning.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q

from initiatives.models import Finding
from initiatives.plan.closest import ClosestCases, find_terms
from initiatives.plan.content import Start
from initiatives.similar.results import Result
from initiatives.term_answers import TermAnswer

N_CASES, SHOWN = 12, 3
WARNINGS = (Finding.Direction.HINDERED, Finding.Direction.MIXED)
# Slug of a step → the kinds of finding that inform it; other steps have lessons.
KINDS = {
    "map-it": ("participation", "resilience", "lesson"),
    "focus-it": ("outcome", "performance", "cost", "saving"),
    "people-it": ("motivation", "leadership", "participation"),
    "market-it": ("motivation", "negative-effect", "saving"),
    "grow-it": ("spread", "saving", "lesson"),
}
# Tiers: a finding is on the step, on what the team named, or informs the step.
ON_STEP, ON_NAMED, INFORMS = range(3)


class Candidate(NamedTuple):
    """A finding that may be shown; the least is the first."""

    tier: int
    rank: int
    level: int
    key: int
    is_warning: bool


@dataclass(frozen=True)
class Example:
    """A finding that is shown. ``result`` is what its case shares."""

    finding: Finding
    result: Result | None
    is_warning: bool


class Examples:
    """The findings beside one step, by pages of up to three. Six queries at most."""

    def __init__(self, step: Any, start: Start, closest: ClosestCases) -> None:
        self.step, self.start, self.closest = step, start, closest

    @property
    def is_stated(self) -> bool:
        """Whether the team has said anything that cases can be compared with."""
        return self.closest.asked is not None

    @property
    def fits(self) -> bool:
        """Whether the findings are of cases that are like what the team said."""
        return bool(self._of_closest)

    @cached_property
    def _named(self) -> list[int]:
        codebook = self.closest.codebook
        terms = [
            *find_terms(codebook, "barriers", self.start.barriers),
            *find_terms(codebook, "risks", self.start.risks),
        ]
        return sorted(codebook.with_narrower(terms))

    @cached_property
    def _of_closest(self) -> list[Candidate]:
        keys = self.closest.first(N_CASES)
        return self._candidates(Q(initiative__in=keys), keys) if keys else []

    @cached_property
    def pages(self) -> list[list[Candidate]]:
        """All that can be shown, page by page."""
        found = self._of_closest
        if not found:
            keys = TermAnswer(self.step, self.closest.snapshot).best(N_CASES)
            found = self._candidates(Q(pk__in=keys), [])
        return [*deal(found)]

    def _candidates(self, among: Q, cases: list[int]) -> list[Candidate]:
        """Return the candidates in order; see the rule above. One query."""
        on_step, named = Q(concept=self.step.pk), Q(concept__in=self._named)
        kinds = KINDS.get(self.step.slug, ("lesson",))
        wanted = on_step | named & ~Q(response="") | Q(kind__in=kinds)
        findings = Finding.objects.published().statements().filter(among & wanted)
        ranks = {key: rank for rank, key in enumerate(cases)}
        rows = findings.order_by("initiative", "position", "pk").values_list(
            *("pk", "initiative", "concept", "grade", "direction", "response")
        )
        return sorted(
            Candidate(
                self._tier(concept, response),
                ranks.get(case, case),
                -grade,
                key,
                direction in WARNINGS,
            )
            for key, case, concept, grade, direction, response in rows
        )

    def _tier(self, concept: int | None, response: str) -> int:
        if concept == self.step.pk:
            return ON_STEP
        is_named = concept in self._named and response
        return ON_NAMED if is_named else INFORMS

    def page(self, number: int) -> list[Example]:
        """Return the Examples of a page, counted from 1; the last if it is beyond."""
        if not self.pages:
            return []
        chosen = self.pages[min(number, len(self.pages)) - 1]
        findings = Finding.objects.published().with_list_details()
        found = findings.in_bulk([each.key for each in chosen])
        return [
            Example(
                finding,
                self.closest.result(finding.initiative),
                each.is_warning,
            )
            for each in chosen
            if (finding := found.get(each.key))
        ]


def deal(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Yield pages of up to three: a warning where there is one, and what worked.

    A case is shown once in all with what worked, and once with a warning.
    """
    candidates = list(candidates)
    worked = first_of_cases(each for each in candidates if not each.is_warning)
    warnings = first_of_cases(each for each in candidates if each.is_warning)
    while worked:
        shown = {each.rank for each in worked[: SHOWN - 1]}
        warning = [each for each in warnings if each.rank not in shown][:1]
        page = worked[: SHOWN - len(warning)]
        yield page + warning
        worked = worked[len(page) :]
        warnings = [each for each in warnings if each not in warning]
    for start in range(0, len(warnings), SHOWN):
        yield warnings[start : start + SHOWN]


def first_of_cases(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the first candidate of each case, in the same order."""
    first: dict[int, Candidate] = {}
    for each in candidates:
        first.setdefault(each.rank, each)
    return list(first.values())
