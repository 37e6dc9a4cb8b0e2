"""“Did you mean”: a query in which unknown words are replaced by known ones."""

from collections.abc import Iterable
from re import Match

from django.db.models import Q
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from casebase.search.addresses import is_address
from casebase.search.models import Word
from casebase.search.queries import matching
from casebase.search.searched_records import multilingual_kinds
from casebase.search.stop_words import is_stop_word
from casebase.search.tokenizer import folded, stemmed, word_pattern

# If a query finds fewer records than these, another spelling is looked for.
FEW = 3
# Shorter words are like too many others.
SHORTEST = 4
# In words of at least this length, the nearest word is likely the intended one.
LIKELY = 6
# This many of the nearest spellings are compared by their frequency.
COMPARED = 50


def corrected(text: str, names: Iterable[str] = ()) -> str | None:
    """The query with its unknown words replaced by the nearest known ones.

    Words of ``names`` are known, besides those of the records.
    None if there is nothing to replace: never a text that could be corrected again.
    """
    found = word_pattern().finditer(text)
    also = {word.lower() for name in names for word in word_pattern().findall(name)}
    unknown = _unknown({match[0] for match in found if not _is_piece(match)}, also)
    known = {word: nearest for word in unknown if (nearest := _nearest(word, also))}
    if not known:
        return None
    return word_pattern().sub(lambda match: known.get(match[0], match[0]), text)


def is_likely_typo(text: str, better: str) -> bool:
    """Whether each word that a corrected text replaces is likely a misspelling.

    A word with few letters, as “naive”, or with accents may be one that no record has.
    """
    find_words = word_pattern().findall
    pairs = zip(find_words(text), find_words(better), strict=True)
    replaced = (old for old, new in pairs if old != new)
    return all(len(word) >= LIKELY and word.isascii() for word in replaced)


def _is_piece(match: Match[str]) -> bool:
    """Return whether * precedes or follows the word."""
    return "*" in match.string[max(match.start() - 1, 0) : match.end() + 1]


def _unknown(words: Iterable[str], also: Iterable[str]) -> list[str]:
    """Return the words that no document has in any form, in any language, and that are
    none of those in ``also``."""
    keys = {word: stemmed(word) for word in words if _may_be_misspelt(word)}
    found = Word.objects.filter(key__in=keys.values())
    known = {*found.values_list("key", flat=True), *map(stemmed, also)}
    unknown = [word for word, key in keys.items() if key not in known]
    return [word for word in unknown if not _is_foreign(word)]


def _is_foreign(word: str) -> bool:
    """Whether a record has a form of the word in some language."""
    return any(matching(kind, f'"{word}"') for kind in multilingual_kinds())


def _may_be_misspelt(word: str) -> bool:
    if len(word) < SHORTEST or is_address(word) or is_stop_word(word):
        return False
    return not any(map(str.isdigit, word))


def _nearest(word: str, also: Iterable[str]) -> str | None:
    """The known word that is nearest in spelling, or None if none is near. Those in
    ``also`` count as the rarest."""
    asked = folded(word)
    near = Q(folded__startswith=asked[0]) | Q(folded__startswith=asked[1])
    near |= Q(folded__endswith=asked[-3:])
    rows = Word.objects.filter(near).values_list("word", "folded", "n")
    known = {spelling: (folded(spelling), 0) for spelling in also}
    known |= {spelling: (plain, n) for spelling, plain, n in rows.iterator()}
    found = extract(
        asked,
        {spelling: plain for spelling, (plain, _) in known.items()},
        scorer=OSA.distance,
        score_cutoff=1 + len(asked) // 6,
        limit=COMPARED,
    )
    likely = [
        (distance, *_rank(asked, *known[word]), word) for _, distance, word in found
    ]
    return min(likely)[-1] if likely else None


def _rank(asked: str, plain: str, n: int) -> tuple[bool, int]:
    """Sorts equally near words: people seldom mistake the first letter, and most often
    mean common words."""
    return plain[0] != asked[0], -n
