"""Finds a style by what a reader types."""

import re
import unicodedata
from functools import cache

from references.styles import style_catalogue
from references.styles.cache import get_or_compute
from references.styles.style_catalogue import Style, named

# The fields that write about co-production: social sciences, British universities, the
# humanities (two), medicine and nursing. The last is how our chapter's own list looks.
COMMON = (
    "apa",
    "harvard-cite-them-right",
    "chicago-author-date",
    "modern-language-association",
    "nlm-citation-sequence",
    "springer-socpsych-author-date",
)
DEFAULT = "apa"


def common() -> list[Style]:
    """The six that are offered before anything is typed."""
    return [named(style_id) for style_id in COMMON]


def find(query: str, limit: int = 20) -> list[Style]:
    """Styles that have every typed word in a name, the likeliest first.

    A name is an id, a former id, a title or a short title. Nothing typed finds nothing.
    """
    typed = folded(query)
    if not typed:
        return []
    ranks = ((rank(typed, names), style) for names, style in named_styles())
    found = [(*standing(ranked, style), style) for ranked, style in ranks if ranked]
    return [style for *_, style in sorted(found)[:limit]]


def rank(typed: str, names: list[str]) -> int:
    """1 for a whole name, 2 for the start of one, 3 for starts of words; 0 for no."""
    if typed in names:
        return 1
    if any(name.startswith(typed) for name in names):
        return 2
    heard = " " + " ".join(names)
    return 3 if all(f" {word}" in heard for word in typed.split()) else 0


def standing(ranked: int, style: Style) -> tuple[int, int, bool, int, str]:
    """Common styles first, then better ranks, independent styles and short titles."""
    place = COMMON.index(style.id) if style.id in COMMON else len(COMMON)
    return place, ranked, bool(style.parent), len(style.title), style.title


def folded(text: str) -> str:
    """Words without accents, capitals and signs: “Universität” is heard as written."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (each for each in plain if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", "".join(letters)))


@cache
def named_styles() -> list[tuple[list[str], Style]]:
    return [(names_of(style), style) for style in every()]


def names_of(style: Style) -> list[str]:
    names = (style.id, style.title, style.short_title, *style.former_ids)
    return [folded(name) for name in names if name]


@cache
def every() -> list[Style]:
    """All 10,844, by id. Their files are read once a machine, not by each worker."""
    files = sorted(style_catalogue.FOLDER.rglob("*.csl"), key=lambda file: file.stem)
    return get_or_compute(
        ["styles"], lambda: [style_catalogue.read(file) for file in files]
    )
