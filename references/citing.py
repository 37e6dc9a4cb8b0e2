"""What the records that cite works add to the pages of works.

An app above this one declares it in its module ``citing``; works know nothing of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casebase.registry import Registry


@dataclass(frozen=True)
class CitingRecords:
    """One kind of record that cites works.

    ``filterset`` is the filter form of the list of works, a ReferenceFilter that also
    filters by what cites them. ``uses_of(work)`` gives what the page of a work shows of
    its uses. ``latest_revision()`` is the day on which such a record last changed.
    """

    filterset: Any
    uses_of: Callable[[Any], Any]
    latest_revision: Callable[[], date | None]


citing: Registry[CitingRecords] = Registry("citing")


def citing_records() -> CitingRecords:
    """The one kind of record that cites works."""
    [declared] = citing.values()
    return declared
