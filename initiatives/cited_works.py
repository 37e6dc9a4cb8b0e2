"""The indexes of works with the cases that cite them, for the list of works."""

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
    """Return the index of all works.

    Facets are those of works, “cited” (the citing case) and “kind” (of finding). Orders
    are those of works and “cited” (most citing cases first).
    """
    citations = snapshot.table(Initiative).citations
    every = snapshot.table(Reference).order.records
    return _index(snapshot, citations, citations, every)


def index_of_works_cited_by(snapshot: Snapshot, cases: BitMap) -> Index:
    """Return the index of the works that public statements of these cases rest on.

    Its facet “kind” counts only findings of these cases.
    """
    citations = snapshot.table(Initiative).citations
    return _index(snapshot, citations, citations.of_owners(cases))


def index_of_cited_works(snapshot: Snapshot, citations: Pairs) -> Index:
    """Return the index of the works in these pairs of a work and a case that cites it.

    Its facets “cited” and “kind” have no others.
    """
    return _index(snapshot, citations, citations)


def _index(
    snapshot: Snapshot, cited: Pairs, counted: Pairs, works: BitMap | None = None
) -> Index:
    """Return the index of the works ``counted``, or of other ``works``."""
    table = snapshot.table(Reference)
    facets = table.facets() | {"cited": cited, "kind": counted.by_kind(KINDS)}

    def sequence(name: str) -> Keys:
        return _most_cited(snapshot) if name == "cited" else table.sequence(name)

    return Index(counted.records if works is None else works, facets, sequence)


@once_per_snapshot
def _most_cited(snapshot: Snapshot) -> Keys:
    keys = snapshot.table(Reference).order.keys
    n_cases, n_findings = snapshot.table(Initiative).citations.totals(keys)
    most_cited: Keys = keys[np.lexsort((-n_findings, -n_cases))]
    return most_cited
