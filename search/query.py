"""What a reader asks for: words, "phrases", -without, this or that, beginnings*.

Any text at all is a query; one without a word is empty. Knows no database.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.words import STOP_WORDS, WORD, Key, parts, words

# Words and phrases of a query beyond these say no more.
MOST_TERMS = 32
QUOTES = '"“”„«»'
TERM = re.compile(
    rf"(?:(?<!\S)(?P<minus>[-−]))?"
    rf"(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]?"
    rf"|(?P<word>{WORD.pattern})(?P<star>\*)?)"
)


@dataclass(frozen=True)
class Term:
    """One word, or the words of a phrase: by which keys it is found, in their order.

    ``begins``: the last of them need only begin so.
    """

    keys: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True)
class Group:
    """Terms that are all wanted, and terms of which none may be there."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Query:
    """Groups of which one is enough. False when there is nothing to look for."""

    groups: tuple[Group, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def wanted(self) -> list[Term]:
        """Every term that may be found, once."""
        terms = (term for group in self.groups for term in group.wanted)
        return list(dict.fromkeys(terms))

    @property
    def hopes(self) -> "Query":
        """What it wants, whatever else it does not: by which records are compared."""
        groups = (Group(group.wanted) for group in self.groups if group.wanted)
        return Query(tuple(groups))

    @property
    def loose(self) -> "Query":
        """The same words in any order; nothing unwanted."""
        groups = (
            Group(tuple(one for term in group.wanted for one in _singly(term)))
            for group in self.groups
        )
        return Query(tuple(group for group in groups if group.wanted))

    def having(self, term: Term) -> "Query":
        """What the query finds, as far as it has this term too."""
        groups = (Group((*group.wanted, term), group.unwanted) for group in self.groups)
        return Query(tuple(groups))


# Finds every document: nothing is wanted, nothing unwanted.
EVERYTHING = Query((Group(()),))


def _singly(term: Term) -> Iterator[Term]:
    *before, last = term.keys
    yield from (Term((key,)) for key in before)
    yield Term((last,), term.begins)


def parsed(text: str, key: Key, *, typing: bool = False) -> Query:
    """The query that a text is. While it is typed, its last word may go on."""
    groups: list[tuple[list[Term], list[Term]]] = [([], [])]
    for match in _terms(text):
        wanted, unwanted = groups[-1]
        if match["word"] and match["word"].casefold() == "or" and not match["minus"]:
            groups.append(([], []))
            continue
        ends = match.end() == len(text) and text[-1] not in QUOTES
        begins = bool(match["star"]) or (typing and ends)
        if term := _term(match, key, begins):
            (unwanted if match["minus"] else wanted).append(term)
    kept = (Group(_telling(w, key), _once(u)) for w, u in groups if w or u)
    return Query(tuple(kept))


def _terms(text: str) -> Iterator[re.Match[str]]:
    for n, match in enumerate(TERM.finditer(text)):
        if n == MOST_TERMS:
            return
        yield match


def _term(match: re.Match[str], key: Key, begins: bool) -> Term | None:
    if match["word"]:
        pieces = [match["word"]]
    else:
        pieces = [piece for word in words(match["phrase"]) for piece in parts(word)]
    keys = tuple(filter(None, map(key, pieces)))
    return Term(keys, begins) if keys else None


def _once(terms: list[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def _telling(terms: list[Term], key: Key) -> tuple[Term, ...]:
    """The terms without words that say nothing, unless there are no others."""
    silent = {Term((key(word),)) for word in STOP_WORDS}
    return _once([term for term in terms if term not in silent] or terms)
