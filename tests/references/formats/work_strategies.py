"""Works to test formats with: the fixtures, and any that the database could have."""

import json
from pathlib import Path

from hypothesis import strategies as st

from references.csl import Name, Work
from references.formats.bibtex_fields import BIBLATEX_ENTRY_TYPES
from references.formats.html_markup import strip_html
from references.formats.name_parser import OTHERS_CSL, invert_name
from references.formats.work_format import collapse_to_line
from references.partial_date import PartialDate, is_calendar_date
from references.title_markup import OPENINGS

ROOT = Path(__file__).parents[3]
FIXTURES = [
    Work.model_validate(item)
    for item in json.loads((ROOT / "fixtures/references.csl.json").read_text())
]

KEYS = st.from_regex(r"[a-z][a-z0-9]{0,7}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
# Letters of every kind, and characters with a meaning in any of the formats.
PLAIN = "aAéßØşńいİ1"
SPECIAL_CHARACTERS = " \\{}$&%#_~^\"'`’“–-,;:.=+@/<>()[]|*?!\u00a0\u2028\t\n\x1f"
TEXTS = st.one_of(
    st.text(st.sampled_from(PLAIN + SPECIAL_CHARACTERS), min_size=1, max_size=30),
    st.text(min_size=1, max_size=20),
).filter(lambda text: "\0" not in text and collapse_to_line(text))
WORDS = st.text(st.sampled_from(PLAIN + "bcdBCD’-. ,&_{\\~"), min_size=1, max_size=15)
NAME_TEXTS = (
    WORDS.filter(collapse_to_line)
    | TEXTS
    | st.sampled_from(["van", "De", "d’", "and", "von der", *",;-", "et al.", "U. A."])
)
TITLE_MARKS = ["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "<sub>", "</sub>"]
TITLE_MARKS += [OPENINGS["span"], "</span>"]
TITLES = (
    TEXTS | st.lists(TEXTS | st.sampled_from(TITLE_MARKS), max_size=7).map("".join)
).filter(lambda text: collapse_to_line(strip_html(text)))
LANGUAGES = st.sampled_from(["en", "en-GB", "de", "de-CH", "es", "ja", "gd", "sr-Latn"])
DATES = st.builds(
    PartialDate,
    st.integers(1, 9999),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 31),
).filter(lambda date: (date.month or not date.day) and is_calendar_date(date))
PARTICLES = ("dropping-particle", "non-dropping-particle")
PEOPLE = st.fixed_dictionaries(
    {"family": NAME_TEXTS},
    optional=dict.fromkeys(("given", *PARTICLES), NAME_TEXTS)
    | {"suffix": NAME_TEXTS.filter(lambda text: len(text) <= 20)},
)
ORGANIZATIONS = st.fixed_dictionaries({"literal": NAME_TEXTS})
NAMES_BUT_ET_AL = st.lists(
    PEOPLE | ORGANIZATIONS,
    max_size=4,
    unique_by=lambda name: collapse_to_line(invert_name(Name.model_validate(name))),
)
NAMES = st.builds(
    lambda names, others: [*names, *(others if names else [])],
    NAMES_BUT_ET_AL,
    st.sampled_from([[], [OTHERS_CSL]]),
)
URLS = st.from_regex(
    r"https?://[a-z]{1,5}\.org/[^\s\x00-\x1f\x7f-\x9f]{0,20}", fullmatch=True
)
DOIS = st.from_regex(r"10\.[0-9]{4}/[^\s\x00-\x1f\x7f-\x9f]{0,19}[a-z]", fullmatch=True)
CUSTOM = st.fixed_dictionaries(
    {},
    optional={
        "correction": TEXTS,
        "chapter-position": st.integers(1, 999),
        "former-keys": st.lists(KEYS, unique=True, min_size=1, max_size=3),
    },
)
TEXT_VARIABLES = (
    *("container-title", "collection-title", "event-title", "event-place", "volume"),
    *("issue", "page", "number", "edition", "genre", "authority", "publisher"),
    *("publisher-place", "note"),
)
WORKS = st.fixed_dictionaries(
    {
        "id": KEYS,
        "type": st.sampled_from(sorted(BIBLATEX_ENTRY_TYPES)),
        "title": TITLES,
        "author": NAMES,
        "editor": NAMES,
    },
    optional={
        **dict.fromkeys(TEXT_VARIABLES, TEXTS),
        **{"issued": DATES, "accessed": DATES, "language": LANGUAGES},
        **{"URL": URLS, "DOI": DOIS, "custom": CUSTOM},
    },
).map(Work.model_validate)
