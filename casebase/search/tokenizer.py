"""Words in texts, and what makes two of them the same. Knows no database.

The same on every database, and for what is searched as for what is asked:

- accents fall away (Linköping, linkoping), and with them the ways of writing German and
  Nordic names without: Löffler, Loffler and Loeffler are one, Århus and Aarhus too;
- English endings fall away (citizen, citizens), by Snowball's stemmer, and before them
  the commonest differences of American spelling (neighborhood, organization);
- words joined by hyphens are also one word (co-production, coproduction);
- signs of scripts that set no blanks between words, Chinese or Thai, count in pairs;
- an address is one word; so is a DOI, the same alone as in an address, and the address
  of a page of this site, the same on whichever host.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

from snowballstemmer import stemmer

from initiatives.schemes import SCHEMES

# Signs that stand on the one before: accents, and vowels of Thai or Hindi.
MARKS = "".join(filter(lambda sign: category(sign)[0] == "M", map(chr, range(2**16))))
# Letters and figures with such signs, and apostrophes.
PART = rf"(?:[^\W_]|[{MARKS}])+(?:['’](?:[^\W_]|[{MARKS}])+)*"
HYPHEN = r"[-\u2010\u2011]"
DOI = r"10\.\d{4,9}/"
PAGE = rf"/(?:{'|'.join(['initiatives', 'references', *SCHEMES])})/"
SIGNS = '[^\\s"“”„«»]*'
ADDRESS = (
    rf"(?i:(?:https?://{SIGNS}?/|(?:dx\.)?doi\.org/|doi[:\s]\s*)?{DOI}{SIGNS}\w"
    rf"|(?:https?://|www\.|(?<!\S){PAGE}){SIGNS}\w)"
)
# As much of an address as is its own.
TELLING = re.compile(
    rf"(?i:(?:.*[/:\s])?({DOI}[^?#]+)"
    rf"|(?:https?://[^/]+)?({PAGE}[^?#]+)"
    r"|(?:https?://)?(?:www\.)?([^#]+))"
)
WORD = re.compile(rf"{ADDRESS}|{PART}(?:{HYPHEN}{PART})*")
PARTS = re.compile(HYPHEN)
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

# Words of which a query says nothing by having them, unless it has no others: English
# ones, then those of other languages that mean nothing in English (not die, men, van,
# hay, sin, war), questions first: German, Dutch, Swedish; Spanish and Portuguese,
# French, Italian.
STOP_WORDS = frozenset(
    """
    a an and are as at be been by for from had has have he her his how i in into is it
    its not of on our she so such than that the their them then there these they this to
    was we were what when where which who whom why will with you your
    am any anyone anything but can could did do does don't get gets got he's if isn't
    it's just let me might must my or should someone us would
    aan al aux av avec bei dans das de degli dei del dell della delle dem der des det di
    du e ein eine einer el en et ett fra för für gli het il im la las le les lo los med
    met mit och para per por på sur um un una und une uno vom von voor y zu zum
    zur ou till
    wie was wo wer wem wen wann warum weshalb wieso welche welchen welcher welches
    auf aus dass dies diese diesem diesen dieser dieses durch einem einen haben ich ihr
    ihre im kann kein keine keinen keiner können könnte machen muss müssen nach nicht ob
    ohne sich sind soll sollen sollte tun uns unsere unseren wenn werden wir
    wird über
    hoe waar waarom wanneer wat welk welke
    bij dan deze dit dat geen heeft hebben hij ik je jij kan kunnen maar mee moet
    moeten naar niet onze ook uit wij wordt worden ze zijn
    hur vad varför vem vilka vilken vilket
    bli blir eller från får göra har inte jag kan måste när oss också sig ska vi vår
    våra är
    cómo como cuál cuáles cuándo cuando dónde donde onde porqué porque qual quais qué
    que quê quem quién quiénes
    al ao aos com con dos entre es esta está este fazer hacer más mais nas nos não pela
    pelo podemos puede pueden são se sem si sobre su sus tem tener tiene uma
    où pourquoi quand quel quelle quelles quels qui quoi
    au ce ces cette dans elle elles est être faire faut ils ne nos notre nous on pas
    peut peuvent sans sont vous
    che chi cosa perché quale quali quando
    alla anche dalla dei è essere gli nella nei nelle noi non può questa questo
    sono
    """.split()  # noqa: SIM905 -- a list of strings has five times the lines
) | {
    *("oder", "vor", "ist", "sie", "unser"),  # codespell:ignore oder,vor,ist,sie,unser
    *("doen", "som", "ser", "alle"),  # codespell:ignore doen,som,ser,alle
}
# English words of which it says nothing only beside one of these.
SILENT_BESIDE = {
    "comment": {"au", "aux", "de", "des", "du", "la", "le", "les", "un", "une", "vous"},
    "man": {"das", "dem", "der", "hur", "und", "wann", "was", "wenn", "wie"},
}


def silent(words: Iterable[str]) -> set[str]:
    """Those of the words, which stand together, of which a query says nothing."""
    plain = {word: word.casefold().replace("’", "'") for word in words}
    said = set(plain.values())
    return {
        word
        for word, key in plain.items()
        if key in STOP_WORDS or SILENT_BESIDE.get(key, set()) & said
    }


Key = Callable[[str], str]


@lru_cache(maxsize=2**17)
def folded(word: str) -> str:
    """“loffler”: a word in small letters without accents, joined at its hyphens."""
    if is_address(word) and (telling := TELLING.match(word)):
        # Of two long ones of a site, the ends differ.
        word = telling[telling.lastindex or 0].rstrip("/")[-LONGEST:]
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


# The stemmers of languages in which terms have labels, by the languages' codes.
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
    """What a word in a text of this language is found by: “de§misstrau”.

    No other language has the same; English, the language "", has bare stems.
    """
    if not language:
        return stemmed

    @lru_cache(maxsize=2**14)
    def key(word: str) -> str:
        bare = ELIDED.sub("", word) if language in ("fr", "it") else word
        stem = stemmer(STEMMERS[language]).stemWord(folded(bare))
        return _cut(f"{language}§{_squeezed(stem)}") if stem else ""

    return key


# What a word may mean in a record that speaks several languages.
IN_ANY_LANGUAGE = ("", *STEMMERS)


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


def is_address(word: str) -> bool:
    """Whether it is a DOI or an address: other words have no such signs."""
    return "." in word or "/" in word


def parts(word: str) -> list[str]:
    """The words that hyphens join."""
    return PARTS.split(word)


def words(text: str) -> list[str]:
    """Each word of a text as it stands there: “co-production” is one."""
    return WORD.findall(text)


class Piece(NamedTuple):
    """As much of a word as has a key of its own, and where it stands."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=2**17)
