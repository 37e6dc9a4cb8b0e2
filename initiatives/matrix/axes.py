"""What can stand on an axis of the matrix, and which two can be linked.

Two axes are *linked* if one statement can say both: this barrier was met by this
strategy. They stand *side by side* if both belong to one case, which says nothing on
how they relate.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from initiatives.case_page import KIND_TITLES
from initiatives.codebook import Codebook
from initiatives.evidence_grade.rules import Level
from initiatives.models import Finding, Initiative, country_names
from initiatives.schemes import CODED_SCHEMES, SCHEMES

DECADE = 10


@dataclass(frozen=True)
class AxisValue:
    """One value: as the index has it, with its label and parameters of the address.

    ``years`` is the first and the last year of a value that stands for years.
    """

    key: Any
    label: str
    slug: str
    depth: int = 0
    years: tuple[int, int] | None = None


@dataclass(frozen=True)
class AxisKind:
    """One of the facets that an axis can have.

    ``name`` is that in the address, also of the filter by it; ``facet`` is that in the
    index. ``list_values(codebook)`` yields all AxisValues in order, and None if they
    are known only from the index.
    """

    name: str
    title: str
    facet: str
    family: str = "neutral"
    is_of_statements: bool = False
    is_of_cases: bool = False
    list_values: Callable[[Codebook], Iterator[AxisValue]] | None = None


def terms_of(scheme: str) -> Callable[[Codebook], Iterator[AxisValue]]:
    def list_terms(codebook: Codebook) -> Iterator[AxisValue]:
        for depth, term in codebook.tree(scheme):
            yield AxisValue(term.pk, term.label, term.slug, depth)

    return list_terms


def choices_of(
    choices: Callable[[], Any],
) -> Callable[[Codebook], Iterator[AxisValue]]:
    def list_choices(codebook: Codebook) -> Iterator[AxisValue]:
        for value, label in choices():
            yield AxisValue(value, str(label), str(value))

    return list_choices


def list_grades() -> list[tuple[str, str]]:
    return [(level.slug, level.label) for level in reversed(Level)]


def scheme_axis(words: Any) -> AxisKind:
    kind = words.parameter
    return AxisKind(
        kind,
        words.title,
        "term",
        words.family,
        is_of_statements=kind == "strategy"
        or (kind in CODED_SCHEMES and kind in KIND_TITLES),
        is_of_cases=True,
        list_values=terms_of(words.slug),
    )


def statement_axis(name: str, title: str, choices: Callable[[], Any]) -> AxisKind:
    return AxisKind(
        name, title, name, is_of_statements=True, list_values=choices_of(choices)
    )


def case_axis(name: str, title: str, choices: Callable[[], Any]) -> AxisKind:
    return AxisKind(
        name, title, name, is_of_cases=True, list_values=choices_of(choices)
    )


AXES = {
    axis.name: axis
    for axis in (
        *map(scheme_axis, SCHEMES.values()),
        statement_axis("direction", "Result", lambda: Finding.Direction.choices),
        statement_axis("kind", "What it is about", KIND_TITLES.items),
        statement_axis("grade", "Evidence grade", list_grades),
        case_axis("country", "Country", country_names),
        case_axis("settlement", "Settlement", lambda: Initiative.Settlement.choices),
        case_axis("reach", "Reach", lambda: Initiative.Reach.choices),
        AxisKind("decade", "Decade of its beginning", "year", is_of_cases=True),
    )
}
# What a response answers: the only terms that share a statement with a strategy.
ANSWERED = {str(kind) for kind in Finding.ANSWERED_KINDS}
CODED = {words.parameter for words in SCHEMES.values()}


def can_be_linked(rows: AxisKind, columns: AxisKind) -> bool:
    """Return whether one statement can have a value on both axes."""
    names = {rows.name, columns.name}
    if not (rows.is_of_statements or columns.is_of_statements) or len(names) < 2:
        return False
    both = [axis for axis in (rows, columns) if axis.is_of_statements]
    if len(both) < 2:
        return True
    coded = names & CODED
    if len(coded) == 2:
        return "strategy" in names and bool(names & ANSWERED)
    return not (coded and "kind" in names)


def can_stand_side_by_side(rows: AxisKind, columns: AxisKind) -> bool:
    """Return whether one case can have a value on both axes."""
    return rows.is_of_cases and columns.is_of_cases and rows.name != columns.name


def decades(years: list[int]) -> Iterator[AxisValue]:
    """Yield the decades from the first to the last of these years."""
    if not years:
        return
    for first in range(min(years) // DECADE * DECADE, max(years) + 1, DECADE):
        last = first + DECADE - 1
        yield AxisValue(first, f"{first}–{last}", str(first), years=(first, last))
