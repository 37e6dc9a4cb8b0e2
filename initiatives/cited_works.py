"""Works with the cases that cite them: what the list of works is counted by."""

import numpy as np
from pyroaring import BitMap

from casebase.facets.index import Index
from casebase.facets.key_arrays import Keys
from casebase.facets.pairs import Pairs
from casebase.facets.snapshot import Snapshot, once_per_snapshot
from initiatives.facet_rows import KINDS
from initiatives.models import Initiative
from references.models import Reference


@once_per_snapshot
def cited_work_index(snapshot: Snapshot) -> Index:
    """The index of all works, with the cases that cite them.

    Facets: those of works, cited (the case), kind (of finding). Orders: those of works,
    cited (by most cases first).
    """
    citations = snapshot.table(Initiative).citations
    return _index(snapshot, snapshot.table(Reference).order.records, citations)


def works_behind(snapshot: Snapshot, cases: BitMap) -> Index:
    """The index of the works that public statements of these cases rest on.

    Its facet of kinds counts the findings of these cases only.
    """
    citations = snapshot.table(Initiative).citations.of_owners(cases)
    return _index(snapshot, citations.records, citations)


def citing_cases(
    snapshot: Snapshot, work: int, cases: BitMap, n: int
) -> tuple[int, dict[int, int]]:
    """How many of these cases cite a work, and the ``n`` with most findings on it.

    The latter map cases to the number of their findings that rest on the work.
    """
    citations: Pairs = snapshot.table(Initiative).citations
    return citations.top_owners(work, cases, n)


def _index(snapshot: Snapshot, works: BitMap, citations: Pairs) -> Index:
    table = snapshot.table(Reference)
    facets = table.facets() | {
        "cited": snapshot.table(Initiative).citations,
        "kind": citations.by_kind(KINDS),
    }

    def sequence(name: str) -> Keys:
        return _most_cited(snapshot) if name == "cited" else table.sequence(name)

    return Index(works, facets, sequence)


@once_per_snapshot
def _most_cited(snapshot: Snapshot) -> Keys:
    keys = snapshot.table(Reference).order.keys
    n_cases, n_findings = snapshot.table(Initiative).citations.totals(keys)
    most_cited: Keys = keys[np.lexsort((-n_findings, -n_cases))]
    return most_cited
