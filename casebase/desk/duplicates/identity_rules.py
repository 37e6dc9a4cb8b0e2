"""Which works are one and the same for certain, so that an import may join them.

Knows no database. To look alike is not enough: an import may change what it takes for a
work of the database, so any doubt decides against it. Two DOIs are two works. A key is
made of surname and year, so that many works might have one, and a surname in common
proves nothing beside it.
"""

from itertools import product

from casebase.desk.duplicates.comparisons import (
    SHORT_TITLE,
    are_close,
    are_close_surnames,
    differ_where_known,
    have_different_containers,
    have_fitting_given_names,
    have_one_title,
)
from casebase.desk.duplicates.likeness_rules import SAME_DOI, SAME_TITLE
from casebase.desk.duplicates.normalized_records import NormalizedName, NormalizedWork

SAME_KEY = "same key"


def are_certainly_one(one: NormalizedWork, other: NormalizedWork, reason: str) -> bool:
    """Whether two that look alike for this reason are one by all that is known."""
    return reason in RULES and RULES[reason](one, other)


def are_one_by_doi(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Whether two with the same DOI agree in title or creators."""
    return have_one_title(one, other) or share_creators(one, other)


def are_one_by_title(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Whether two with the same title and year have a year, and a creator in common."""
    names_nobody = not (one.names or other.names)
    is_known = one.year is not None and not have_two_dois(one, other)
    return is_known and (names_nobody or share_creators(one, other))


def are_one_by_key(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Whether two with the same key have one title, or all but the title in common."""
    if have_two_dois(one, other):
        return False
    if one.title_numbers == other.title_numbers and have_one_title(one, other):
        are_others = are_refuted_by_names(one, other)
        return not (are_others or are_refuted_by_places(one, other))
    return differ_in_title_alone(one, other)


# Reason why two works look alike → whether they are one.
RULES = {
    SAME_DOI: are_one_by_doi,
    SAME_TITLE: are_one_by_title,
    SAME_KEY: are_one_by_key,
}


def have_two_dois(one: NormalizedWork, other: NormalizedWork) -> bool:
    return differ_where_known([one.doi], [other.doi])


def share_creators(one: NormalizedWork, other: NormalizedWork) -> bool:
    return any(is_creator(name, one) for name in other.creators)


def is_creator(name: NormalizedName, work: NormalizedWork) -> bool:
    """Whether the work names this person or body, perhaps in another spelling."""
    return any(are_namesakes(name, creator) for creator in work.creators)


def are_namesakes(one: NormalizedName, other: NormalizedName) -> bool:
    """Whether surnames differ by a slip at most, and given names don’t contradict."""
    if one.is_body or other.is_body:
        return one.is_body and other.is_body and are_close(one.name, other.name)
    is_one_surname = are_close_surnames(one.name, other.name)
    return is_one_surname and have_fitting_given_names(one, other)


def are_refuted_by_names(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Whether other people made it, who have the same surname or a common title."""
    is_known = bool(one.creators and other.creators)
    if not is_known or share_creators(one, other):
        return False
    return has_short_title(one, other) or any(
        are_close_surnames(name.name, namesake.name)
        for name, namesake in product(one.creators, other.creators)
    )


def are_refuted_by_places(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Whether a title that many works have stands in another volume or journal."""
    is_elsewhere = have_different_containers(one, other) or differ_where_known(
        one.numbering, other.numbering
    )
    return has_short_title(one, other) and is_elsewhere


def has_short_title(one: NormalizedWork, other: NormalizedWork) -> bool:
    return min(len(one.title), len(other.title)) < SHORT_TITLE


def differ_in_title_alone(one: NormalizedWork, other: NormalizedWork) -> bool:
    is_by_the_same = all(is_creator(name, one) for name in other.creators) and all(
        is_creator(name, other) for name in one.creators
    )
    is_where_it_was = not (
        have_different_containers(one, other)
        or differ_where_known(one.numbering, other.numbering)
        or differ_where_known(one.details, other.details)
    )
    is_of_kind = (one.kind, one.year) == (other.kind, other.year)
    return is_by_the_same and is_where_it_was and is_of_kind
