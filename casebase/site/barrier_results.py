"""The barriers of the codebook, with the results of what was done about them."""

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from pyroaring import BitMap

from casebase.charts.bars import Part, Value, stack
from casebase.facets.snapshot import Snapshot
from initiatives.charts import AddressOf, by_result, of_findings, result_values
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.findings.index import finding_index
from initiatives.term_answers import NOT_REPORTED

GAPS_SHOWN = 3


@dataclass(frozen=True)
class Gap:
    """A barrier, and how many of its statements report no result."""

    barrier: Any
    unreported: Value
    n_statements: int


@dataclass(frozen=True)
class BarrierBar:
    """A barrier, the numbers of its cases and statements, and their results.

    All bars are in proportion to the longest one.
    """

    barrier: Any
    n_cases: int
    n_statements: int
    parts: list[Part]


class BarrierResults:
    """The barriers that findings are coded with. No query but those of the codebook."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._index, self._cases = finding_index(snapshot), case_index(snapshot)
        self._codebook = Codebook.for_snapshot(snapshot)
        self._results = by_result(snapshot, self._index.all_keys)
        barriers = self._codebook.terms("barriers")
        self._met = [term for term in barriers if self._statements_on(term)]
        self.without_findings = [term for term in barriers if term not in self._met]

    def _statements_on(self, term: Any) -> BitMap:
        found: BitMap = self._index.facets["term"].any([term.pk])
        return found

    def _results_of(self, term: Any) -> list[Value]:
        address_of = partial(of_findings, barrier=term.slug)
        return self._values(self._statements_on(term), address_of)

    def _values(self, statements: BitMap, address_of: AddressOf) -> list[Value]:
        values = result_values(self._results, address_of, statements)
        return [value for value in values if value.n]

    @property
    def groups(self) -> list[tuple[Any, list[BarrierBar]]]:
        """Pairs of the term that groups some barriers, or None, and their bars."""
        terms = self._codebook.concepts
        longest = max((len(self._statements_on(term)) for term in self._met), default=0)
        groups = groupby(self._met, key=lambda term: term.broader_id)
        return [
            (terms.get(broader), [self._bar(term, longest) for term in group])
            for broader, group in groups
        ]

    def _bar(self, term: Any, longest: int) -> BarrierBar:
        return BarrierBar(
            term,
            self._cases.facets["term"].count(term.pk, self._cases.all_keys),
            len(self._statements_on(term)),
            stack(self._results_of(term), longest),
        )

    @property
    def all_results(self) -> list[Part]:
        """The results of all statements on barriers, as one bar."""
        barriers = self._index.facets["kind"].any(["barrier"])
        return stack(self._values(barriers, partial(of_findings, kind="barrier")))

    @property
    def largest_gaps(self) -> list[Gap]:
        """The barriers with the most statements that report no result."""
        gaps = [
            Gap(term, value, len(self._statements_on(term)))
            for term in self._met
            for value in self._results_of(term)
            if value.name == NOT_REPORTED
        ]
        return sorted(gaps, key=lambda gap: -gap.unreported.n)[:GAPS_SHOWN]