def pieces(word: str) -> tuple[Piece, ...]:
    """What hyphens and scripts part. Signs that set no blanks go in pairs.

    So 日本語 is 日本, 本語 and, that the last can be found alone, 語.
    """
    if is_address(word):
        return (Piece(word, 0, len(word)),)
    found = []
    for run in RUN.finditer(PARTS.sub(lambda hyphen: " " * len(hyphen[0]), word)):
        if not run["unspaced"]:
            spans = [match.span() for match in re.finditer(r"\S+", run[0])]
            found += [(start + run.start(), end + run.start()) for start, end in spans]
            continue
        signs = [sign.span() for sign in SIGN.finditer(word, *run.span())]
        ends = [end for _, end in signs[1:]] + [run.end()]
        found += [(start, end) for (start, _), end in zip(signs, ends, strict=True)]
    return tuple(Piece(word[start:end], start, end) for start, end in found)


def is_unspaced(word: str) -> bool:
    """Whether it is of a script that sets no blanks between words."""
    return re.match(f"[{UNSPACED}]", word) is not None


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
    """The keys of a word's pieces, and of the whole if hyphens join them."""
    keys = tuple(filter(None, (key(piece.text) for piece in pieces(word))))
    return keys, key(word) if len(keys) > 1 and PARTS.search(word) else ""
