"""A plan as it is shown: all steps in order, in words, with numbered works.

Its overview, its page for paper and its files are views of this. No HTTP and no HTML,
and no query once the codebook has its terms. A plan without content is the blank
workbook.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from initiatives.codebook import Codebook
from initiatives.models import Concept, Finding, Initiative
from initiatives.models.initiatives import country_name
from initiatives.plan.content import Answer, Plan, Quote, QuotedSource, Row, Step

STEPS, MODES = "change-steps", "modes"
RESULTS, KINDS = dict(Finding.Direction.choices), dict(Finding.Kind.choices)


class Check(NamedTuple):
    """An action, an output or another choice, and whether it is ticked."""

    text: str
    is_ticked: bool


class Said(NamedTuple):
    """A heading of the plan’s beginning, and what was said; empty if nothing was.

    ``checks`` are all choices, if they are few.
    """

    label: str
    text: str
    checks: Sequence[Check] = ()


class Place(NamedTuple):
    """Where in a plan something stands: the part of its address, and words."""

    part: str
    words: str


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
    def n_actions(self) -> int:
        """How many actions are ticked."""
        return sum(check.is_ticked for check in self.actions)

    @property
    def n_outputs(self) -> int:
        """How many outputs are ticked."""
        return sum(check.is_ticked for check in self.outputs)

    @property
    def n_quotes(self) -> int:
        return sum(len(answer.quotes) for answer in self.answers)

    @property
    def is_empty(self) -> bool:
        return not (self.n_answered or self.n_actions or self.n_outputs)


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

    ``reference`` is the record of it, if there is one; see ``find_works``.
    """

    number: int
    key: str
    text: str
    url: str = ""
    reference: Any = None


