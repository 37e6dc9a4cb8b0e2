"""The content of the page of a step."""

from functools import cached_property
from urllib.parse import urlencode

from casebase.kept.models import Kept
from initiatives.plan.closest import FIELDS_OF_PARTS, ClosestCases
from initiatives.plan.content import Step, read_section
from initiatives.plan.examples import N_CASES, Example, Examples
from initiatives.plan.page import PlanPage
from initiatives.plan.step_form import (
    Box,
    Checklist,
    Errors,
    build_boxes,
    build_checklists,
)
from initiatives.plan.steps import change_step, change_steps


class StepPage(PlanPage):
    """A step as it is stored or, if ``sent`` is given, as somebody wants to save it.

    ``number`` is that of the page of findings, ``errors`` are sentences by place in
    what was sent. ``done_box`` is the number of the box that something was done to.
    """

    n_cases = N_CASES

    def __init__(self, kept: Kept, slug: str, number: int = 1) -> None:
        super().__init__(kept, slug)
        self.term, self.number = change_step(self.codebook, slug), number
        self.name = self.term.slug
        self.sent: Step | None = None
        self.errors: Errors = {}
        self.done_box: int | None = None
        self.is_conflict = False

    @cached_property
    def stored(self) -> Step:
        content = self.kept.section(self.name).content
        step: Step = read_section(self.name, content)
        return step

    @property
    def shown(self) -> Step:
        return self.stored if self.sent is None else self.sent

    @property
    def step_number(self) -> int:
        """Its place among the steps, counted from 1."""
        return change_steps(self.codebook).index(self.term) + 1

    @property
    def n_steps(self) -> int:
        return len(change_steps(self.codebook))

    @cached_property
    def boxes(self) -> list[Box]:
        seen = self.stored if self.is_conflict else self.shown
        return build_boxes(self.term, self.shown, seen, self.errors)

    @cached_property
    def checklists(self) -> list[Checklist]:
        seen = self.stored if self.is_conflict else self.shown
        return build_checklists(self.term, self.shown, seen)

    @cached_property
    def examples(self) -> Examples:
        closest = ClosestCases(self.plan.start, self.snapshot)
        return Examples(self.term, self.plan.start, closest)

    @cached_property
    def shown_examples(self) -> list[Example]:
        return self.examples.page(self.number)

    @property
    def more_number(self) -> int | None:
        """The number of the next page of findings; after the last comes the first."""
        n = len(self.examples.pages)
        return (self.number % n) + 1 if n > 1 else None

    @property
    def similar_query(self) -> str:
        """The query of the page of cases like mine that asks the same."""
        fields = FIELDS_OF_PARTS.items()
        stated = {part: getattr(self.plan.start, field) for part, field in fields}
        given = {part: value for part, value in stated.items() if value}
        return "?" + urlencode(given, doseq=True)
