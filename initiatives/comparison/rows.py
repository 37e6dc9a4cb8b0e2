"""The parts of a comparison: columns of cases, and rows of cells with their states.

No queries and no HTML; see layout.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple


class State(StrEnum):
    """What a comparison knows of one case in one row, in words for readers."""

    FOUND = "Told"
    NOT_FOUND = "Looked for, nothing found"
    NOT_CODED = "Not coded"
    NOT_KNOWN = "Not known"
    NONE_NOTED = "None noted"
    WITHDRAWN = "Withdrawn"


class Show(StrEnum):
    """Which rows a reader sees; the values are those of addresses."""

    ALL = "all"
    DIFFERENT = "differ"
    SHARED = "share"


class Value(NamedTuple):
    """One value of a fact, perhaps with the address it leads to and a note on it."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """The values of a fact of a case, and the state of the cell if there are none."""

    values: list[Value]
    if_empty: State = State.NOT_KNOWN


@dataclass(frozen=True)
class Column:
    """A case with its facts by title, and its findings that readers may see.

    A withdrawn case has neither.
    """

    case: Any
    facts: Mapping[str, Fact] = field(default_factory=dict)
    findings: Iterable[Any] = ()
    is_withdrawn: bool = False

    @cached_property
    def findings_by_row(self) -> dict[tuple[str, int | None], list[Any]]:
        """Kind and primary key of the term, None without one → findings in order."""
        found = defaultdict(list)
        for finding in self.findings:
            found[finding.kind, finding.concept_id].append(finding)
        return dict(found)

    @cached_property
    def kinds(self) -> set[str]:
        return {kind for kind, _ in self.findings_by_row}

    def was_not_found(self, kind: str) -> bool:
        """Whether somebody looked for findings of this kind without success."""
        return kind in self.case.not_found and kind not in self.kinds

    def fact_cell(self, title: str) -> "Cell":
        if self.is_withdrawn:
            return Cell(State.WITHDRAWN)
        fact = self.facts[title]
        return Cell(State.FOUND if fact.values else fact.if_empty, values=fact.values)

    def finding_cell(self, kind: str, term: int | None) -> "Cell":
        if self.is_withdrawn:
            return Cell(State.WITHDRAWN)
        if found := self.findings_by_row.get((kind, term)):
            return Cell(State.FOUND, findings=found)
        looked_for = self.was_not_found(kind)
        return Cell(State.NOT_FOUND if looked_for else State.NOT_CODED)


@dataclass(frozen=True)
class Cell:
    """What is known of one case in one row: findings, the values of a fact, or none."""

    state: State
    findings: list[Any] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(value.text for value in self.values)

    @property
    def results(self) -> frozenset[str]:
        return frozenset(finding.direction for finding in self.findings)


@dataclass(frozen=True)
class Row:
    """One fact, kind or term with a cell for each case, in the order of the columns.

    A fact has no kind. ``above`` are the broader terms of its term, the broadest first.
    """

    title: str
    cells: list[Cell]
    kind: str = ""
    term: Any = None
    above: tuple[Any, ...] = ()

    @property
    def known_cells(self) -> list[Cell]:
        """The cells of cases that readers may see."""
        return [cell for cell in self.cells if cell.state != State.WITHDRAWN]

    @property
    def n_cases(self) -> int:
        return len(self.known_cells)

    @property
    def n_found(self) -> int:
        """In how many of the cases something is known or told."""
        return sum(cell.state == State.FOUND for cell in self.known_cells)

    @property
    def is_shared(self) -> bool:
        """Whether all cases have the term or kind, the same values of the fact, or
        were all looked through for the kind without success."""
        return len({(cell.state, cell.texts) for cell in self.known_cells}) == 1

    @property
    def common_texts(self) -> list[str]:
        """The values that all cases have, if they do not have the same ones."""
        if self.is_shared:
            return []
        return sorted(frozenset.intersection(*(c.texts for c in self.known_cells)))

    @property
    def has_different_results(self) -> bool:
        """Whether all cases have it, and their results are not the same."""
        results = {cell.results for cell in self.known_cells}
        return self.n_found == self.n_cases and len(results) > 1

    @property
    def is_fact(self) -> bool:
        return not self.kind

    @property
    def depth(self) -> int:
        return len(self.above)

    def is_shown(self, show: Show) -> bool:
        return show == Show.ALL or self.is_shared == (show == Show.SHARED)


@dataclass(frozen=True)
class BroaderTerm:
    """A heading of rows: a term whose narrower terms follow.

    ``n_found`` is the number of cases that have the term or a narrower one.
    """

    term: Any
    depth: int
    n_found: int
    n_cases: int

    @property
    def title(self) -> str:
        return str(self.term)