@dataclass(frozen=True)
class PlanLayout:
    """All of a plan. Its parts are listed when they are first asked for."""

    plan: Plan
    codebook: Codebook = field(repr=False)

    @property
    def title(self) -> str:
        return self.plan.title

    @cached_property
    def beginning(self) -> list[Said]:
        """What was said in the beginning, in its order; also what was not."""
        start, settlement = self.plan.start, dict(Initiative.Settlement.choices)
        reach = dict(Initiative.Reach.choices)
        modes = [Check(mode.label, is_chosen) for mode, is_chosen in self.modes]
        where = [
            country_name(start.country) if start.country else "",
            settlement.get(start.settlement, start.settlement),
        ]
        return [
            Said("Service", start.service),
            Said("People", start.people),
            Said("Service areas", self.labels("service-areas", start.service_areas)),
            Said("Where", ", ".join(filter(None, where))),
            Said("Reach", reach.get(start.reach, start.reach)),
            Said("The Four Co’s", self.labels(MODES, start.modes), modes),
            Said("Barriers to expect", self.labels("barriers", start.barriers)),
            Said("Risks to expect", self.labels("risks", start.risks)),
            Said("To find out", start.to_find_out),
        ]

    @cached_property
    def modes(self) -> list[tuple[Concept, bool]]:
        """Pairs of each of the Four Co’s and whether it was chosen."""
        chosen = self.plan.start.modes
        return [(mode, mode.slug in chosen) for mode in self._terms(MODES)]

    @cached_property
    def steps(self) -> list[PlannedStep]:
        """The steps of the codebook, then those that only the plan has."""
        concepts = {concept.slug: concept for concept in self._terms(STEPS)}
        stored = {slug: s for slug, s in self.plan.steps.items() if not s.is_empty}
        slugs = dict.fromkeys([*concepts, *stored])
        return [
            lay_out_step(n, slug, concepts.get(slug), stored.get(slug, Step()))
            for n, slug in enumerate(slugs, start=1)
        ]

    @cached_property
    def rows(self) -> list[PlannedRow]:
        return [
            PlannedRow(
                number,
                row,
                row.obstacle or self.label(f"{row.kind}s", row.term),
                row.way or self.label("strategies", row.strategy),
            )
            for number, row in enumerate(self.plan.table.rows, start=1)
        ]

    @property
    def has_dates(self) -> bool:
        return any(row.by for row in self.plan.table.rows)

    @cached_property
    def works(self) -> dict[str, QuotedWork]:
        """Citekey → work, numbered in the order of the first quote of it."""
        works: dict[str, QuotedWork] = {}
        quotes = (quote for _, quotes in self.places for quote in quotes)
        for source in (source for quote in quotes for source in quote.sources):
            new = QuotedWork(len(works) + 1, source.key, source.text)
            work = works.setdefault(source.key, new)
            work.url = work.url or source.url
        return works

    @cached_property
    def places(self) -> list[tuple[Place, list[Quote]]]:
        """Pairs of an answer’s or row’s place and its quotes, also if it has none.

        Only what has content.
        """
        answers = [
            (Place(step.slug, f"{step.title}: {answer.question}"), answer.quotes)
            for step in self.steps
            for answer in step.answers
            if answer.text or answer.quotes
        ]
        rows = [
            (Place("table", f"Table, row {row.number}: {row.title}"), row.row.quotes)
            for row in self.rows
        ]
        return answers + rows

    @property
    def has_evidence(self) -> bool:
        """Whether a row has quotes, or any quote rests on a work."""
        return bool(self.works) or any(row.row.quotes for row in self.rows)

    def number_works(self, quotes: Iterable[Quote]) -> list[int]:
        """Return the numbers of the works of quotes, each once, in their order."""
        keys = {source.key for quote in quotes for source in quote.sources}
        return sorted(self.works[key].number for key in keys)

    def cite(self, quote: Quote) -> str:
        """Return “[1, p. 24; 2]”: the numbers of its works, with the places in them."""
        return cite_sources(
            quote.sources, lambda source: str(self.works[source.key].number)
        )

    def labels(self, scheme: str, slugs: Iterable[str]) -> str:
        return ", ".join(self.label(scheme, slug) for slug in slugs)

    def label(self, scheme: str, slug: str) -> str:
        """Return the label of a term; its slug if the codebook lacks it."""
        concept = self.codebook.by_slug.get((scheme, slug))
        return concept.label if concept else slug

    def _terms(self, scheme: str) -> Iterator[Concept]:
        return (c for _, c in self.codebook.tree(scheme) if not c.is_heading)


def lay_out_step(
    number: int, slug: str, concept: Concept | None, step: Step
) -> PlannedStep:
    """Return a step with the questions and checks of the codebook, and its own."""
    given: dict[str, list[Answer]] = {}
    for answer in step.answers:
        given.setdefault(answer.question, []).append(answer)
    questions = {
        q: [Answer(question=q)] for q in (concept.questions if concept else [])
    }
    answers = [answer for each in (questions | given).values() for answer in each]
    actions = list_checks(concept.actions if concept else [], step.actions)
    outputs = list_checks(concept.outputs if concept else [], step.outputs)
    return PlannedStep(number, slug, concept, answers, actions, outputs)


def list_checks(known: list[str], ticked: list[str]) -> list[Check]:
    return [Check(text, text in ticked) for text in dict.fromkeys([*known, *ticked])]


def cite_sources(sources: Iterable[QuotedSource], name: Any) -> str:
    """Return “[1, p. 24; 2]”, with what ``name`` makes of a source; “” without any."""
    cited = (", ".join(filter(None, [name(s), s.locator])) for s in sources)
    text = "; ".join(dict.fromkeys(cited))
    return f"[{text}]" if text else ""


def describe_result(quote: Quote) -> str:
    return RESULTS.get(quote.direction, quote.direction)


def describe_kind(quote: Quote) -> str:
    """Return “Barrier: mistrust”, or the kind alone."""
    kind = KINDS.get(quote.kind, quote.kind)
    return f"{kind}: {quote.term}" if quote.term else kind
