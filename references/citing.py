"""The registry of records that cite works, and what they add to the pages of works.

An app that depends on this one registers its records in its module ``citing``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casebase.registry import Registry


@dataclass(frozen=True)
class CitingRecords:
    """A kind of record that cites works.

    ``filterset`` is the filter form of the list of works, a ReferenceFilter that also
    filters by the records that cite a work. ``uses_of(work)`` returns the uses of a
    work that its page shows. ``latest_revision()`` returns the day on which such a
    record last changed, or None.
    """

    filterset: Any
    uses_of: Callable[[Any], Any]
    latest_revision: Callable[[], date | None]


citing: Registry[CitingRecords] = Registry("citing")


def citing_records() -> CitingRecords:
    """Return the only kind that is registered. Raises ValueError unless it is one."""
    [declared] = citing.values()
    return declared
