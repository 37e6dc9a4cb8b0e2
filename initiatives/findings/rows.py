"""Queries for the rows of public statements that the list of findings is counted from.

Each function makes one query for all findings (``keys`` is None), or for 1,000 keys.
"""

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef

from casebase.facets.key_arrays import Table, columns_of
from casebase.facets.row_stream import stream_rows
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
STATEMENT = np.dtype(
    [
        ("owner", "u4"),
        ("place", "u2"),
        ("key", "u4"),
        ("term", "u4"),
        ("year", "u4"),
        ("has_figure", "u1"),
        ("has_response", "u1"),
        ("is_answered", "u1"),
        *((name, "u1") for name in COLUMNS),
    ]
)
USE = np.dtype(
    [
        ("finding", "u4"),
        ("work", "u4"),
        ("kind", "u1"),
        ("located", "u1"),
        ("is_primary", "u1"),
    ]
)
LAST_PLACE = np.iinfo("u2").max


def statements(keys: PrimaryKeys) -> Table:
    """Return the columns of STATEMENT.

    ``owner`` is the case, ``place`` the position there; ``term`` and ``year`` are 0 if
    there is none. Values of COLUMNS are their places in its lists, counted from 1, and
    0 if they are not in these.
    """
    public = Finding.objects.published().statements()
    fields = ["initiative", "position", "pk", "concept", "year"]
    fields += ["figure_value", "response"]
    codes = [
        {value: code for code, value in enumerate(values, start=1)}
        for values in COLUMNS.values()
    ]
    rows = (
        (
            *(case, min(place, LAST_PLACE), pk, term or 0, year or 0),
            *(figure is not None, bool(response), values[0] in Finding.ANSWERED_KINDS),
            *(code.get(value, 0) for code, value in zip(codes, values, strict=True)),
        )
        for case, place, pk, term, year, figure, response, *values in stream_rows(
            public, [*fields, *COLUMNS], "pk", keys
        )
    )
    return columns_of(np.fromiter(rows, STATEMENT))


def strategies(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Yield pairs of a strategy and a finding."""
    answered = Finding.objects.published().filter(strategies__isnull=False)
    return stream_rows(answered, ["strategies", "pk"], "pk", keys)


def uses(keys: PrimaryKeys) -> Table:
    """Return the columns of USE: the sources, sorted by finding and work."""
    # Not by a list of all findings, which SQLite would read for a few of them.
    case = Initiative.objects.published().filter(pk=OuterRef("finding__initiative"))
    sources = Source.objects.filter(Exists(case)).exclude(finding__kind="mode")
    codes = {kind: code for code, kind in enumerate(KINDS)}
    rows = (
        (finding, work, codes[kind], bool(locator), via == Source.Via.PRIMARY)
        for finding, work, kind, locator, via in stream_rows(
            sources,
            ["finding", "reference", "finding__kind", "locator", "via"],
            "finding",
            keys,
        )
    )
    read = np.fromiter(rows, USE)
    return columns_of(read[np.lexsort((read["work"], read["finding"]))])


def disputes(keys: PrimaryKeys) -> Iterator[tuple[str, int]]:
    """Yield “1” and a finding, for findings that an open conflict is about."""
    case = Initiative.objects.published().filter(pk=OuterRef("finding__initiative"))
    links = Conflict.findings.through.objects.filter(
        Exists(case), conflict__is_settled=False
    )
    links = links.exclude(finding__kind="mode")
    return (("1", key) for (key,) in stream_rows(links, ["finding"], "finding", keys))
