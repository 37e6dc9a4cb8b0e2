"""Which records are one and the same for certain. Knows no database.

Alike is not the same: a file may change what is taken for a work here, so a doubt
decides against it. Two DOIs are two works. Keys are made of surname and year, so that
many works might have one, and a surname in common adds nothing to it.
"""

from itertools import product

from rapidfuzz import fuzz

from casebase.desk.duplicates.likeness_rules import (
    CLOSE_SURNAMES,
    SHORT,
    NameMarks,
    WorkMarks,
    are_in_two_places,
    differ,
    given_names_fit,
    have_one_title,
    is_close,
)


def are_one_by_doi(one: WorkMarks, other: WorkMarks) -> bool:
    """Whether two with the same DOI agree in title or people."""
    return have_one_title(one, other) or share_makers(one, other)


def are_one_by_title(one: WorkMarks, other: WorkMarks) -> bool:
    """Whether two with the same title and year have a year, and somebody in common."""
    names_nobody = not (one.surnames or other.surnames)
    is_known = one.year is not None and not have_two_dois(one, other)
    return is_known and (names_nobody or share_makers(one, other))


def are_one_by_key(one: WorkMarks, other: WorkMarks) -> bool:
    """Whether two with the same key have one title, or all but the title in common."""
    if have_two_dois(one, other):
        return False
    if one.figures == other.figures and have_one_title(one, other):
        return not (names_refute(one, other) or places_refute(one, other))
    return differ_in_title_alone(one, other)


def have_two_dois(one: WorkMarks, other: WorkMarks) -> bool:
    return differ([one.doi], [other.doi])


def share_makers(one: WorkMarks, other: WorkMarks) -> bool:
    return any(knows(one, name) for name in other.makers)


def knows(work: WorkMarks, name: NameMarks) -> bool:
    return any(are_namesakes(name, maker) for maker in work.makers)


def are_namesakes(one: NameMarks, other: NameMarks) -> bool:
    """Whether surnames differ by a slip at most, and given names don’t contradict."""
    if one.is_body or other.is_body:
        return one.is_body and other.is_body and is_close(one.letters, other.letters)
    return have_one_surname(one, other) and given_names_fit(one, other)


def have_one_surname(one: NameMarks, other: NameMarks) -> bool:
    return fuzz.ratio(one.letters, other.letters) >= CLOSE_SURNAMES


def names_refute(one: WorkMarks, other: WorkMarks) -> bool:
    """Whether it is by others: with one surname, or a title that many works have."""
    is_known = bool(one.makers and other.makers)
    if not is_known or share_makers(one, other):
        return False
    return has_short_title(one, other) or any(
        have_one_surname(*pair) for pair in product(one.makers, other.makers)
    )


def places_refute(one: WorkMarks, other: WorkMarks) -> bool:
    """Whether a title that many works have stands in another volume or journal."""
    is_elsewhere = are_in_two_places(one, other) or differ(one.numbers, other.numbers)
    return has_short_title(one, other) and is_elsewhere


def has_short_title(one: WorkMarks, other: WorkMarks) -> bool:
    return min(len(one.letters), len(other.letters)) < SHORT


def differ_in_title_alone(one: WorkMarks, other: WorkMarks) -> bool:
    is_by_the_same = all(knows(one, name) for name in other.makers) and all(
        knows(other, name) for name in one.makers
    )
    is_where_it_was = not (
        are_in_two_places(one, other)
        or differ(one.numbers, other.numbers)
        or differ(one.details, other.details)
    )
    is_of_kind = (one.kind, one.year) == (other.kind, other.year)
    return is_by_the_same and is_where_it_was and is_of_kind
