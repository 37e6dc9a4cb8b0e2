"""Words in texts, and the keys by which they are found. Knows no database.

The keys are the same on every database, for texts and for queries:

- accents and their German and Nordic substitutes are dropped: Löffler, Loffler and
  Loeffler are one word, and so are Århus and Aarhus;
- English endings are cut off (citizen, citizens) by Snowball's stemmer, after the
  commonest differences of American spelling (neighborhood, organization);
- words joined by hyphens are also one word (co-production, coproduction);
- characters of scripts without spaces, as Chinese or Thai, are indexed in pairs;
- an address is one word; so is a DOI, alone or in an address, and the address of a page
  of this site, whatever its host.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple
from unicodedata import category, normalize

from Stemmer import Stemmer

from casebase.search.addresses import address_pattern, identifying_part, is_address

# Signs that combine with the one before: accents, and vowels of Thai or Hindi.
MARKS = "".join(filter(lambda sign: category(sign)[0] == "M", map(chr, range(2**16))))
# Letters and figures with such signs, and apostrophes.
PART = rf"(?:[^\W_]|[{MARKS}])+(?:['’](?:[^\W_]|[{MARKS}])+)*"
HYPHEN = r"[-\u2010\u2011]"
HYPHENS = re.compile(HYPHEN)
# Most texts have neither addresses nor letters besides those of ASCII: no odd sign. In
# these, a simpler pattern finds the same words in a quarter of the time.
ODD = re.compile(r"[^\x00-.0-\x7f‘’“”–—…\u2010\u2011]")
PLAIN = re.compile(r"[A-Za-z0-9]+(?:['’\u2010\u2011-][A-Za-z0-9]+)*")
# Thai, Lao, Burmese, Khmer; Japanese and Chinese; Korean, which joins its particles.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff"
    r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff"
    r"\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
    r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff"
)
# A run of one kind of script, and the signs of those that set no blanks.
RUN = re.compile(rf"(?P<unspaced>[{UNSPACED}{MARKS}]+)|[^{UNSPACED}]+")
SIGN = re.compile(rf"[^{MARKS}][{MARKS}]*|[{MARKS}]+")

# Letters that Unicode does not decompose into a plain one and an accent.
LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)
AMERICAN_OR_BRITISH = [
    (re.compile(r"iz(?=(e[drs]?|ers|ing|ation\w*)$)"), "is"),
    # Not hour, four and court.
    (re.compile(r"(?<=\w\w)our"), "or"),
    (re.compile(r"^(program|gram)me(?=s?$)"), r"\1"),
    (re.compile(r"^(cen|thea|me|li)tre(?=s?$)"), r"\1ter"),  # codespell:ignore tre
]
# Bytes of a key. PostgreSQL takes a million for all keys of a document, and one word
# must not take all of them.
LONGEST = 56
# Words of texts whose keys are kept at a time. Few others are in more than a few texts.
MOST_WORDS = 2**17
# Words that are kept at a time of what readers type, who may type anything.
MOST_TYPED = 2**12
# The key between two texts, so that no phrase begins in one and ends in the next.
GAP = "¶"

# Makes the key of a word. A word is found by another if both have the same key.
Key = Callable[[str], str]


@cache
def word_pattern() -> re.Pattern[str]:
    """An address, or letters and figures with the hyphens between them."""
    return re.compile(rf"{address_pattern()}|{PART}(?:{HYPHEN}{PART})*")


def folded(word: str) -> str:
    """Return a word in lower case without accents and hyphens: “loffler”."""
    if is_address(word) and (own := identifying_part(word)) is not None:
        # Two long addresses on one site differ at their ends.
        word = own[-LONGEST:]
    if word.isascii():
        plain = word.lower()
    else:
        plain = normalize("NFKD", word).casefold().translate(LETTERS)
        plain = normalize("NFKD", plain)
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


@lru_cache(maxsize=MOST_TYPED)
def spelled(word: str) -> str:
    """The key of a word in a name. It keeps its ending: beginnings have to be found."""
    return _truncated(_without_digraphs(folded(word)))


@lru_cache(maxsize=MOST_TYPED)
def stemmed(word: str) -> str:
    """The key of a word in an English text: “organis” of organising, organisation.

    Nothing is cut off an address: /themes/museum/ and /themes/museums/ are two pages.
    """
    if is_address(word):
        return _truncated(folded(word))
    stem = _stem("english", _with_one_spelling(folded(word)))
    return _truncated(_without_digraphs(stem))


def _stem(language: str, word: str) -> str:
    # Every call has a stemmer of its own because it stores the word it works on. We
    # keep stems ourselves, so it keeps none.
    return str(Stemmer(language, 0).stemWord(word))


# The stemmers of languages besides English, by their ISO 639-1 codes.
STEMMERS = {
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "sv": "swedish",
}
# French and Italian articles and prepositions that lose their vowel: l’aide, all’aiuto.
ELIDED = re.compile(r"^[^\W\d_]{1,6}['’](?=\w)")


@cache
def stemmed_in(language: str) -> Key:
    """The function that makes the keys of words in this language: “de§misstrau”.

    No two languages have a key in common. English, whose code is "", has bare stems.
    """
    if not language:
        return stemmed

    @lru_cache(maxsize=2**14)
    def key(word: str) -> str:
        bare = ELIDED.sub("", word) if language in ("fr", "it") else word
        stem = _stem(STEMMERS[language], folded(bare))
        return _truncated(f"{language}§{_without_digraphs(stem)}") if stem else ""

    return key


# English comes first, as Part.language has it.
LANGUAGES = ("", *STEMMERS)


def _with_one_spelling(word: str) -> str:
    for pattern, spelling in AMERICAN_OR_BRITISH:
        word = pattern.sub(spelling, word)
    return word


def _without_digraphs(word: str) -> str:
    pairs = ("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")  # codespell:ignore ue
    for written, letter in pairs:
        word = word.replace(written, letter)
    return word


def _truncated(word: str) -> str:
    return word.encode()[:LONGEST].decode(errors="ignore")


def is_compound(word: str) -> bool:
    """Whether it consists of words with hyphens between them."""
    return HYPHENS.search(word) is not None


def split_compound(word: str) -> list[str]:
    """The words that hyphens join, or the one word itself."""
    return HYPHENS.split(word)


def words(text: str) -> list[str]:
    """The words of a text as they are written there: “co-production” is one."""
    is_ascii = text.isascii() and "/" not in text
    is_plain = (is_ascii or not ODD.search(text)) and "www." not in text.lower()
    return PLAIN.findall(text) if is_plain else word_pattern().findall(text)


class Piece(NamedTuple):
    """A stretch of a word with a key of its own, and its place in the word."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=MOST_TYPED)
