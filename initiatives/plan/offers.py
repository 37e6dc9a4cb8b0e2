"""What cases offer for a row of the table: strategies with results, and measures."""

from dataclasses import dataclass
from typing import Any

from initiatives.facets import case_index
from initiatives.models import Finding
from initiatives.plan.closest import ClosestCases
from initiatives.term_answers import TermAnswer

MOST_STRATEGIES, MOST_MEASURES, N_CASES = 6, 3, 36
# Kinds of findings that measure, those that tell more of results first.
MEASURING = ("outcome", "performance", "participation", "resilience", "saving")


@dataclass(frozen=True)
class StrategyOffer:
    """A strategy that cases used against a barrier or risk, and with which results.

    ``results`` are pairs of a direction and its number of statements.
    """

    strategy: Any
    n_cases: int
    results: list[tuple[str, str, int]]


def offer_strategies(term: Any, closest: ClosestCases) -> list[StrategyOffer]:
    """Return what cases used against a term, those with most reported results first."""
    concepts = closest.codebook.concepts
    tables = TermAnswer(term, closest.snapshot).tables
    return [
        StrategyOffer(
            concepts[row.value.key],
            row.n_cases,
            [
                (column.value.slug, column.value.label, cell.n_statements)
                for column, cell in zip(table.columns, cells, strict=True)
                if cell
            ],
        )
        for table in tables
        for row, cells in table.rows[:MOST_STRATEGIES]
    ]


def offer_measures(term: Any, closest: ClosestCases) -> list[Finding]:
    """Return findings with figures, of the closest cases that have the term.

    One a case; without a term, of the closest cases. Four queries at most.
    """
    keys = closest_with(term, closest)
    public = Finding.objects.published().statements()
    measured = public.filter(initiative__in=keys, figure_value__isnull=False)
    rows = measured.values_list("initiative", "kind", "position", "pk")
    ranks = {key: rank for rank, key in enumerate(keys)}
    first: dict[int, int] = {}
    for case, _, _, pk in sorted(
        rows, key=lambda row: (ranks[row[0]], place_of_kind(row[1]), row[2], row[3])
    ):
        first.setdefault(case, pk)
    chosen = list(first.values())[:MOST_MEASURES]
    found = Finding.objects.published().with_list_details().in_bulk(chosen)
    return [found[key] for key in chosen if key in found]


def closest_with(term: Any, closest: ClosestCases) -> list[int]:
    if term is None:
        return closest.first(N_CASES)
    cases = case_index(closest.snapshot).facets["term"].any([term.pk])
    return closest.first_among(cases, N_CASES)


def place_of_kind(kind: str) -> int:
    return MEASURING.index(kind) if kind in MEASURING else len(MEASURING)


def words_of_measure(finding: Finding) -> str:
    """Return the figure of a finding with where it is from, as a plan quotes it."""
    period = f" ({finding.period})" if finding.period else ""
    works = {source.reference.short_citation for source in finding.sources.all()}
    sources = "; ".join(sorted(works))
    figure, case = f"{finding.figure}{period}", finding.initiative.name
    return f"Measured elsewhere: {figure}, {case}, {sources}"
