"""What the files of a comparison contain: about it, its rows, and its cells in words.

No query and no HTML.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from casebase import __version__
from casebase.files.formats import Cell as TableCell
from initiatives.comparison.layout import Comparison
from initiatives.comparison.rows import Cell, Row, Show
from initiatives.comparison.selection import Selection, build_address
from references.style_preference import StylePreference

SHOWN = {
    Show.ALL: "all rows",
    Show.DIFFERENT: "only rows in which the cases differ",
    Show.SHARED: "only rows that the cases share",
}
ROW_COLUMNS = ("section", "row", "kind", "term", "broader")
COLUMNS = (*ROW_COLUMNS, "n_found", "n_cases", "is_shared")
WORK_COLUMNS = ("number", "citekey", "title", "year", "doi", "address")

# Returns what stands for the sources of a finding.
type Cite = Callable[[Any], str]


@dataclass(frozen=True)
class ComparisonFile:
    """A comparison to be written into a file.

    ``site`` is the start of every address in it.
    """

    comparison: Comparison
    selection: Selection
    preference: StylePreference
    site: str

    @property
    def title(self) -> str:
        names = [column.case.name for column in self.comparison.columns]
        return f"Comparison of {', '.join(names[:-1])} and {names[-1]}"

    @property
    def address(self) -> str:
        slugs, show = self.selection.slugs, self.selection.show
        return self.site + build_address(slugs, show=show)

    @property
    def about(self) -> dict[str, str]:
        """The description of the file that it contains."""
        withdrawn = {
            f"withdrawn: {column.case.slug}": column.case.status_note
            for column in self.comparison.columns
            if column.is_withdrawn
        }
        return {
            "title": self.title,
            "shown": SHOWN[self.selection.show],
            "address": self.address,
            "made_on": date.today().isoformat(),
            "version": __version__,
            "licence": "CC BY 4.0",
            "licence_address": "https://creativecommons.org/licenses/by/4.0/",
        } | withdrawn

    @property
    def columns(self) -> list[str]:
        """The names of the columns of a table: two for each case."""
        slugs = [column.case.slug for column in self.comparison.columns]
        return [*COLUMNS, *(name for s in slugs for name in (f"{s} state", s))]

    def rows(self) -> Iterator[list[TableCell]]:
        for section in self.comparison.sections:
            for row in section.rows:
                if row.is_shown(self.selection.show):
                    yield [*describe_row(section.title, row), *describe_cells(row)]

    def work_rows(self) -> Iterator[list[TableCell]]:
        for work in self.comparison.works:
            reference = work.reference
            address = self.site + reference.get_absolute_url()
            known = (reference.title, reference.issued_year, reference.doi or None)
            yield [work.number, reference.key, *known, address]


def describe_row(section: str, row: Row) -> list[TableCell]:
    """Return the cells of the columns ``COLUMNS``."""
    term = row.term and row.term.slug
    broader = row.above[-1].slug if row.above else None
    shared = "yes" if row.is_shared else "no"
    names = [section, row.title, row.kind or None, term, broader]
    return [*names, row.n_found, row.n_cases, shared]


def describe_cells(row: Row) -> Iterator[TableCell]:
    """Yield the state and the text of each cell; no text where there is nothing."""
    for cell in row.cells:
        yield cell.state.value
        yield "\n".join(list_paragraphs(cell, cite_keys)) or None


def list_paragraphs(cell: Cell, cite: Cite) -> list[str]:
    """Return the values of a fact, or each finding as a paragraph in words."""
    values = [
        f"{value.text} ({value.note})" if value.note else value.text
        for value in cell.values
    ]
    return values + [describe_finding(finding, cite) for finding in cell.findings]


def describe_finding(finding: Any, cite: Cite) -> str:
    """Return its figure, statement, response and result in words, with its sources."""
    figure = " ".join(filter(None, [finding.figure, finding.period]))
    strategies = ", ".join(term.label for term in finding.strategies.all())
    has_result = finding.is_answered or finding.direction != "neutral"
    labelled = {
        "Response": finding.response.removesuffix("."),
        "Strategies": strategies,
        "Result": finding.get_direction_display().lower() if has_result else "",
        "Evidence": finding.evidence.level.label.lower(),
        "Basis": finding.get_basis_display().lower(),
        "Year": finding.year,
    }
    sentences = [f"{figure}:" if figure else "", finding.statement]
    sentences += [f"{label}: {text}." for label, text in labelled.items() if text]
    return " ".join(filter(None, [*sentences, cite(finding)]))


def cite_keys(finding: Any) -> str:
    """Return “[meyer-grosser-2014, Outcomes; loeffler-2021]”."""
    return cite_sources(finding, lambda source: source.reference.key)


def cite_numbers(finding: Any) -> str:
    """Return “[1, Outcomes; 2]”, with the numbers of the works in the comparison."""
    return cite_sources(finding, lambda source: str(source.number))


def cite_sources(finding: Any, name: Callable[[Any], str]) -> str:
    sources = (
        ", ".join(filter(None, [name(source), source.locator]))
        for source in finding.sources.all()
    )
    return f"[{'; '.join(dict.fromkeys(sources))}]"
