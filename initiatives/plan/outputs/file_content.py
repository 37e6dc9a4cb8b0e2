"""What the files of a plan contain: about it, and its tables. No query and no HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from casebase import __version__
from casebase.files.formats import Cell
from initiatives.plan.content import Quote
from initiatives.plan.layout import PlanLayout, cite_sources
from references.style_preference import StylePreference

ROW_COLUMNS = (
    *("number", "kind", "term", "obstacle", "likelihood", "consequence"),
    *("strategy_term", "strategy", "action", "who", "by", "measure"),
    *("quotes", "citekeys", "sources"),
)
ANSWER_COLUMNS = ("page", "heading", "answer", "quotes", "citekeys")
CHECK_COLUMNS = ("step", "list", "text", "ticked")
QUOTE_COLUMNS = (
    *("place", "finding", "case", "case_name", "case_place", "kind", "term"),
    *("statement", "response", "strategies", "result", "grade", "sources"),
    *("address", "taken_on"),
)
WORK_COLUMNS = ("number", "citekey", "work", "title", "year", "doi", "address")


@dataclass(frozen=True)
class PlanFile:
    """A plan to be written into a file. No link of it is in there.

    ``site`` is the start of every address; ``number`` is that of the plan among all
    that are kept, and ``version`` counts how often its table was saved.
    """

    layout: PlanLayout
    preference: StylePreference
    site: str
    number: int = 0
    version: int = 0

    @property
    def title(self) -> str:
        return self.layout.title

    @property
    def about(self) -> dict[str, str]:
        """The description of the file that it contains."""
        return {
            "title": self.title,
            "made_with": f"Casebase {__version__}",
            "made_on": date.today().isoformat(),
            "address": self.site + reverse("plan:new"),
            "quotes": "Quotes are findings of Casebase, under CC BY 4.0.",
            "licence_address": "https://creativecommons.org/licenses/by/4.0/",
        }

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the cells of ``ROW_COLUMNS`` for each row of the plan’s table."""
        for planned in self.layout.rows:
            row = planned.row
            yield [
                *(planned.number, row.kind.value, row.term or None),
                *(planned.obstacle, row.likelihood, row.consequence),
                *(row.strategy or None, planned.strategy, row.action, row.who),
                *(row.by.isoformat() if row.by else None, row.measure),
                *describe_quotes(row.quotes),
            ]

    def answers(self) -> Iterator[list[Cell]]:
        for said in self.layout.beginning:
            yield ["Start", said.label, said.text, None, None]
        for step in self.layout.steps:
            for answer in step.answers:
                quotes, keys, _ = describe_quotes(answer.quotes)
                yield [step.title, answer.question, answer.text, quotes, keys]

    def checks(self) -> Iterator[list[Cell]]:
        for step in self.layout.steps:
            lists = {"actions": step.actions, "outputs": step.outputs}
            for name, checks in lists.items():
                for check in checks:
                    ticked = "yes" if check.is_ticked else "no"
                    yield [step.title, name, check.text, ticked]

    def quotes(self) -> Iterator[list[Cell]]:
        for place, quotes in self.layout.quoting:
            for quote in quotes:
                yield [place.words, *self._describe(quote)]

    def _describe(self, quote: Quote) -> list[Cell]:
        grade = quote.grade.label if quote.grade is not None else None
        return [
            *(quote.finding, quote.case, quote.case_name, quote.place),
            *(quote.kind, quote.term, quote.statement, quote.response),
            *("; ".join(quote.strategies), quote.direction, grade, cite_keys(quote)),
            *(self.address_of(quote), quote.taken_on.isoformat()),
        ]

    def address_of(self, quote: Quote) -> str:
        return f"{self.site}{reverse('findings:detail', args=[quote.finding])}"

    def works(self) -> Iterator[list[Cell]]:
        for work in self.layout.works.values():
            record = work.reference
            known = (
                [record.title, record.issued_year, record.doi or None] if record else []
            )
            address = self.site + record.get_absolute_url() if record else work.url
            cells = [*known, None, None, None][:3]
            yield [work.number, work.key, work.text, *cells, address or None]


def describe_quotes(quotes: list[Quote]) -> tuple[str, str, str]:
    """Return quotes, their citekeys and their sources, each as one text."""
    sources = [source for quote in quotes for source in quote.sources]
    return (
        "\n".join(f"{quote.case_name}: {quote.statement}" for quote in quotes),
        "; ".join(dict.fromkeys(source.key for source in sources)),
        "\n".join(
            f"{quote.case_name}: {cite_texts(quote)}"
            for quote in quotes
            if quote.sources
        ),
    )


def cite_keys(quote: Quote) -> str:
    """Return “[meyer-grosser-2014, Outcomes]”."""
    return cite_sources(quote.sources, lambda source: source.key)


def cite_texts(quote: Quote) -> str:
    """Return “[Meyer & Grosser 2014, Outcomes]”."""
    return cite_sources(quote.sources, lambda source: source.text)
