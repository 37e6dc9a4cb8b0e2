"""Comparisons of two normalized records, which both sets of rules use."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from casebase.desk.duplicates.normalized_records import NormalizedName, NormalizedWork

# Minimum similarity (0 to 100) of titles, and names of bodies, with a typing error or
# two.
MIN_SIMILARITY = 92
# Minimum similarity (0 to 100) of surnames with a typing error.
MIN_SURNAME_SIMILARITY = 80
# Many works of a year share a title with fewer letters, such as “Introduction”.
SHORT_TITLE = 25


def are_close(one: str, other: str) -> bool:
    """Return whether two titles, or names of bodies, differ by a few letters."""
    return fuzz.ratio(one, other, score_cutoff=MIN_SIMILARITY) > 0


def are_close_surnames(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= MIN_SURNAME_SIMILARITY


def have_fitting_given_names(one: NormalizedName, other: NormalizedName) -> bool:
    """Return whether each given name equals the other’s, or is its beginning."""
    given = zip(one.given, other.given, strict=False)
    return all(x.startswith(y) or y.startswith(x) for x, y in given)


def have_one_title(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Return whether titles are close, or one is the other without its subtitle."""
    short, long = sorted((one.title, other.title), key=len)
    return are_close(short, long) or bool(short and long.startswith(short))


def have_different_containers(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Return whether both have a journal or book, and these are not close."""
    is_known = bool(one.container and other.container)
    return is_known and not are_close(one.container, other.container)


def differ_where_known(some: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether two texts at the same position are both known and different."""
    return any(a and b and a != b for a, b in zip(some, others, strict=False))
