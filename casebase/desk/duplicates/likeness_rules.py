"""Which records may be one and the same. Knows no database.

Nobody compares each with each: records are laid out in orders in which those that are
alike stand close together, and only neighbours are compared. So the work grows with
their number and no faster.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, Self

from rapidfuzz import fuzz

from casebase.search.tokenizer import folded, spelled, words

# How many that come next in an order a record is compared with.
REACH = 12
# Of 100: how alike titles and names of bodies are that differ by a slip or two.
CLOSE = 92
# Titles with fewer letters, such as “Introduction”, are those of many works in a year.
SHORT = 25
FIGURES = re.compile(r"\d+")
# Of 100: how alike surnames are that differ by a slip.
CLOSE_SURNAMES = 80
# Works in a book: some have its DOI.
PARTS = {"chapter", "entry", "entry-dictionary", "entry-encyclopedia"}
PARTS |= {"paper-conference"}
SAME_DOI, SAME_TITLE = "same DOI", "same title and year"
# “Jean-Pierre”, “J.-P.” and “JP” are two given names each.
GIVEN = re.compile(r"[^\W\d_][^\W\d_A-Z]*|\d+")


class NameMarks(NamedTuple):
    """What a person is known by or, without ``given`` and ``suffix``, a body."""

    key: int
    is_body: bool
    letters: str
    given: tuple[str, ...]
    suffix: str


class WorkMarks(NamedTuple):
    """What a work is known by; ``surnames`` are spelled, of authors and editors.

    ``numbers`` are edition, volume and issue, empty where they are not known;
    ``makers`` the authors or, where there are none, the editors, with given names;
    ``details`` are pages, publisher and address.
    """

    key: int
    doi: str
    year: int | None
    letters: str
    figures: tuple[str, ...]
    surnames: frozenset[str]
    has_body: bool
    kind: str
    container: str
    numbers: tuple[str, ...]
    makers: frozenset[NameMarks] = frozenset()
    details: tuple[str, ...] = ()

    def closer(self, makers: Iterable[NameMarks], details: Iterable[str]) -> Self:
        """With what tells two apart that have one key."""
        known = tuple(map(folded, details))
        return self._replace(makers=frozenset(makers), details=known)


type Pair = tuple[int, int]


def work_marks(
    key: int,
    doi: str,
    title: str,
    year: int | None,
    surnames: Iterable[str],
    *,
    bodies: Iterable[str] = (),
    kind: str = "",
    container: str = "",
    numbers: Iterable[str] = (),
) -> WorkMarks:
    names = frozenset(map(spelled, bodies))
    return WorkMarks(
        key,
        doi.casefold(),
        year,
        letters_of(title),
        tuple(FIGURES.findall(title)),
        names | frozenset(map(spelled, surnames)),
        bool(names),
        kind,
        letters_of(container),
        tuple(map(folded, numbers)),
    )


def letters_of(title: str) -> str:
    return "".join(map(folded, words(title)))


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
    """Chapters may have the DOI of their book, so a chapter's title has to fit too."""
    is_of_book = {one.kind, other.kind} & PARTS and not have_one_title(one, other)
    return SAME_DOI if one.doi == other.doi and not is_of_book else ""


def same_title(one: WorkMarks, other: WorkMarks) -> str:
    if one.year != other.year or one.figures != other.figures:
        return ""
    is_same = one.letters == other.letters
    is_alike = is_same or is_close(one.letters, other.letters)
    if not is_alike or are_by_others(one, other) or are_apart(one, other):
        return ""
    is_of_many = one.year is None and len(one.letters) < SHORT
    if is_of_many and not share_people(one, other):
        return ""
    return SAME_TITLE if is_same else "almost the same title"


def have_one_title(one: WorkMarks, other: WorkMarks) -> bool:
    """Whether they are alike, or one is the other without its subtitle."""
    short, long = sorted((one.letters, other.letters), key=len)
    return is_close(short, long) or bool(short and long.startswith(short))


def are_by_others(one: WorkMarks, other: WorkMarks) -> bool:
    """Whether other persons are named. A body may stand for persons of its own."""
    is_known = one.surnames and other.surnames
    if not is_known or (has_body(one, other) and len(one.letters) >= SHORT):
        return False
    return not share_people(one, other)


def has_body(one: WorkMarks, other: WorkMarks) -> bool:
    return one.has_body or other.has_body


def share_people(one: WorkMarks, other: WorkMarks) -> bool:
    return not one.surnames.isdisjoint(other.surnames) or any(
        fuzz.ratio(name, namesake) >= CLOSE_SURNAMES
        for name in one.surnames
        for namesake in other.surnames
    )


def are_apart(one: WorkMarks, other: WorkMarks) -> bool:
    """Whether they are of two editions, volumes or issues, or a chapter and its book.

    Or, with a title such as “Introduction”, in two journals or books.
    """
    is_numbered = differ(one.numbers, other.numbers)
    is_in_book = bool({one.kind, other.kind} & PARTS) and "book" in (
        one.kind,
        other.kind,
    )
    is_elsewhere = len(one.letters) < SHORT and are_in_two_places(one, other)
    return is_numbered or is_in_book or is_elsewhere


def differ(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two texts in one place, both known, are not the same."""
    return any(a and b and a != b for a, b in zip(some, others, strict=False))


def are_in_two_places(one: WorkMarks, other: WorkMarks) -> bool:
    """Whether both say in which journal or book they are, and it is not the same."""
    is_known = bool(one.container and other.container)
    return is_known and not is_close(one.container, other.container)


def is_close(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=CLOSE) > 0


def same_name(one: NameMarks, other: NameMarks) -> str:
    if one.is_body or other.is_body:
        is_same = one.is_body and other.is_body and is_close(one.letters, other.letters)
        return "almost the same name" * is_same
    if one.letters != other.letters or one.suffix != other.suffix:
        return ""
    return "names that fit each other" * given_names_fit(one, other)


def given_names_fit(one: NameMarks, other: NameMarks) -> bool:
    """Whether each given name is the other’s, or the beginning of it."""
    given = zip(one.given, other.given, strict=False)
    return all(x.startswith(y) or y.startswith(x) for x, y in given)
