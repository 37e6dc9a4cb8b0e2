"""Whether a text names something that has no record: a page, or a value of a filter."""

from collections.abc import Iterable
from functools import lru_cache

from casebase.search import queries
from casebase.search.tokenizer import GAP, keys_of, stemmed


@lru_cache(maxsize=2**12)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the words that a query wants, stop words aside."""
    wanted = (term.text for term in queries.parse(text).single_words)
    return frozenset(keys_of(wanted, stemmed)) - {GAP}


def is_named(asked: frozenset[str], names: Iterable[str]) -> bool:
    """Return whether the stems of a text include all of one of the names."""
    return any(stems_of(name) <= asked for name in names)
