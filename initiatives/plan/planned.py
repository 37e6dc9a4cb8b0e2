"""The parts of a plan in words: what was said, the steps, the rows, the works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from initiatives.models import Concept
from initiatives.plan.content import Answer, Quote, Row, Step


class Check(NamedTuple):
    """An action, an output or another choice, and whether it is ticked."""

    text: str
    is_ticked: bool


class Said(NamedTuple):
    """A heading of the plan’s start, and what was said; empty if nothing was.

    ``checks`` are all choices, if they are few.
    """

    label: str
    text: str
    checks: Sequence[Check] = ()


class Place(NamedTuple):
    """Where in a plan something stands: the name of its page, and words."""

    page: str
    words: str


class Quoting(NamedTuple):
    """An answer or a row with content, and its quotes, which may be none."""

    place: Place
    quotes: list[Quote]


@dataclass(frozen=True)
class PlannedStep:
    """One change step with all its questions, those of the codebook first.

    ``slug`` is part of its address; ``concept`` is None if the codebook lacks it.
    """

    number: int
    slug: str
    concept: Concept | None
    answers: list[Answer]
    actions: list[Check]
    outputs: list[Check]

    @property
    def title(self) -> str:
        return self.concept.label if self.concept else self.slug

    @property
    def n_answered(self) -> int:
        return sum(bool(answer.text or answer.quotes) for answer in self.answers)

    @property
    def n_ticked(self) -> int:
        return sum(check.is_ticked for check in [*self.actions, *self.outputs])

    @property
    def n_checks(self) -> int:
        return len(self.actions) + len(self.outputs)

    @property
    def n_quotes(self) -> int:
        return sum(len(answer.quotes) for answer in self.answers)

    @property
    def is_empty(self) -> bool:
        return not (self.n_answered or self.n_ticked)


@dataclass(frozen=True)
class PlannedRow:
    """One row of the plan’s table in words. ``number`` counts from 1."""

    number: int
    row: Row
    obstacle: str
    strategy: str

    @property
    def title(self) -> str:
        """The words that stand for the row elsewhere: its action, else its obstacle."""
        return self.row.action or self.obstacle or f"Row {self.number}"

    @property
    def described_obstacle(self) -> str:
        """The barrier or risk; of a risk also how likely and how bad it would be."""
        row = self.row
        likely = f"likelihood: {row.likelihood}" if row.likelihood else ""
        severe = f"consequence: {row.consequence}" if row.consequence else ""
        judged = ", ".join(filter(None, [likely, severe]))
        kind = row.kind.capitalize() if self.obstacle or judged else ""
        named = ": ".join(filter(None, [kind, self.obstacle]))
        return f"{named} ({judged})" if judged else named

    @property
    def due(self) -> str:
        """Its date in words: “1 Mar 2027”."""
        by = self.row.by
        return f"{by.day} {by:%b} {by.year}" if by else ""

    def days_over(self, today: date) -> int:
        """Return by how many days it is overdue; 0 or less if it is not."""
        return (today - self.row.by).days if self.row.by else 0


@dataclass
class QuotedWork:
    """A work that quotes rest on. ``text`` is “Meyer & Grosser 2014”, as quoted.

    ``reference`` is the record of it, if there is one; see outputs/works.py.
    """

    number: int
    key: str
    text: str
    url: str = ""
    reference: Any = None


def lay_out_step(
    number: int, slug: str, concept: Concept | None, step: Step
) -> PlannedStep:
    """Return a step with the questions and checks of the codebook, and its own."""
    given: dict[str, list[Answer]] = {}
    for answer in step.answers:
        given.setdefault(answer.question, []).append(answer)
    asked: list[str] = concept.questions if concept else []
    questions = {question: [Answer(question=question)] for question in asked}
    answers = [answer for each in (questions | given).values() for answer in each]
    actions = list_checks(concept.actions if concept else [], step.actions)
    outputs = list_checks(concept.outputs if concept else [], step.outputs)
    return PlannedStep(number, slug, concept, answers, actions, outputs)


def list_checks(known: list[str], ticked: list[str]) -> list[Check]:
    return [Check(text, text in ticked) for text in dict.fromkeys([*known, *ticked])]
