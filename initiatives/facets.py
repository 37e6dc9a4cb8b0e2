"""The facets, orders and totals of public cases. Those of findings: findings/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyroaring import BitMap

from casebase.facets.index import Index
from casebase.facets.pairs import Pairs
from casebase.facets.snapshot import Snapshot, faceted, once_per_snapshot, reads_at_once
from casebase.facets.sort_order import SortOrder
from casebase.facets.value_bitmaps import ValueBitmaps
from casebase.maps.points import Points
from initiatives import facet_rows
from initiatives.evidence import TALLIES, Evidence
from initiatives.facet_rows import PrimaryKeys
from initiatives.findings.rows import read_findings
from initiatives.findings.table import FindingTable, Statements
from initiatives.models import Concept, Finding, Initiative

# Facet → function that yields its values, each with cases.
RELATED = {
    "tag": facet_rows.tags,
    "partner": facet_rows.partners,
    # A kind of finding that was looked for in vain.
    "not-found": facet_rows.not_found,
}
NUMBERS = facet_rows.NUMBERS + TALLIES


def no_values() -> Mapping[str, ValueBitmaps[Any]]:
    """Return the empty values of a table without cases."""
    return {name: ValueBitmaps() for name in (*facet_rows.COLUMNS, "year", *RELATED)}


@dataclass(frozen=True)
class CaseTable:
    """The public cases in a snapshot, their points, and the works that they cite."""

    order: SortOrder = field(default_factory=lambda: SortOrder(NUMBERS))
    terms: ValueBitmaps[int] = field(default_factory=ValueBitmaps)
    values: Mapping[str, ValueBitmaps[Any]] = field(default_factory=no_values)
    citations: Pairs = field(default_factory=Pairs)
    points: Points = field(default_factory=Points)

    def __len__(self) -> int:
        return len(self.order.records)

    def updated(self, keys: PrimaryKeys) -> "CaseTable":
        """See ``FacetTable``."""
        read = Evidence()
        read_findings("initiative", keys, read)
        return self.with_evidence(keys, read)

    def with_evidence(self, keys: PrimaryKeys, evidence: Evidence) -> "CaseTable":
        """Return a copy for which all else of these cases was read, too."""
        reread = BitMap(keys or ())
        numbers = facet_rows.numbers(keys)
        read = facet_rows.column_values(numbers) | {
            name: ValueBitmaps.from_sets(rows(keys)) for name, rows in RELATED.items()
        }
        areas = ValueBitmaps.from_sets(facet_rows.service_areas(keys))
        terms = ValueBitmaps.union([evidence.terms(), areas])
        citations = evidence.citations(facet_rows.disputed_works(keys))
        return CaseTable(
            self.order.updated(
                reread, facet_rows.names(keys), numbers, evidence.tallies()
            ),
            self.terms.replaced(reread, terms),
            {n: self.values[n].replaced(reread, read[n]) for n in read},
            self.citations.updated("owner", reread, citations),
            self.points.updated(reread, facet_rows.points(keys)),
        )


@dataclass(frozen=True)
class TermTable:
    """The terms in a snapshot: the broader term of each, or None."""

    broader: Mapping[int, int | None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.broader)

    def updated(self, keys: PrimaryKeys) -> "TermTable":
        """See ``FacetTable``. Terms are few, so all of them are read again."""
        return TermTable(facet_rows.broader_terms())


@reads_at_once
def all_cases_and_findings() -> dict[Any, Any]:
    """Return the tables of both: findings are what takes most time to read."""
    evidence, statements = Evidence(), Statements()
    read_findings("initiative", None, evidence, statements)
    return {
        Finding: FindingTable().with_statements(None, statements),
        Initiative: CaseTable().with_evidence(None, evidence),
    }


faceted.register(Concept, TermTable)
faceted.register(Initiative, CaseTable)
faceted.register(Finding, FindingTable)


@once_per_snapshot
def case_index(snapshot: Snapshot) -> Index:
    """Return the index of public cases.

    Its facets are term (a case with a term has its broader terms too), the names of
    RELATED and COLUMNS; its orders are name and NUMBERS.
    """
    cases, broader = snapshot.table(Initiative), snapshot.table(Concept).broader
    facets = {**cases.values, "term": cases.terms.rolled_up(broader)}
    return Index(cases.order.records, facets, cases.order.by)


@once_per_snapshot
def evidence_totals(snapshot: Snapshot) -> dict[str, int]:
    """Return name → sum over all public cases, for each of TALLIES."""
    order = snapshot.table(Initiative).order
    return {name: order.sum(name) for name in TALLIES}
