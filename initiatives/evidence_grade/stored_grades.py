"""Keeps the grades of findings, in the transaction that writes what they rest on."""

from collections.abc import Collection, Mapping
from itertools import batched

from casebase.registry import kind_of
from initiatives.evidence_grade.rules import grade, with_ideal_work
from initiatives.evidence_grade.stored_evidence import StoredFinding, read_findings
from initiatives.models import Finding, Initiative
from references.models import Reference

KEYS_AT_A_TIME = 500


def update_touched(touched: Mapping[str, Collection[int]]) -> None:
    """Update the grades after changes. ``touched``: kind of record → primary keys."""
    cases = set(touched.get(kind_of(Initiative), ()))
    for works in batched(touched.get(kind_of(Reference), ()), KEYS_AT_A_TIME):
        resting = Finding.objects.filter(sources__reference__in=works).order_by()
        cases.update(resting.values_list("initiative", flat=True))
    update_grades(sorted(cases))


def update_grades(cases: Collection[int]) -> None:
    """Grade the findings of these cases, and write those that differ.

    Six queries for 500 cases, and one for each pair of a level and a gain that differs.
    """
    changed: dict[tuple[int, int], list[int]] = {}
    for some in batched(cases, KEYS_AT_A_TIME):
        for finding in read_findings(some):
            values = stored_values(finding)
            if values != (finding.grade, finding.levels_to_gain):
                changed.setdefault(values, []).append(finding.key)
    for (level, gain), keys in changed.items():
        for some in batched(keys, KEYS_AT_A_TIME):
            Finding.objects.filter(pk__in=some).update(grade=level, levels_to_gain=gain)


def stored_values(finding: StoredFinding) -> tuple[int, int]:
    """Return the level, and by how many levels an independent source would raise it."""
    level = grade(finding.evidence)
    gain = grade(with_ideal_work(finding.evidence)) - level
    return level if finding.override is None else finding.override, gain
