"""Which records may be one and the same. Knows no database.

Nobody compares each with each: records are laid out in orders in which those that are
alike stand close together, and only neighbours are compared. So the work grows with
their number and no faster.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from search.words import folded, spelled, words

# How many that come next in an order a record is compared with.
REACH = 12
# Of 100: how alike titles and names of bodies are that differ by a slip or two.
CLOSE = 92
# Titles with fewer letters, such as “Introduction”, are those of many works in a year.
SHORT = 25
FIGURES = re.compile(r"\d+")
# “Jean-Pierre”, “J.-P.” and “JP” are two given names each.
GIVEN = re.compile(r"[^\W\d_][^\W\d_A-Z]*|\d+")


class WorkMarks(NamedTuple):
    """What a work is known by; ``surnames`` are spelled, of authors and editors."""

    key: int
    doi: str
    year: int | None
    letters: str
    figures: tuple[str, ...]
    surnames: frozenset[str]


class NameMarks(NamedTuple):
    """What a person is known by or, without ``given`` and ``suffix``, a body."""

    key: int
    is_body: bool
    letters: str
    given: tuple[str, ...]
    suffix: str


type Pair = tuple[int, int]


def work_marks(
    key: int, doi: str, title: str, year: int | None, surnames: Iterable[str]
) -> WorkMarks:
    return WorkMarks(
        key,
        doi.casefold(),
        year,
        "".join(map(folded, words(title))),
        tuple(FIGURES.findall(title)),
        frozenset(map(spelled, surnames)),
    )


@lru_cache(maxsize=2**15)
def name_marks(
    key: int, family: str, given: str, suffix: str, literal: str
) -> NameMarks:
    return NameMarks(
        key,
        bool(literal),
        spelled(literal or family),
        tuple(map(folded, GIVEN.findall(given))),
        folded(suffix),
    )


def alike_works(
    works: Collection[WorkMarks], among: Collection[int] | None = None
) -> dict[Pair, str]:
    """Pairs of keys, the lower first, and why: of works of which one is ``among``."""
    with_doi = [work for work in works if work.doi]
    forwards = sorted(works, key=lambda work: (work.year or 0, work.letters))
    backwards = sorted(works, key=lambda work: (work.year or 0, work.letters[::-1]))
    pairs = {
        **neighbours(forwards, same_title, among),
        **neighbours(backwards, same_title, among),
    }
    with_doi.sort(key=lambda work: work.doi)
    return pairs | neighbours(with_doi, same_doi, among)


def alike_names(
    names: Collection[NameMarks], among: Collection[int] | None = None
) -> dict[Pair, str]:
    forwards = sorted(names, key=lambda name: (name.letters, name.given))
    bodies = sorted(filter(is_body, names), key=lambda body: body.letters[::-1])
    return neighbours(forwards, same_name, among) | neighbours(bodies, same_name, among)


def is_body(name: NameMarks) -> bool:
    return name.is_body


def neighbours[M: (WorkMarks, NameMarks)](
    order: list[M], why: Callable[[M, M], str], among: Collection[int] | None
) -> dict[Pair, str]:
    """What ``why`` says of each with those near it, where it says anything."""
    return {
        (min(one.key, other.key), max(one.key, other.key)): reason
        for place, one in enumerate(order)
        if among is None or one.key in among
        for other in near(order, place, is_backward=among is not None)
        if (reason := why(one, other))
    }


def near[M](order: list[M], place: int, *, is_backward: bool) -> Iterator[M]:
    """Those that come next and, if told so, those that come before."""
    if is_backward:
        yield from order[max(0, place - REACH) : place]
    yield from order[place + 1 : place + 1 + REACH]


def same_doi(one: WorkMarks, other: WorkMarks) -> str:
    return "same DOI" if one.doi == other.doi else ""


def same_title(one: WorkMarks, other: WorkMarks) -> str:
    if one.year != other.year or one.figures != other.figures:
        return ""
    if len(one.letters) < SHORT and are_by_others(one, other):
        return ""
    if one.letters == other.letters:
        return "same title and year"
    return "almost the same title" * is_close(one.letters, other.letters)


def are_by_others(one: WorkMarks, other: WorkMarks) -> bool:
    is_known = one.surnames and other.surnames
    return bool(is_known) and one.surnames.isdisjoint(other.surnames)


def is_close(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=CLOSE) > 0


def same_name(one: NameMarks, other: NameMarks) -> str:
    if one.is_body or other.is_body:
        is_same = one.is_body and other.is_body and is_close(one.letters, other.letters)
        return "almost the same name" * is_same
    if one.letters != other.letters or one.suffix != other.suffix:
        return ""
    given = zip(one.given, other.given, strict=False)
    fits = all(x.startswith(y) or y.startswith(x) for x, y in given)
    return "names that fit each other" * fits
