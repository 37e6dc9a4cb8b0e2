"""The content of a comparison and its order, without queries and without HTML.

Cases are columns. Rows are facts, kinds of finding without terms, and terms. What all
cases share is decided on the set of all columns, so that their order does not matter,
and no cell is compared with its neighbour.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from initiatives.case_page import KIND_TITLES, PARTS, number_works
from initiatives.comparison.rows import BroaderTerm, Column, Row, Show, State
from initiatives.schemes import CODED_SCHEMES, family_of

GLANCE = "At a glance"
# Heading → the kinds of finding below it, in reading order. Costs come first because
# readers ask for them first. A kind with terms has a heading of its own.
SECTIONS = {
    CODED_SCHEMES["mode"].title: ["mode"],
    "Costs and savings": ["cost", "saving"],
}
for _part, _kinds in PARTS.items():
    _plain = [k for k in _kinds if k not in (*CODED_SCHEMES, "cost", "saving")]
    SECTIONS |= {_part: _plain} if _plain else {}
    SECTIONS |= {KIND_TITLES[k]: [k] for k in _kinds if k in CODED_SCHEMES}


@dataclass(frozen=True)
class Section:
    """A heading with its rows, in reading order: broader terms before narrower ones."""

    title: str
    family: str
    rows: list[Row]

    def lines(self, show: Show) -> Iterator[Row | BroaderTerm]:
        """Yield the rows that are shown, with their broader terms above them.

        A broader term that is a row itself is repeated only where its row is hidden.
        """
        shown = [row for row in self.rows if row.is_shown(show)]
        seen = {row.term.pk for row in shown if row.term}
        for row in shown:
            for depth, term in enumerate(row.above):
                if term.pk not in seen:
                    seen.add(term.pk)
                    yield self._broader_term(term, depth)
            yield row

    def _broader_term(self, term: Any, depth: int) -> BroaderTerm:
        below = [row.cells for row in self.rows if term in (*row.above, row.term)]
        by_case = [{cell.state for cell in cells} for cells in zip(*below, strict=True)]
        return BroaderTerm(
            term,
            depth,
            n_found=sum(State.FOUND in states for states in by_case),
            n_cases=sum(State.WITHDRAWN not in states for states in by_case),
        )


class Comparison:
    """Cases side by side. ``concepts`` has all terms by primary key, as they are shown.

    Works are numbered in the order in which the rows first cite them. Each source gets
    a ``number``; each finding gets ``marks``, the numbers of its works.
    """

    def __init__(self, columns: list[Column], concepts: Mapping[Any, Any]) -> None:
        self.columns, self.concepts = columns, concepts
        self.positions = {key: number for number, key in enumerate(concepts)}
        built = [self._glance(), *map(self._section, SECTIONS)]
        self.sections = [section for section in built if section.rows]
        cells = (cell for row in self.rows for cell in row.cells)
        self.works = number_works([f for cell in cells for f in cell.findings])

    @property
    def known_columns(self) -> list[Column]:
        return [column for column in self.columns if not column.is_withdrawn]

    @cached_property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]

    def count(self, show: Show) -> int:
        """Return the number of rows that are shown."""
        return sum(row.is_shown(show) for row in self.rows)

    def shown_sections(self, show: Show) -> list[tuple[Section, list[Any]]]:
        """Return pairs of a section and its lines, for sections that have any."""
        lines = ((section, list(section.lines(show))) for section in self.sections)
        return [(section, shown) for section, shown in lines if shown]

    def _glance(self) -> Section:
        titles = self.known_columns[0].facts if self.known_columns else ()
        rows = [
            Row(title, [column.fact_cell(title) for column in self.columns])
            for title in titles
        ]
        return Section(GLANCE, "neutral", [row for row in rows if row.n_found])

    def _section(self, title: str) -> Section:
        kinds = SECTIONS[title]
        rows = [row for kind in kinds for row in self._rows_of_kind(kind)]
        return Section(title, family_of(kinds[0]), rows)

    def _rows_of_kind(self, kind: str) -> Iterator[Row]:
        terms = {
            finding.concept_id: finding.concept
            for column in self.known_columns
            for finding in column.findings
            if finding.kind == kind
        }
        for key in sorted(terms, key=self._place_of):
            term = terms[key]
            title = KIND_TITLES[kind] if term is None else str(term)
            cells = [column.finding_cell(kind, key) for column in self.columns]
            yield Row(title, cells, kind, term, tuple(self._terms_above(term)))
        if not terms and any(c.was_not_found(kind) for c in self.known_columns):
            words = CODED_SCHEMES.get(kind)
            title = f"Any {words.singular}" if words else KIND_TITLES[kind]
            cells = [column.finding_cell(kind, None) for column in self.columns]
            yield Row(title, cells, kind)

    def _place_of(self, key: int | None) -> list[int]:
        """Return the places of a term and of the terms above it, to sort rows by."""
        path = [*self._terms_above(self.concepts.get(key)), self.concepts.get(key)]
        return [self.positions.get(term.pk, 0) for term in path if term]

    def _terms_above(self, term: Any) -> list[Any]:
        """Return the broader terms, the broadest first."""
        above: list[Any] = []
        while term and (term := self.concepts.get(term.broader_id)):
            above.insert(0, term)
        return above
