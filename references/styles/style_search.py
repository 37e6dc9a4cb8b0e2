"""Search for styles by words of their names, and the styles that are offered first."""

import re
import unicodedata
from functools import cache

from references.styles import style_catalogue
from references.styles.cache import get_or_compute
from references.styles.style_catalogue import Style, get_style

# The styles of the fields that write about co-production: social sciences, British
# universities, the humanities (two), medicine and nursing. The last is the style of the
# list in our chapter.
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
    """Return the six styles that are offered before a reader types anything."""
    return [get_style(style_id) for style_id in COMMON_STYLE_IDS]


def find_styles(query: str, limit: int = 20) -> list[Style]:
    """Return up to ``limit`` styles whose names have every word typed, best first.

    A name is an id, a former id, a title or a short title. An empty query has no
    results.
    """
    typed = normalize_words(query)
    if not typed:
        return []
    ranks = ((match_rank(typed, names), style) for names, style in styles_with_names())
    found = [(*sort_key(rank, style), style) for rank, style in ranks if rank]
    return [style for *_, style in sorted(found)[:limit]]


def match_rank(typed: str, names: list[str]) -> int:
    """Return how well names match, or 0 if they don't.

    1 for a whole name, 2 for the beginning of a name, 3 for beginnings of words.
    """
    if typed in names:
        return 1
    if any(name.startswith(typed) for name in names):
        return 2
    words = " " + " ".join(names)
    return 3 if all(f" {word}" in words for word in typed.split()) else 0


def sort_key(rank: int, style: Style) -> tuple[int, int, bool, int, str]:
    """Sort common styles first, then by rank, independent styles, and short titles."""
    position = len(COMMON_STYLE_IDS)
    if style.id in COMMON_STYLE_IDS:
        position = COMMON_STYLE_IDS.index(style.id)
    return position, rank, bool(style.parent_id), len(style.title), style.title


def normalize_words(text: str) -> str:
    """Return the words in lower case, without accents and punctuation."""
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
    """Return all 10,844 styles, sorted by id.

    The result is cached, so the files are read once for all workers of a machine.
    """
    folder = style_catalogue.STYLES_FOLDER
    files = sorted(folder.rglob("*.csl"), key=lambda file: file.stem)
    return get_or_compute(
        ["styles"], lambda: [style_catalogue.read_style(file) for file in files]
    )
