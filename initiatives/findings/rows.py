"""Queries for the rows of public statements that the list of findings is counted from.

Each function makes one query for all findings (``keys`` is None), or for 1,000 keys.
"""

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
from django.db.models import Case, Exists, OuterRef, When
from django.db.models.functions import Least
from pyroaring import BitMap

from casebase.facets.column_reader import read_groups, read_table
from casebase.facets.digits import flag, place_among
from casebase.facets.key_arrays import Table, take_rows
from initiatives.evidence_grade.rules import Level
from initiatives.facet_rows import KINDS
from initiatives.models import Conflict, Finding, Initiative, Source

type PrimaryKeys = Collection[int] | None

# Facet → value of the column → value in addresses, for columns of the finding.
COLUMNS: dict[str, dict[Any, str]] = {
    "kind": {kind: kind for kind in KINDS},
    "direction": {value: value for value in Finding.Direction.values},
    "basis": {value: value for value in Finding.Basis.values},
    "grade": {level.value: level.slug for level in Level},
}
LAST_PLACE = int(np.iinfo("u2").max)
STATEMENT = {
    "owner": ("u4", "initiative"),
    "place": ("u2", Least("position", LAST_PLACE)),
    "key": ("u4", "pk"),
    "term": ("u4", "concept"),
    "year": ("u4", "year"),
    "has_figure": ("u1", flag(figure_value__isnull=False)),
    "has_response": ("u1", flag(response__gt="")),
    "is_answered": ("u1", flag(kind__in=Finding.ANSWERED_KINDS)),
    **{
        name: ("u1", place_among(name, COLUMNS[name]))
        for name in ("kind", "direction", "basis")
    },
    "grade": ("u1", Case(*(When(grade=n, then=n + 1) for n in Level), default=0)),
}
USE = {
    "finding": ("u4", "finding"),
    "work": ("u4", "reference"),
    # The place among KINDS, counted from 1.
    "kind": ("u1", place_among("finding__kind", KINDS)),
    "located": ("u1", flag(locator__gt="")),
    "is_primary": ("u1", flag(via=Source.Via.PRIMARY)),
}


def statements(keys: PrimaryKeys) -> Table:
    """Return the columns of STATEMENT.

    ``owner`` is the case, ``place`` the position there; ``term`` and ``year`` are 0 if
    there is none. Values of COLUMNS are their places in its lists, counted from 1, and
    0 if they are not in these.
    """
    public = Finding.objects.published().statements()
    return read_table(public, STATEMENT, "pk", keys)


def strategies(keys: PrimaryKeys) -> Iterator[tuple[int, BitMap]]:
    """Yield strategies with their findings."""
    answered = Finding.objects.published().filter(strategies__isnull=False)
    return read_groups(answered, "strategies", "pk", "pk", keys)


def uses(keys: PrimaryKeys) -> Table:
    """Return the columns of USE: the sources, sorted by finding and work."""
    # Not by a list of all findings, which SQLite would read for a few of them.
    case = Initiative.objects.published().filter(pk=OuterRef("finding__initiative"))
    sources = Source.objects.filter(Exists(case)).exclude(finding__kind="mode")
    read = read_table(sources, USE, "finding", keys)
    return take_rows(read, np.lexsort((read["work"], read["finding"])))


def disputes(keys: PrimaryKeys) -> Iterator[tuple[str, BitMap]]:
    """Yield “1” and findings, for findings that an open conflict is about."""
    case = Initiative.objects.published().filter(pk=OuterRef("finding__initiative"))
    links = Conflict.findings.through.objects.filter(
        Exists(case), conflict__is_settled=False
    )
    links = links.exclude(finding__kind="mode")
    groups = read_groups(links, "conflict__is_settled", "finding", "finding", keys)
    return (("1", members) for _, members in groups)
