"""Why a record was found: the texts that hold the words, with the words marked.

Text and marks are separate, so that a template can escape the text and not the marks.
Knows no database.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebase.search.documents import DocumentPart
from casebase.search.query_tree import Query, Term
from casebase.search.tokenizer import (
    is_compound,
    keys_of,
    pieces,
    stemmed_in,
    word_pattern,
)

WIDTH, BEFORE = 220, 60
MOST = 2
# The order in which texts with the same words are shown, by their weights: running text
# says most about why a record was found, a name least.
MOST_TELLING_FIRST = "CDBA"

type Span = tuple[int, int]


@dataclass(frozen=True)
class Snippet:
    """A piece of one text; ``pieces`` are pairs of text and whether it is marked."""

    label: str
    anchor: str
    pieces: list[tuple[str, bool]]


def snippets_of(parts: Iterable[DocumentPart], query: Query) -> list[Snippet]:
    """Return snippets of at most two texts, as few as contain all found words."""
    found = _found(parts, query.wanted)
    shown, seen = [], set[Term]()
    for _ in range(MOST):
        part, terms = max(found, key=lambda pair: len(pair[1] - seen))
        if not terms - seen:
            break
        seen |= terms
        marks = _marks(part, terms)
        excerpt = _marked_words if part.is_hidden else _excerpt
        shown.append(Snippet(part.label, part.anchor, excerpt(part.text, marks)))
    return shown


def marked_pieces(text: str, query: Query) -> list[tuple[str, bool]]:
    """Return a whole English text in pieces: pairs of text and whether it is marked."""
    marks = _marks(DocumentPart("C", "", text), set(query.wanted))
    return [pair for pair in _cut(text, marks, 0, len(text)) if pair[0]]


def _found(
    parts: Iterable[DocumentPart], terms: list[Term]
) -> list[tuple[DocumentPart, set[Term]]]:
    """Texts and the terms they hold, up to a text that holds all of them."""
    found = []
    for part in sorted(parts, key=_order):
        held = _terms_in(part, terms)
        found.append((part, held))
        if len(held) == len(terms):
            break
    return found


def _order(part: DocumentPart) -> tuple[bool, int]:
    return part.is_hidden, MOST_TELLING_FIRST.index(part.weight)


def _terms_in(part: DocumentPart, terms: list[Term]) -> set[Term]:
    """The terms that a text holds.

    Places of phrases are looked for only in texts with all of their words.
    """
    keys = set(keys_of([part.text], stemmed_in(part.language)))
    held = {term for term in terms if _may_hold(keys, term)}
    return {term for term in held if len(term.forms[0]) == 1 or _marks(part, {term})}


def _may_hold(keys: set[str], term: Term) -> bool:
    for *before, last in term.forms:
        begins = term.begins and any(key.startswith(last) for key in keys)
        if (last in keys or begins) and keys.issuperset(before):
            return True
    return False


def _marks(part: DocumentPart, terms: set[Term]) -> list[Span]:
    """Yield the places of the terms in a text."""
    single, compounds = _keyed(part)
    forms = [(keys, term.begins) for term in terms for keys in term.forms]
    spans = [span for form in forms for span in _runs(single, *form)]
    alone = [form for form in forms if len(form[0]) == 1]
    spans += [span for form in alone for span in _runs(compounds, *form)]
    return _merged(spans)


type Keyed = list[tuple[str, Span]]


def _keyed(part: DocumentPart) -> tuple[Keyed, Keyed]:
    """The keys and places of the pieces of a text's words, and of whole compounds."""
    single: Keyed = []
    compounds: Keyed = []
    key = stemmed_in(part.language)
    for match in word_pattern().finditer(part.text):
        word, at = match[0], match.start()
        single += [
            (key(one.text), (at + one.start, at + one.end)) for one in pieces(word)
        ]
        if is_compound(word):
            compounds.append((key(word), match.span()))
    return single, compounds


def _runs(keyed: Keyed, wanted: tuple[str, ...], begins: bool) -> Iterator[Span]:
    """Yield the places where the words of a term are adjacent."""
    length = len(wanted)
    for i in range(len(keyed) - length + 1):
        keys = tuple(key for key, _ in keyed[i : i + length])
        is_last = begins and keys[-1].startswith(wanted[-1])
        if keys == wanted or (is_last and keys[:-1] == wanted[:-1]):
            yield keyed[i][1][0], keyed[i + length - 1][1][1]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; those that overlap are joined."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _excerpt(text: str, marks: list[Span]) -> list[tuple[str, bool]]:
    """The stretch of a text with most marks, cut between words."""
    first = _densest([start for start, _ in marks])
    start, end = max(first - BEFORE, 0), min(first + WIDTH - BEFORE, len(text))
    if start:
        start = text.find(" ", start, first) + 1 or first
    if end < len(text):
        cut = text.rfind(" ", first, end)
        end = cut if cut > first else end
    pieces = [("…" if start else "", False), *_cut(text, marks, start, end)]
    pieces += [("…" if end < len(text) else "", False)]
    return [(piece, marked) for piece, marked in pieces if piece]


def _cut(
    text: str, marks: list[Span], start: int, end: int
) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a stretch of a text; some may be empty."""
    at = start
    for mark_start, mark_end in marks:
        if start <= mark_start < end:
            yield text[at:mark_start], False
            at = min(mark_end, end)
            yield text[mark_start:at], True
    yield text[at:end], False


def _marked_words(text: str, marks: list[Span]) -> list[tuple[str, bool]]:
    """Return the marked words only, for a text that is not shown."""
    pieces = [(text[start:end], True) for start, end in marks]
    return [pair for piece in pieces for pair in ((" ", False), piece)][1:]


def _densest(starts: list[int]) -> int:
    """The start behind which most others are within reach."""
    reach = WIDTH - BEFORE
    counts = [bisect(starts, start + reach) - i for i, start in enumerate(starts)]
    return starts[counts.index(max(counts))]
