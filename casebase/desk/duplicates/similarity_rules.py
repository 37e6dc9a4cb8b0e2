"""The rules for records that look alike, which people judge.

They use no database. Not every pair of records is compared. Records are sorted so that
similar ones are close together, and each is compared with the next few: the sorted
neighbourhood method of Hernández and Stolfo (1995). So the number of comparisons is
proportional to the number of records.
"""

from collections.abc import Callable, Collection, Iterator

from casebase.desk.duplicates.comparisons import (
    SHORT_TITLE,
    are_close,
    are_close_surnames,
    differ_where_known,
    have_different_containers,
    have_fitting_given_names,
    have_one_title,
)
from casebase.desk.duplicates.normalized_records import NormalizedName, NormalizedWork

# The number of following records that a record is compared with.
WINDOW = 12
# Types of works in a book. Some have the DOI of their book.
CONTAINED = {"chapter", "entry", "entry-dictionary", "entry-encyclopedia"}
CONTAINED |= {"paper-conference"}
SAME_DOI, SAME_TITLE = "same DOI", "same title and year"

type Pair = tuple[int, int]


def find_similar_works(
    works: Collection[NormalizedWork], among: Collection[int] | None = None
) -> dict[Pair, str]:
    """Return pairs of keys, the lower first → the reason why two works look alike.

    With ``among``, only pairs with one of these keys are returned.
    """
    forwards = sorted(works, key=lambda work: (work.year or 0, work.title))
    backwards = sorted(works, key=lambda work: (work.year or 0, work.title[::-1]))
    by_doi = sorted((work for work in works if work.doi), key=lambda work: work.doi)
    return {
        **compare_neighbors(forwards, match_titles, among),
        **compare_neighbors(backwards, match_titles, among),
        **compare_neighbors(by_doi, match_dois, among),
    }


def find_similar_names(
    names: Collection[NormalizedName], among: Collection[int] | None = None
) -> dict[Pair, str]:
    """Do the same as ``find_similar_works``, for people and bodies."""
    forwards = sorted(names, key=lambda name: (name.name, name.given))
    bodies = [name for name in names if name.is_body]
    backwards = sorted(bodies, key=lambda body: body.name[::-1])
    return {
        **compare_neighbors(forwards, match_names, among),
        **compare_neighbors(backwards, match_names, among),
    }


def compare_neighbors[R: (NormalizedWork, NormalizedName)](
    order: list[R], match: Callable[[R, R], str], among: Collection[int] | None
) -> dict[Pair, str]:
    """Return pairs of keys → the reason that ``match`` returns, if not empty."""
    return {
        (min(one.key, other.key), max(one.key, other.key)): reason
        for place, one in enumerate(order)
        if among is None or one.key in among
        for other in neighbors(order, place, is_backward=among is not None)
        if (reason := match(one, other))
    }


def neighbors[R](order: list[R], place: int, *, is_backward: bool) -> Iterator[R]:
    """Yield the next records and, if ``is_backward``, the previous ones too."""
    if is_backward:
        yield from order[max(0, place - WINDOW) : place]
    yield from order[place + 1 : place + 1 + WINDOW]


def match_dois(one: NormalizedWork, other: NormalizedWork) -> str:
    """Return the reason why the works look alike, or "".

    Chapters may have the DOI of their book, so the title of a chapter must match too.
    """
    is_contained = {one.kind, other.kind} & CONTAINED
    is_other_part = is_contained and not have_one_title(one, other)
    return SAME_DOI if one.doi == other.doi and not is_other_part else ""


def match_titles(one: NormalizedWork, other: NormalizedWork) -> str:
    """Return the reason why they look alike, or ""."""
    if one.year != other.year or one.title_numbers != other.title_numbers:
        return ""
    is_same = one.title == other.title
    is_similar = is_same or are_close(one.title, other.title)
    if not is_similar or are_by_others(one, other) or are_apart(one, other):
        return ""
    is_of_many = one.year is None and len(one.title) < SHORT_TITLE
    if is_of_many and not share_names(one, other):
        return ""
    return SAME_TITLE if is_same else "almost the same title"


def match_names(one: NormalizedName, other: NormalizedName) -> str:
    """Return the reason why they look alike, or ""."""
    if one.is_body or other.is_body:
        are_bodies = one.is_body and other.is_body
        is_close = are_bodies and are_close(one.name, other.name)
        return "almost the same name" if is_close else ""
    if one.name != other.name or one.suffix != other.suffix:
        return ""
    return "names that fit each other" if have_fitting_given_names(one, other) else ""


def are_by_others(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Return whether they name different people. A body may replace its members."""
    if not (one.names and other.names):
        return False
    has_body = one.has_body or other.has_body
    if has_body and len(one.title) >= SHORT_TITLE:
        return False
    return not share_names(one, other)


def share_names(one: NormalizedWork, other: NormalizedWork) -> bool:
    return not one.names.isdisjoint(other.names) or any(
        are_close_surnames(name, namesake)
        for name in one.names
        for namesake in other.names
    )


def are_apart(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Return whether works with similar titles are certainly different.

    They are two editions, volumes or issues; a chapter and its book; or works with a
    short title such as “Introduction” in two journals or books.
    """
    kinds = {one.kind, other.kind}
    is_numbered = differ_where_known(one.numbering, other.numbering)
    is_in_book = bool(kinds & CONTAINED) and "book" in kinds
    has_short_title = len(one.title) < SHORT_TITLE
    is_elsewhere = has_short_title and have_different_containers(one, other)
    return is_numbered or is_in_book or is_elsewhere
