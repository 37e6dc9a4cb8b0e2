"""The words of the documents as they are spelled, and in how many documents each is."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import batched, chain, filterfalse
from unicodedata import normalize

from django.db import connection

from casebase.search.addresses import is_address
from casebase.search.engine import Row
from casebase.search.models import Word
from casebase.search.tokenizer import folded, is_unspaced, split_compound, stemmed

CHUNK = 500
SHORTEST = 3
LONGEST = Word._meta.get_field("word").max_length
COLUMNS = ("word", "folded", "key", "n")
ADD = """
INSERT INTO search_word (word, folded, key, n) VALUES (%s, %s, %s, %s)
ON CONFLICT (word) DO UPDATE SET n = search_word.n + excluded.n
"""


def spellings(words: Sequence[str]) -> set[str]:
    """The words of a text as the vocabulary has them, in small letters: “co-löffler”
    has “co-löffler” and “löffler”. Some of them may be too short or too long for it."""
    joined = "".join(words)
    if joined.isalnum() and joined.isascii():
        return set(map(str.lower, words))
    without_addresses = filterfalse(is_address, words)
    return set(chain.from_iterable(map(_spellings, without_addresses)))


@lru_cache(maxsize=2**17)
def _spellings(word: str) -> tuple[str, ...]:
    return tuple(map(_spelling, {word, *split_compound(word)}))


def _spelling(word: str) -> str:
    return normalize("NFC", word).lower().replace("’", "'")


def _is_word(spelling: str) -> bool:
    """Whether it has no figures, is in a script with blanks and of a fitting length."""
    fits = len(spelling) >= SHORTEST and len(folded(spelling)) <= LONGEST
    return (
        fits
        and len(spelling) <= LONGEST
        and not any(sign.isdigit() or is_unspaced(sign) for sign in spelling)
    )


def update_counts(words: Mapping[str, int]) -> None:
    """Change the number of documents of each word: word → difference.

    Words that no document has any more are deleted.
    """
    changed = sorted(word for word, n in words.items() if n and _is_word(word))
    with connection.cursor() as cursor:
        cursor.executemany(ADD, _rows(words, changed))
    fewer = (word for word in changed if words[word] < 0)
    for chunk in batched(fewer, CHUNK):
        Word.objects.filter(word__in=chunk, n__lte=0).delete()


def all_rows(words: Mapping[str, int]) -> list[Row]:
    """The rows of these words, in the order of COLUMNS: word → number of documents."""
    return _rows(words, sorted(filter(_is_word, words)))


def _rows(words: Mapping[str, int], chosen: Iterable[str]) -> list[Row]:
    return [(word, folded(word), stemmed(word), words[word]) for word in chosen]
