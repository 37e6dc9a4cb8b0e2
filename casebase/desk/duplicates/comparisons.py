"""Comparisons of two normalized records that both sets of rules use."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from casebase.desk.duplicates.normalized_records import NormalizedName, NormalizedWork

# Of 100: how similar titles and names of bodies are that differ by a slip or two.
CLOSE = 92
# Of 100: how similar surnames are that differ by a slip.
CLOSE_SURNAMES = 80
# Many works of a year share a title with fewer letters, such as “Introduction”.
SHORT_TITLE = 25


def are_close(one: str, other: str) -> bool:
    """Whether two titles or names of bodies differ by a slip or two at most."""
    return fuzz.ratio(one, other, score_cutoff=CLOSE) > 0


def are_close_surnames(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= CLOSE_SURNAMES


def have_fitting_given_names(one: NormalizedName, other: NormalizedName) -> bool:
    """Whether each given name is the other’s, or the beginning of it."""
    given = zip(one.given, other.given, strict=False)
    return all(x.startswith(y) or y.startswith(x) for x, y in given)


def have_one_title(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Whether the titles are close, or one is the other without its subtitle."""
    short, long = sorted((one.title, other.title), key=len)
    return are_close(short, long) or bool(short and long.startswith(short))


def have_different_containers(one: NormalizedWork, other: NormalizedWork) -> bool:
    """Whether both name their journal or book, and these are not the same."""
    is_known = bool(one.container and other.container)
    return is_known and not are_close(one.container, other.container)


def differ_where_known(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two texts in the same place are both known, and not the same."""
    return any(a and b and a != b for a, b in zip(some, others, strict=False))
