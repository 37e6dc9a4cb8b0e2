"""The rules for works that are certainly the same, so that an import may merge them.

They use no database. Looking alike is not enough: an import may change the work that it
matches, so any doubt means that works are different. Works with two DOIs are different.
A key consists of surname and year, so several works may have the same one, and a common
surname then proves nothing more.
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
from casebase.desk.duplicates.normalized_records import NormalizedName, NormalizedWork
from casebase.desk.duplicates.similarity_rules import SAME_DOI, SAME_TITLE

SAME_KEY = "same key"


def are_certainly_one(one: NormalizedWork, other: NormalizedWork, reason: str) -> bool:
    """Return whether works that look alike for this reason are certainly the same."""
    return reason in RULES and RULES[reason](one, other)


def are_one_by_doi(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Return whether two works with the same DOI share a title or a creator."""
    return have_one_title(one, other) or share_creators(one, other)


def are_one_by_title(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Return whether two works with the same title and year are the same.

    They need a known year, and a common creator unless neither names anybody.
    """
    names_nobody = not (one.names or other.names)
    is_known = one.year is not None and not have_two_dois(one, other)
    return is_known and (names_nobody or share_creators(one, other))


def are_one_by_key(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Return whether two works with the same key are the same.

    They need the same title, or must differ in nothing but the title.
    """
    if have_two_dois(one, other):
        return False
    if one.title_numbers == other.title_numbers and have_one_title(one, other):
        are_others = are_refuted_by_names(one, other)
        return not (are_others or are_refuted_by_places(one, other))
    return differ_in_title_alone(one, other)


# Reason why two works look alike → the rule that decides whether they are the same.
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
    """Return whether the name is a creator of the work, in this or another spelling."""
    return any(are_namesakes(name, creator) for creator in work.creators)


def are_namesakes(one: NormalizedName, other: NormalizedName) -> bool:
    """Return whether surnames are close, and given names don’t contradict."""
    if one.is_body or other.is_body:
        return one.is_body and other.is_body and are_close(one.name, other.name)
    is_one_surname = are_close_surnames(one.name, other.name)
    return is_one_surname and have_fitting_given_names(one, other)


def are_refuted_by_names(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Return whether creators differ, though surnames or a short title agree."""
    is_known = bool(one.creators and other.creators)
    if not is_known or share_creators(one, other):
        return False
    return has_short_title(one, other) or any(
        are_close_surnames(name.name, namesake.name)
        for name, namesake in product(one.creators, other.creators)
    )


def are_refuted_by_places(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Return whether a short title, which many works have, is in another volume."""
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
