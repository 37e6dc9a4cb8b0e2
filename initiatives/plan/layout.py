"""A plan as it is shown: all steps in order, in words, with numbered works.

Its overview, its page for paper and its files are views of this. No HTTP and no HTML,
and no query once the codebook has its terms. A plan without content is the blank
workbook.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from initiatives.codebook import Codebook
from initiatives.models import Concept, Initiative
from initiatives.models.initiatives import country_name
from initiatives.plan.content import (
    TABLE,
    TERM_FIELDS,
    Plan,
    Quote,
    QuotedSource,
    Step,
)
from initiatives.plan.planned import (
    Check,
    Place,
    PlannedRow,
    PlannedStep,
    QuotedWork,
    Quoting,
    Said,
    lay_out_step,
)
from initiatives.plan.start_form import LABELS
from initiatives.plan.steps import change_steps
from initiatives.plan.table_rows import SCHEMES_OF_ROWS

# Field of the start → its values with their labels.
CHOICES = {
    "settlement": dict(Initiative.Settlement.choices),
    "reach": dict(Initiative.Reach.choices),
}


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
        """What was said at the start, and what was not, in its order."""
        named = {name: label for name, label in LABELS.items() if name != "title"}
        checks = {
            "modes": [Check(mode.label, chosen) for mode, chosen in self.modes],
        }
        return [
            Said(label, self._say(name), checks.get(name, ()))
            for name, label in named.items()
        ]

    def _say(self, name: str) -> str:
        """Return in words what a field of the start has."""
        value = getattr(self.plan.start, name)
        if name in TERM_FIELDS:
            return ", ".join(self.label(TERM_FIELDS[name], slug) for slug in value)
        if name == "country":
            return str(country_name(value)) if value else ""
        return str(CHOICES.get(name, {}).get(value, value))

    @cached_property
    def modes(self) -> list[tuple[Concept, bool]]:
        """Pairs of each of the Four Co’s and whether it was chosen."""
        chosen = self.plan.start.modes
        return [(mode, mode.slug in chosen) for mode in self.codebook.terms("modes")]

    @cached_property
    def steps(self) -> list[PlannedStep]:
        """The steps of the codebook, then those that only the plan has."""
        concepts = {step.slug: step for step in change_steps(self.codebook)}
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
                row.obstacle or self.label(SCHEMES_OF_ROWS[row.kind], row.term),
                row.way or self.label("strategies", row.strategy),
            )
            for number, row in enumerate(self.plan.table.rows, start=1)
        ]

    @cached_property
    def quoting(self) -> list[Quoting]:
        """Everything that has content, with its quotes: answers, then rows."""
        answers = [
            Quoting(Place(step.slug, f"{step.title}: {answer.question}"), answer.quotes)
            for step in self.steps
            for answer in step.answers
            if answer.text or answer.quotes
        ]
        rows = [
            Quoting(
                Place(TABLE, f"Table, row {row.number}: {row.title}"), row.row.quotes
            )
            for row in self.rows
        ]
        return answers + rows

    @cached_property
    def works(self) -> dict[str, QuotedWork]:
        """Citekey → work, numbered in the order of the first quote of it."""
        works: dict[str, QuotedWork] = {}
        quotes = (quote for _, quotes in self.quoting for quote in quotes)
        for source in (source for quote in quotes for source in quote.sources):
            new = QuotedWork(len(works) + 1, source.key, source.text)
            work = works.setdefault(source.key, new)
            work.url = work.url or source.url
        return works

    @property
    def has_dates(self) -> bool:
        return any(row.by for row in self.plan.table.rows)

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

    def label(self, scheme: str, slug: str) -> str:
        """Return the label of a term; its slug if the codebook lacks it."""
        concept = self.codebook.by_slug.get((scheme, slug))
        return concept.label if concept else slug


def cite_sources(
    sources: Iterable[QuotedSource], name: Callable[[QuotedSource], str]
) -> str:
    """Return “[1, p. 24; 2]”, with what ``name`` makes of a source; “” without any."""
    cited = (", ".join(filter(None, [name(s), s.locator])) for s in sources)
    text = "; ".join(dict.fromkeys(cited))
    return f"[{text}]" if text else ""
