"""The words of the documents as they are spelled, and in how many documents each is."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import batched
from unicodedata import normalize

from django.db import connection

from casebase.search.addresses import is_address
from casebase.search.documents import DocumentPart
from casebase.search.models import Word
from casebase.search.tokenizer import (
    folded,
    is_unspaced,
    split_compound,
    stemmed,
    words,
)

CHUNK = 500
SHORTEST = 3
LONGEST = Word._meta.get_field("word").max_length
ADD = """
INSERT INTO search_word (word, folded, key, n) VALUES (%s, %s, %s, %s)
ON CONFLICT (word) DO UPDATE SET n = search_word.n + excluded.n
"""


def words_of(document_parts: Iterable[Sequence[str]]) -> set[str]:
    """The set of words that a document adds to the vocabulary, in small letters."""
    found = {
        word for part in document_parts for word in words(DocumentPart(*part).text)
    }
    return {spelling for word in found for spelling in _spellings(word)}


@lru_cache(maxsize=2**17)
def _spellings(word: str) -> tuple[str, ...]:
    """“co-löffler” and “löffler”: a compound and its parts, if they are words."""
    if is_address(word):
        return ()
    return tuple(filter(_is_word, map(_spelling, {word, *split_compound(word)})))


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


def clear() -> None:
    Word.objects.all().delete()


def update_counts(words: Mapping[str, int]) -> None:
    """Change the number of documents of each word: word → difference.

    Words that no document has any more are deleted.
    """
    changed = sorted(word for word, n in words.items() if n)
    rows = [[word, folded(word), stemmed(word), words[word]] for word in changed]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)
    fewer = (word for word in changed if words[word] < 0)
    for chunk in batched(fewer, CHUNK):
        Word.objects.filter(word__in=chunk, n__lte=0).delete()
