"""Queries for the rows of findings that lists are counted from.

Each function reads all findings (``keys`` is None), or makes a query for 1,000 keys. A
``path`` says whose keys they are: “pk” for those of findings, or “initiative”.
"""

from collections.abc import Collection, Iterator
from typing import Any, Protocol

import numpy as np
from django.db.models import Case, When
from django.db.models.functions import Least
from pyroaring import BitMap

from casebase.facets.column_reader import read_columns, read_groups, read_table
from casebase.facets.digits import flag, place_among
from casebase.facets.key_arrays import Table, take_rows
from initiatives.evidence_grade.rules import Level
from initiatives.facet_rows import KINDS, of_public_cases
from initiatives.models import Conflict, Finding, Source

type PrimaryKeys = Collection[int] | None

# Facet → value of the column → value in addresses, for columns of the finding.
COLUMNS: dict[str, dict[Any, str]] = {
    "kind": {kind: kind for kind in KINDS},
    "direction": {value: value for value in Finding.Direction.values},
    "basis": {value: value for value in Finding.Basis.values},
    "grade": {level.value: level.slug for level in Level},
}
# Places of values in these lists, counted from 1.
MODE = KINDS.index("mode") + 1
STATED = Finding.Basis.values.index(Finding.Basis.STATED) + 1
ANSWERED = [KINDS.index(kind) + 1 for kind in Finding.ANSWERED_KINDS]
LAST_PLACE = int(np.iinfo("u2").max)
FINDING = {
    "case": ("u4", "initiative"),
    "place": ("u2", Least("position", LAST_PLACE)),
    "finding": ("u4", "pk"),
    "work": ("u4", "sources__reference"),
    "term": ("u4", "concept"),
    "year": ("u4", "year"),
    "has_figure": ("u1", flag(figure_value__isnull=False)),
    "has_response": ("u1", flag(response__gt="")),
    "located": ("u1", flag(sources__locator__gt="")),
    "is_primary": ("u1", flag(sources__via=Source.Via.PRIMARY)),
    **{
        name: ("u1", place_among(name, COLUMNS[name]))
        for name in ("kind", "direction", "basis")
    },
    "grade": ("u1", Case(*(When(grade=n, then=n + 1) for n in Level), default=0)),
}
ORDER = ("case", "place", "finding", "work")
ANSWER = {
    "strategy": ("u4", "strategies"),
    "case": ("u4", "initiative"),
    "finding": ("u4", "pk"),
}


class Collector(Protocol):
    """Collects what findings say. They come in parts: there may be very many."""

    def add(self, part: Table) -> None:
        """Add rows of FINDING, sorted by ORDER, with all rows of each finding.

        If findings are read by case, the part has all findings of each case.
        """

    def add_answers(self, answers: Table) -> None:
        """Add rows of ANSWER: strategies that answered findings with a source."""


def read_findings(path: str, keys: PrimaryKeys, *collectors: Collector) -> None:
    """Read findings of public cases; all of them by case, in ascending order.

    A finding comes with each of its sources, or with the work 0. Numbers are 0 if there
    is none; values of COLUMNS are their places in its lists, counted from 1, and 0 if
    they are not in these.
    """
    findings = Finding.objects.of_public_cases()
    by = "initiative" if keys is None else path
    for read in read_columns(findings, FINDING, by, keys):
        part = take_rows(read, np.lexsort([read[name] for name in reversed(ORDER)]))
        for collector in collectors:
            collector.add(part)
    answered = Finding.objects.published().filter(strategies__isnull=False)
    # Few findings have answers, so these are not looked up for each finding of a case.
    answers = read_table(answered, ANSWER, "pk" if keys is None else path, keys)
    for collector in collectors:
        collector.add_answers(answers)


def disputes(keys: PrimaryKeys) -> Iterator[tuple[str, BitMap]]:
    """Yield “1” and findings, for findings that an open conflict is about."""
    links = of_public_cases(Conflict.findings.through, "finding__initiative")
    links = links.filter(conflict__is_settled=False).exclude(finding__kind="mode")
    groups = read_groups(links, "conflict__is_settled", "finding", "finding", keys)
    return (("1", members) for _, members in groups)
