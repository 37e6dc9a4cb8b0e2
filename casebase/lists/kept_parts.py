"""The parts of a list's page that are the same on all its pages."""

from typing import Any

from casebase.facets.snapshot import Snapshot, once_per_snapshot
from casebase.lists.filterset import ListFilterSet

type Key = tuple[Any, ...]

# Parts that each process keeps, of up to 60 kB. When there are more, all are dropped,
# so that a crawler can't fill the memory.
MOST = 120


@once_per_snapshot
def kept_parts(snapshot: Snapshot) -> dict[Key, str]:
    """Return key → HTML, which callers add to."""
    return {}


def key_of(filterset: ListFilterSet) -> Key:
    """Return what parts of the list's pages depend on, besides their template."""
    query = filterset.data.copy()
    query.pop("page", None)
    return type(filterset), query.urlencode()