def pieces(word: str) -> tuple[Piece, ...]:
    """Split a word at its hyphens and where the script changes.

    Signs of scripts without blanks go in pairs: 日本語 is 日本, 本語 and, so that the
    last can be found alone, 語.
    """
    if is_address(word):
        return (Piece(word, 0, len(word)),)
    found = []
    for run in RUN.finditer(HYPHENS.sub(lambda hyphen: " " * len(hyphen[0]), word)):
        if not run["unspaced"]:
            spans = [match.span() for match in re.finditer(r"\S+", run[0])]
            found += [(start + run.start(), end + run.start()) for start, end in spans]
            continue
        signs = [sign.span() for sign in SIGN.finditer(word, *run.span())]
        ends = [end for _, end in signs[1:]] + [run.end()]
        found += [(start, end) for (start, _), end in zip(signs, ends, strict=True)]
    return tuple(Piece(word[start:end], start, end) for start, end in found)


def is_unspaced(word: str) -> bool:
    """Whether it begins with a sign of a script that sets no blanks between words."""
    return re.match(f"[{UNSPACED}]", word) is not None


def keys_of(texts: Iterable[str], key: Key) -> Iterator[str]:
    """The keys of texts in the order of their words, with a GAP behind each text.

    A compound has the keys of its parts in its place, and as a whole one at the end.
    """
    for text in texts:
        yield from keys_of_words(words(text), key)


def keys_of_words(words: Collection[str], key: Key) -> list[str]:
    """The keys of the words of one text: see keys_of()."""
    keys_of_word = keys_by_word(key).__getitem__
    keys = [*chain.from_iterable(map(keys_of_word, words)), GAP]
    if not "".join(words).isalnum():
        compounds = filter(is_compound, words)
        keys += [key(word) for word in compounds if len(keys_of_word(word)) > 1]
    return keys


class KeysByWord(dict[str, tuple[str, ...]]):
    """Word → the keys of its pieces, which are kept: most words are in very many texts.

    A dictionary, because it finds a word in half of the time that lru_cache takes. It
    keeps no addresses, most of which are in one text alone, and no words that are
    longer than their keys may be.
    """

    def __init__(self, key: Key) -> None:
        self.key = key

    def __missing__(self, word: str) -> tuple[str, ...]:
        if is_address(word):
            return tuple(filter(None, [self.key(word)]))
        keys = tuple(filter(None, (self.key(piece.text) for piece in pieces(word))))
        if len(word) <= LONGEST:
            if len(self) >= MOST_WORDS:
                self.clear()
            self[word] = keys
        return keys


keys_by_word = cache(KeysByWord)
