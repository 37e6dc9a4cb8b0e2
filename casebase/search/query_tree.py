"""What a reader asks for, as a tree of terms. Knows no database; see reading.py."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casebase.search.tokenizer import words


@dataclass(frozen=True)
class Term:
    """One word, or the words of a phrase: by which keys it is found, in their order.

    It has a form in each language that is asked. ``begins``: the last key need only
    begin so. ``text``: as the reader wrote it.
    """

    forms: tuple[tuple[str, ...], ...]
    begins: bool = False
    text: str = field(default="", compare=False)


@dataclass(frozen=True)
class All:
    """Nodes that are all wanted, and nodes of which none may be there."""

    wanted: tuple["Node", ...]
    unwanted: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Either:
    """Nodes of which one is enough."""

    choices: tuple["Node", ...]


type Node = Term | All | Either


@dataclass(frozen=True)
class Query:
    """A tree of what is asked for. False when there is nothing to look for.

    ``silent``: words that say nothing and were left out; ``unread``: sentences on what
    was not understood.
    """

    root: Node | None = None
    silent: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.root is not None

    @property
    def wanted(self) -> list[Term]:
        """Every term that may be found, once."""
        return list(dict.fromkeys(_wanted(self.root))) if self.root else []

    @property
    def hopes(self) -> "Query":
        """What it wants, whatever else it does not: by which records are compared."""
        return Query(_hoped(self.root)) if self.root else self

    @property
    def loose(self) -> "Query":
        """The same words in any order; nothing unwanted."""
        hoped = self.hopes.root
        return Query(_loosened(hoped)) if hoped else Query()

    @property
    def single_words(self) -> list[Term]:
        """The words of what it wants, each on its own."""
        return list(dict.fromkeys(one for term in self.wanted for one in _singly(term)))

    @property
    def forbidden(self) -> "Query":
        """What no record may have; false where nothing is unwanted."""
        nodes = tuple(dict.fromkeys(_unwanted(self.root))) if self.root else ()
        return Query(Either(nodes)) if nodes else Query()

    @property
    def meaning(self) -> str:
        """How it was read: “volunteers AND NOT police”."""
        return _said(self.root) if self.root else ""

    def having(self, term: Term) -> "Query":
        """What the query finds, as far as it has this term too."""
        return Query(All((self.root, term))) if self.root else self


# Finds every document: nothing is wanted, nothing unwanted.
EVERYTHING = Query(All(()))


def any_of(terms: list[Term]) -> Query:
    return Query(Either(tuple(terms)))


def _wanted(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    else:
        for one in _parts(node):
            yield from _wanted(one)


def _parts(node: All | Either) -> tuple[Node, ...]:
    """The nodes in it that may be found."""
    return node.wanted if isinstance(node, All) else node.choices


def _unwanted(node: Node) -> Iterator[Node]:
    match node:
        case All():
            yield from node.unwanted
            for one in node.wanted:
                yield from _unwanted(one)
        case Either():
            for one in node.choices:
                yield from _unwanted(one)


def _hoped(node: Node) -> Node | None:
    """The node without what is unwanted, or None if it wants nothing."""
    if isinstance(node, Term):
        return node
    hoped = [one for one in map(_hoped, _parts(node)) if one]
    return _like(node, hoped) if hoped else None


def _loosened(node: Node) -> Node:
    if isinstance(node, Term):
        return All(tuple(_singly(node)))
    return _like(node, map(_loosened, _parts(node)))


def _like(node: All | Either, nodes: Iterable[Node]) -> Node:
    both = tuple(nodes)
    return All(both) if isinstance(node, All) else Either(both)


def _singly(term: Term) -> Iterator[Term]:
    """Languages cut a phrase into as many words."""
    last = len(term.forms[0]) - 1
    said = words(term.text)
    texts = said if len(said) == last + 1 else term.forms[0]
    for n, keys in enumerate(zip(*term.forms, strict=True)):
        begins = term.begins and n == last
        yield Term(tuple((key,) for key in keys), begins, texts[n])


def _said(node: Node, *, is_inner: bool = False) -> str:
    match node:
        case Term():
            return node.text
        case Either():
            said = " OR ".join(_said(one, is_inner=True) for one in node.choices)
        case _:
            wanted = [_said(one, is_inner=True) for one in node.wanted]
            unwanted = [f"NOT {_said(one, is_inner=True)}" for one in node.unwanted]
            said = " AND ".join([*wanted, *unwanted])
            is_inner = is_inner and len([*wanted, *unwanted]) > 1
    return f"({said})" if is_inner else said
