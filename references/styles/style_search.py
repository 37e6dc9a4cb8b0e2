"""Finds a style by what a reader types."""

import re
import unicodedata
from functools import cache

from references.styles import style_catalogue
from references.styles.cache import get_or_compute
from references.styles.style_catalogue import Style, get_style

# The fields that write about co-production: social sciences, British universities, the
# humanities (two), medicine and nursing. The last is how our chapter's own list looks.
COMMON_STYLE_IDS = (
    "apa",
    "harvard-cite-them-right",
    "chicago-author-date",
    "modern-language-association",
    "nlm-citation-sequence",
    "springer-socpsych-author-date",
)
DEFAULT_STYLE_ID = "apa"


def common_styles() -> list[Style]:
    """The six that are offered before anything is typed."""
    return [get_style(style_id) for style_id in COMMON_STYLE_IDS]


def find_styles(query: str, limit: int = 20) -> list[Style]:
    """Styles that have every typed word in a name, the likeliest first.

    A name is an id, a former id, a title or a short title. Nothing typed finds nothing.
    """
    typed = normalize_words(query)
    if not typed:
        return []
    ranks = ((match_rank(typed, names), style) for names, style in styles_with_names())
    found = [(*sort_key(ranked, style), style) for ranked, style in ranks if ranked]
    return [style for *_, style in sorted(found)[:limit]]


def match_rank(typed: str, names: list[str]) -> int:
    """1 for a whole name, 2 for the start of one, 3 for starts of words; 0 for no."""
    if typed in names:
        return 1
    if any(name.startswith(typed) for name in names):
        return 2
    heard = " " + " ".join(names)
    return 3 if all(f" {word}" in heard for word in typed.split()) else 0


def sort_key(ranked: int, style: Style) -> tuple[int, int, bool, int, str]:
    """Common styles first, then better ranks, independent styles and short titles."""
    place = (
        COMMON_STYLE_IDS.index(style.id)
        if style.id in COMMON_STYLE_IDS
        else len(COMMON_STYLE_IDS)
    )
    return place, ranked, bool(style.parent), len(style.title), style.title


def normalize_words(text: str) -> str:
    """Words without accents, capitals and signs: “Universität” is heard as written."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (each for each in plain if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", "".join(letters)))


@cache
def styles_with_names() -> list[tuple[list[str], Style]]:
    return [(searchable_names(style), style) for style in all_styles()]


def searchable_names(style: Style) -> list[str]:
    names = (style.id, style.title, style.short_title, *style.former_ids)
    return [normalize_words(name) for name in names if name]


@cache
def all_styles() -> list[Style]:
    """All 10,844, by id. Their files are read once a machine, not by each worker."""
    files = sorted(
        style_catalogue.STYLES_FOLDER.rglob("*.csl"), key=lambda file: file.stem
    )
    return get_or_compute(
        ["styles"], lambda: [style_catalogue.read_style(file) for file in files]
    )
