"""The finding that the home page shows as an example."""

from pyroaring import BitMap

from casebase.facets.index import Index
from casebase.facets.snapshot import Snapshot
from initiatives.evidence_grade.rules import Level
from initiatives.findings.index import finding_index
from initiatives.models import Finding


def find_specimen(snapshot: Snapshot) -> Finding | None:
    """Return a public finding with a response and its result, None if there is none.

    It is the best of those that editors chose or, if none of them is public, of all.
    """
    index = finding_index(snapshot)
    flagged = Finding.objects.filter(is_specimen=True).order_by()
    chosen = index.all_keys & BitMap(flagged.values_list("pk", flat=True))
    key = best_supported(index, chosen or answered(index))
    found: Finding | None = (
        Finding.objects.published().with_list_details().filter(pk=key).first()
    )
    return found


def answered(index: Index) -> BitMap:
    """Return the findings with a response and a reported result."""
    facets = index.facets
    silent = facets["direction"].any([Finding.Direction.NOT_REPORTED])
    return facets["response"].any(["1"]) - silent


def best_supported(index: Index, findings: BitMap) -> int | None:
    """Return the key of the best graded finding; of these, the one with most works."""
    for level in reversed(Level):
        graded = findings & index.facets["grade"].any([level.slug])
        if keys := index.slice(graded, "sources", 0, 1):
            return keys[0]
    return None
