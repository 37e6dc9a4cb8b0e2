"""“Did you mean”: a query in words that there are."""

from django.db.models import Q
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from casebase.search.models import Word
from casebase.search.queries import matching
from casebase.search.tokenizer import STOP_WORDS, WORD, folded, is_address, stemmed

# With fewer results than these, another spelling is offered where it finds something.
FEW = 3
# Shorter words are near to too many others.
SHORTEST = 4
# So many plain letters make it likely that the nearest word is the one that was meant.
LIKELY = 6
# The nearest spellings; the commonest of those that are equally near is taken.
COMPARED = 50


def corrected(text):
    """The query with its unknown words replaced by known ones like them, or None.

    What it gives has no unknown word that could be replaced.
    """
    whole = {match[0] for match in WORD.finditer(text) if not _is_piece(match)}
    unknown = _unknown(whole)
    known = {word: likest for word in unknown if (likest := _likest(word))}
    if not known:
        return None
    return WORD.sub(lambda match: known.get(match[0], match[0]), text)


def is_slip(text, better):
    """Whether each word that another spelling replaces is likely a slip of that one.

    Few letters, as in naive, or accents may make a word of their own.
    """
    pairs = zip(WORD.findall(text), WORD.findall(better), strict=True)
    replaced = (old for old, new in pairs if old != new)
    return all(len(word) >= LIKELY and word.isascii() for word in replaced)


def _is_piece(match):
    """Whether * stands before or behind it."""
    return "*" in match.string[max(match.start() - 1, 0) : match.end() + 1]


def _unknown(words):
    """Those of which no document has any form, in whatever language."""
    keys = {word: stemmed(word) for word in words if _may_be_misspelt(word)}
    known = Word.objects.filter(key__in=keys.values())
    known = set(known.values_list("key", flat=True))
    unknown = [word for word, key in keys.items() if key not in known]
    return [word for word in unknown if not matching("concept", f'"{word}"')]


def _may_be_misspelt(word):
    if len(word) < SHORTEST or is_address(word) or word.casefold() in STOP_WORDS:
        return False
    return not any(map(str.isdigit, word))


def _likest(word):
    """The known word that is nearest in spelling, if any is near."""
    asked = folded(word)
    near = Q(folded__startswith=asked[0]) | Q(folded__startswith=asked[1])
    near |= Q(folded__endswith=asked[-3:])
    rows = Word.objects.filter(near).values_list("word", "folded", "n")
    known = {spelling: (plain, n) for spelling, plain, n in rows.iterator()}
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


def _rank(asked, plain, n):
    """Of equally near words: the first letter is mistaken least, and common words are
    meant most."""
    return plain[0] != asked[0], -n
