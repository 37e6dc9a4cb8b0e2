"""The index of public statements, and of the works that they rest on."""

from functools import partial

from pyroaring import BitMap

from casebase.facets.grouped_records import GroupedIndex
from casebase.facets.index import Index
from casebase.facets.key_arrays import Keys
from casebase.facets.snapshot import Snapshot, once_per_snapshot
from casebase.facets.value_bitmaps import ValueBitmaps
from initiatives.cited_works import index_of_cited_works
from initiatives.models import Concept, Finding, Initiative

# Order → the facet whose values it sorts by, the highest first.
BY_VALUE = {"year": "year", "sources": "works"}


@once_per_snapshot
def finding_index(snapshot: Snapshot) -> GroupedIndex:
    """Return the index of public statements, grouped by case.

    Its facets are term (with a term, a finding has its broader terms too), year, works
    (their number), figure, locator, single-work and those of COLUMNS; its orders are
    name (of the case), updated (the case) and those of BY_VALUE.
    """
    findings, broader = snapshot.table(Finding), snapshot.table(Concept).broader
    single = findings.values["works"].any([1])
    facets = {
        **findings.values,
        "term": findings.terms.rolled_up(broader),
        "single-work": ValueBitmaps({"1": single} if single else {}),
    }
    return GroupedIndex(
        findings.groups.records,
        facets,
        partial(_cases_in_order, snapshot),
        findings.groups,
        BY_VALUE,
    )


def _cases_in_order(snapshot: Snapshot, order: str) -> Keys:
    """Return the cases by which findings are sorted in this order."""
    by = "updated" if order == "updated" else "name"
    cases: Keys = snapshot.table(Initiative).order.by(by)
    return cases


def index_of_works_behind(snapshot: Snapshot, findings: BitMap) -> Index:
    """Return the index of the works that these statements rest on.

    Its facets “cited” and “kind” count only these findings.
    """
    table = snapshot.table(Finding)
    uses = table.uses.of_owners(findings)
    return index_of_cited_works(
        snapshot, uses.with_owners(table.groups.owners_of, table.kinds_of)
    )
