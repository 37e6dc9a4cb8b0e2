"""The tree of terms of a query, built by query_parser. Knows no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casebase.search.tokenizer import words


@dataclass(frozen=True)
class Term:
    """One word, or the words of a phrase.

    ``forms`` are the sequences of keys that match it, one for each searched language.
    If ``begins``, a prefix matches the last key. ``text`` is the
    term as the reader wrote it.
    """

    forms: tuple[tuple[str, ...], ...]
    begins: bool = False
    text: str = field(default="", compare=False)


@dataclass(frozen=True)
class All:
    """Matches what all wanted nodes match and no excluded one does."""

    wanted: tuple["Node", ...]
    excluded: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Either:
    """Matches what at least one of the nodes matches."""

    choices: tuple["Node", ...]


type Node = Term | All | Either


@dataclass(frozen=True)
class Query:
    """A tree of what is looked for. False when there is nothing to look for.

    ``stop_words`` are the words that were left out because they say little;
    ``warnings`` are sentences on what was not understood.
    """

    root: Node | None = None
    stop_words: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.root is not None

    @property
    def wanted(self) -> list[Term]:
        """Return each term that records may have, once."""
        return list(dict.fromkeys(_wanted_terms(self.root))) if self.root else []

    @property
    def without_exclusions(self) -> "Query":
        """The query without its exclusions; false if it consists of nothing else."""
        return Query(_without_exclusions(self.root)) if self.root else self

    @property
    def in_any_order(self) -> "Query":
        """The wanted words without exclusions; phrases are looked for word by word."""
        wanted = self.without_exclusions.root
        return Query(_with_split_phrases(wanted)) if wanted else Query()

    @property
    def single_words(self) -> list[Term]:
        """The wanted words, each as a term of its own, once."""
        terms = (one for term in self.wanted for one in _split_phrase(term))
        return list(dict.fromkeys(terms))

    @property
    def exclusions(self) -> "Query":
        """Return a query for the excluded records; it is falsy if there are none."""
        nodes = tuple(dict.fromkeys(_exclusions(self.root))) if self.root else ()
        return Query(Either(nodes)) if nodes else Query()

    @property
    def meaning(self) -> str:
        """Return the meaning of the query: “volunteers AND NOT police”."""
        return _in_words(self.root) if self.root else ""

    def narrowed_by(self, term: Term) -> "Query":
        """Return a query for the records that both the query and the term find."""
        return Query(All((self.root, term))) if self.root else self


# Finds every document: nothing is wanted and nothing excluded.
EVERYTHING = Query(All(()))


def any_of(terms: list[Term]) -> Query:
    """Return a query that finds the records with at least one of the terms."""
    return Query(Either(tuple(terms)))


def _wanted_terms(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    else:
        for one in _wanted_nodes(node):
            yield from _wanted_terms(one)


def _wanted_nodes(node: All | Either) -> tuple[Node, ...]:
    return node.wanted if isinstance(node, All) else node.choices


def _exclusions(node: Node) -> Iterator[Node]:
    match node:
        case All():
            yield from node.excluded
            for one in node.wanted:
                yield from _exclusions(one)
        case Either():
            for one in node.choices:
                yield from _exclusions(one)


def _without_exclusions(node: Node) -> Node | None:
    """The node without what it excludes, or None if it wants nothing."""
    if isinstance(node, Term):
        return node
    wanted = [one for one in map(_without_exclusions, _wanted_nodes(node)) if one]
    return _with_nodes(node, wanted) if wanted else None


def _with_split_phrases(node: Node) -> Node:
    if isinstance(node, Term):
        return All(tuple(_split_phrase(node)))
    return _with_nodes(node, map(_with_split_phrases, _wanted_nodes(node)))


def _with_nodes(node: All | Either, nodes: Iterable[Node]) -> Node:
    """A node of the same type that wants these."""
    nodes = tuple(nodes)
    return All(nodes) if isinstance(node, All) else Either(nodes)


def _split_phrase(term: Term) -> Iterator[Term]:
    """A term for each word. All languages split a phrase into as many words."""
    last = len(term.forms[0]) - 1
    written = words(term.text)
    texts = written if len(written) == last + 1 else term.forms[0]
    for n, keys in enumerate(zip(*term.forms, strict=True)):
        begins = term.begins and n == last
        yield Term(tuple((key,) for key in keys), begins, texts[n])


def _in_words(node: Node, *, is_inner: bool = False) -> str:
    match node:
        case Term():
            return node.text
        case Either():
            line = " OR ".join(_in_words(one, is_inner=True) for one in node.choices)
        case _:
            wanted = [_in_words(one, is_inner=True) for one in node.wanted]
            excluded = [f"NOT {_in_words(one, is_inner=True)}" for one in node.excluded]
            line = " AND ".join([*wanted, *excluded])
            is_inner = is_inner and len([*wanted, *excluded]) > 1
    return f"({line})" if is_inner else line
