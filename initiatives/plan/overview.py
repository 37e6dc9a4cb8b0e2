"""Where a plan stands: what is filled in, what is missing, and what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from casebase.kept.models import Kept
from initiatives.evidence_grade.rules import Level
from initiatives.plan.content import START, TABLE
from initiatives.plan.layout import PlanLayout
from initiatives.plan.page import PlanPage
from initiatives.plan.planned import Place, PlannedRow, PlannedStep
from initiatives.plan.shown_quotes import ShownQuote, find_since, show_quotes
from initiatives.plan.steps import SCHEME
from initiatives.star import Star, StarPart, draw_star


@dataclass(frozen=True)
class Gap:
    """Something that is missing: where, and what."""

    place: Place
    address: str
    missing: list[str]


@dataclass(frozen=True)
class PlacedQuote:
    """A quote, with what became of its finding since, and where it stands."""

    place: Place
    address: str
    shown: ShownQuote

    @property
    def has_changed(self) -> bool:
        since = self.shown.since
        return since is not None and not since.is_as_kept


class OverviewPage(PlanPage):
    """The overview of a plan that is kept."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept, "overview")
        self.layout = PlanLayout(self.plan, self.codebook)
        self.today = date.today()

    @cached_property
    def star(self) -> Star:
        steps = {s.concept.pk: s for s in self.layout.steps if s.concept}
        begun = {key: step for key, step in steps.items() if not step.is_empty}
        chosen = {mode.pk: True for mode, is_chosen in self.layout.modes if is_chosen}
        return draw_star(self.codebook, begun | chosen)

    @property
    def step_rows(self) -> list[tuple[StarPart | None, PlannedStep, str]]:
        """Triples of a part of the star, its step, and the address of the step.

        Steps that the codebook lacks come last, and have neither part nor address.
        """
        parts: list[Any] = [*self.star.points]
        parts += [None] * (len(self.layout.steps) - len(parts))
        steps = zip(parts, self.layout.steps, strict=True)
        return [(part, step, self.find_address(step.slug)) for part, step in steps]

    @property
    def n_questions(self) -> int:
        return sum(len(step.answers) for step in self.layout.steps)

    @property
    def n_answered(self) -> int:
        return sum(step.n_answered for step in self.layout.steps)

    @property
    def n_ticked(self) -> int:
        return sum(step.n_ticked for step in self.layout.steps)

    @property
    def n_quotes(self) -> int:
        return len(self.plan.quotes)

    @property
    def n_cases(self) -> int:
        return len({quote.case for quote in self.plan.quotes})

    def find_address(self, name: str) -> str:
        """Return the address of a page by its name; “” if it is a step of elsewhere."""
        if name in (START, TABLE):
            return self.address(name)
        is_known = (SCHEME, name) in self.codebook.by_slug
        return self.address("step", name) if is_known else ""

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is empty, in the order of the pages."""
        return [
            Gap(place, self.find_address(place.page), missing)
            for place, missing in self._list_missing()
            if missing
        ]

    def _list_missing(self) -> Iterator[tuple[Place, list[str]]]:
        said = self.layout.beginning
        yield Place(START, "Start"), [each.label for each in said if not each.text]
        for step in self.layout.steps:
            yield Place(step.slug, step.title), list_unanswered(step)
        if not self.layout.rows:
            yield Place(TABLE, "Table"), ["every row"]
        for row in self.layout.rows:
            yield Place(TABLE, f"Table, row {row.number}"), list_unsaid(row)

    @property
    def unsourced(self) -> list[Gap]:
        """Answers and rows without a quote."""
        return [
            Gap(place, self.find_address(place.page), [])
            for place, quotes in self.layout.quoting
            if not quotes
        ]

    @cached_property
    def quotes(self) -> list[PlacedQuote]:
        """Every quote, with what became of it. Four queries at most."""
        since = find_since(self.plan.quotes)
        return [
            PlacedQuote(place, self.find_address(place.page), shown)
            for place, quotes in self.layout.quoting
            for shown in show_quotes(quotes, since)
        ]

    @property
    def thin_quotes(self) -> list[PlacedQuote]:
        """Those whose finding was thinly supported when it was taken over."""
        return [quote for quote in self.quotes if quote.shown.grade is Level.THIN]

    @property
    def changed_quotes(self) -> list[PlacedQuote]:
        """Those whose finding or case is not what it was when it was taken over."""
        return [quote for quote in self.quotes if quote.has_changed]

    @property
    def dated_rows(self) -> list[tuple[PlannedRow, int]]:
        """Pairs of a row and by how many days it is over, the earliest first."""
        rows = [(row, row.days_over(self.today)) for row in self.layout.rows if row.due]
        return sorted(rows, key=lambda pair: -pair[1])

    @property
    def n_overdue(self) -> int:
        return sum(days > 0 for _, days in self.dated_rows)

    @property
    def n_undated(self) -> int:
        return len(self.layout.rows) - len(self.dated_rows)


def list_unanswered(step: PlannedStep) -> list[str]:
    if step.is_empty:
        return ["everything"]
    return [a.question for a in step.answers if not (a.text or a.quotes)]


def list_unsaid(planned: PlannedRow) -> list[str]:
    """Return what a row does not say, in the words of the table’s heading."""
    row = planned.row
    said = {
        f"the {row.kind}": planned.obstacle,
        "what you will do": row.action,
        "who": row.who,
        "by when": row.by,
        "how you will know": row.measure,
    }
    return [label for label, text in said.items() if not text]
