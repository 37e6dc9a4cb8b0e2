"""Reads the evidence of many findings from columns, without making records."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import QuerySet

from initiatives.evidence_grade.finding_evidence import (
    Contributor,
    WorkOnCase,
    build_evidence,
    figure_state,
    names_behind,
)
from initiatives.evidence_grade.rules import FindingEvidence, Standing
from initiatives.models import Conflict, Documentation, Finding, Source
from references.models import Contribution, Reference

# The primary keys of a case and of a work that its findings rest on.
type CaseAndWork = tuple[int, int]
type Uses = defaultdict[int, list[tuple[CaseAndWork, bool]]]

NOT_LISTED = (Standing.NOT_CODED, False)


class StoredFinding(NamedTuple):
    """The primary key of a finding, what is stored of its grade, and its evidence."""

    key: int
    override: int | None
    grade: int
    levels_to_gain: int
    evidence: FindingEvidence


def read_findings(cases: Collection[int]) -> Iterator[StoredFinding]:
    """Yield the findings of these cases (primary keys). Takes six queries.

    All that they rest on is in memory at once, so ask for some hundred cases at most.
    """
    uses = read_uses(cases)
    works = read_works(cases, {pair for pair, _ in chain.from_iterable(uses.values())})
    disputed = read_disputed(cases)
    findings = Finding.objects.filter(initiative__in=cases).order_by()
    stored = ("pk", "grade_override", "grade", "levels_to_gain")
    for row in findings.values_list(*stored, "figure_value", "figure_period"):
        key, override, grade, levels_to_gain, value, period = row
        figure = figure_state(value, period)
        evidence = build_evidence(uses[key], works, figure, key in disputed)
        yield StoredFinding(key, override, grade, levels_to_gain, evidence)


def read_uses(cases: Collection[int]) -> Uses:
    """Return finding → its sources: a work, and whether it was read itself there."""
    uses: Uses = defaultdict(list)
    sources = Source.objects.filter(finding__initiative__in=cases).order_by()
    for finding, case, work, via in sources.values_list(
        "finding", "finding__initiative", "reference", "via"
    ):
        uses[finding].append(((case, work), via == Source.Via.PRIMARY))
    return uses


def read_works(
    cases: Collection[int], pairs: Collection[CaseAndWork]
) -> dict[CaseAndWork, WorkOnCase]:
    """Return each pair with what the work says in the case."""
    standings = read_standings(cases)
    works = read_names_and_years(Source.objects.filter(finding__initiative__in=cases))
    return {
        pair: WorkOnCase(*works[pair[1]], *standings.get(pair, NOT_LISTED))
        for pair in pairs
    }


def read_standings(cases: Collection[int]) -> dict[CaseAndWork, tuple[Standing, bool]]:
    """Return who speaks in a work on a case, and whether it is peer-reviewed."""
    listed = Documentation.objects.filter(initiative__in=cases).order_by()
    return {
        (case, work): (Standing(standing), bool(is_peer_reviewed))
        for case, work, standing, is_peer_reviewed in listed.values_list(
            "initiative", "reference", "standing", "is_peer_reviewed"
        )
    }


def read_names_and_years(
    sources: QuerySet[Any],
) -> dict[int, tuple[frozenset[str], int | None]]:
    """Return the names behind the works of these sources, and their years."""
    keys = sources.order_by().values("reference")
    contributors = defaultdict(list)
    person = ("person__family", "person__given", "person__literal")
    made = Contribution.objects.filter(reference__in=keys).order_by()
    for work, *contributor in made.values_list("reference", "role", *person):
        contributors[work].append(Contributor(*contributor))
    works = Reference.objects.filter(pk__in=keys).order_by()
    rows = works.values_list(
        *("pk", "type", "publisher", "container_title", "issued_year")
    )
    return {
        key: (names_behind(kind, publisher, container, contributors[key]), year)
        for key, kind, publisher, container, year in rows
    }


def read_disputed(cases: Collection[int]) -> set[int]:
    """Return the findings of these cases on which a conflict is open."""
    open_ones = Conflict.objects.filter(
        is_settled=False, findings__initiative__in=cases
    )
    return set(open_ones.order_by().values_list("findings", flat=True))
