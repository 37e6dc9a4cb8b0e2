"""Words in texts, and what makes two of them the same. Knows no database.

The same on every database, and for what is searched as for what is asked:

- accents fall away (Linköping, linkoping), and with them the ways of writing German and
  Nordic names without: Löffler, Loffler and Loeffler are one, Århus and Aarhus too;
- English endings fall away (citizen, citizens), by Snowball's stemmer, and before them
  the commonest differences of American spelling (neighborhood, organization);
- words joined by hyphens are also one word (co-production, coproduction).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from unicodedata import normalize

from snowballstemmer import stemmer

# Letters and figures, with accents that stand behind their letter, and apostrophes.
PART = r"(?:[^\W_]|[\u0300-\u036f])+(?:['’](?:[^\W_]|[\u0300-\u036f])+)*"
HYPHEN = r"[-\u2010\u2011]"
WORD = re.compile(rf"{PART}(?:{HYPHEN}{PART})*")
PARTS = re.compile(HYPHEN)

# Letters that are no other letter with an accent.
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
# PostgreSQL takes a million bytes of words a document: no word may be all of it.
LONGEST = 56
# Between two texts, so that no phrase begins in one and ends in the next.
GAP = "¶"

# Words of which a query says nothing by having them, unless it has no others.
STOP_WORDS = frozenset(
    """
    a an and are as at be been by for from had has have he her his how i in into is it
    its not of on our she so such than that the their them then there these they this to
    was we were what when where which who whom why will with you your
    """.split()  # noqa: SIM905 -- a list of strings has five times the lines
)

Key = Callable[[str], str]


@lru_cache(maxsize=2**17)
def folded(word: str) -> str:
    """“loffler”: a word in small letters without accents, joined at its hyphens."""
    plain = normalize("NFKD", word).casefold().translate(LETTERS)
    return "".join(filter(str.isalnum, normalize("NFKD", plain)))


@lru_cache(maxsize=2**17)
def spelled(word: str) -> str:
    """What a word in a name is found by, and how it begins: without its endings cut."""
    return _cut(_squeezed(folded(word)))


@lru_cache(maxsize=2**17)
def stemmed(word: str) -> str:
    """What a word in a text is found by: “organis” for organisation and organising."""
    # One of its own: a stemmer keeps the word it works on.
    return _cut(_squeezed(stemmer("english").stemWord(_one_english(folded(word)))))


def _one_english(word: str) -> str:
    for pattern, spelling in AMERICAN_OR_BRITISH:
        word = pattern.sub(spelling, word)
    return word


def _squeezed(word: str) -> str:
    pairs = ("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")  # codespell:ignore ue
    for written, letter in pairs:
        word = word.replace(written, letter)
    return word


def _cut(word: str) -> str:
    return word.encode()[:LONGEST].decode(errors="ignore")


def parts(word: str) -> list[str]:
    """The words that hyphens join."""
    return PARTS.split(word)


def words(text: str) -> list[str]:
    """Each word of a text as it stands there: “co-production” is one."""
    return WORD.findall(text)


def keys_of(texts: Iterable[str], key: Key) -> Iterator[str]:
    """What texts are found by, in their order: phrases stand together.

    A compound counts by its parts where it stands, and as one word at the end.
    """
    for text in texts:
        compounds = []
        for word in words(text):
            keys, compound = _keys(word, key)
            yield from keys
            if compound:
                compounds.append(compound)
        yield GAP
        yield from compounds


@lru_cache(maxsize=2**17)
def _keys(word: str, key: Key) -> tuple[tuple[str, ...], str]:
    """The keys of a word's parts, and of the whole if there are several."""
    pieces = parts(word)
    keys = tuple(filter(None, map(key, pieces)))
    return keys, key(word) if len(pieces) > 1 else ""
