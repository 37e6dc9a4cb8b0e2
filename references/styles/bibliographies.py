"""Bibliographies of works, as entries. Each is set once and then kept."""

from collections import Counter
from collections.abc import Iterable

from casebase.files.jobs import Report, ignore_report
from references.csl import Work
from references.styles.cache import get_or_compute
from references.styles.entry_html import Entry
from references.styles.errors import UnknownLocaleError
from references.styles.list_splitting import first_creator, issued_year
from references.styles.locales import LOCALES, default_locale
from references.styles.pandoc_items import Item
from references.styles.pandoc_styles import YEAR_SUFFIX_DISAMBIGUATION
from references.styles.rendering import render
from references.styles.style_catalogue import get_style
from references.styles.year_suffixes import added_suffixes


def render_bibliography(
    works: Iterable[Work],
    style_id: str,
    locale: str = "",
    *,
    report: Report = ignore_report,
) -> list[Entry]:
    """Every work once, in the style's order.

    Without a locale the language is the style's own; see locales.py. Above a
    thousand works it takes seconds: see jobs.py. Raises what errors.py has.
    """
    return get_entries(
        [work.to_csl() for work in works], style_id, locale, report=report
    )


def find_year_suffixes(
    works: Iterable[Work], style_id: str, locale: str = ""
) -> dict[str, str]:
    """The a of “2012a” by the key of the work, for those that have a letter."""
    items = [work.to_csl() for work in works]
    alike = Counter((first_creator(item), issued_year(item)) for item in items)
    if all(n == 1 for n in alike.values()):
        return {}
    lettered = get_entries(items, style_id, locale)
    return added_suffixes(
        get_entries(items, style_id, locale, without=YEAR_SUFFIX_DISAMBIGUATION),
        lettered,
    )


def get_entries(
    items: list[Item],
    style_id: str,
    locale: str,
    *,
    without: frozenset[str] = frozenset(),
    report: Report = ignore_report,
) -> list[Entry]:
    style = get_style(style_id)
    locale = resolve_locale(style_id, locale)
    made_of = [style.parent or style.id, locale, sorted(without), items]
    return get_or_compute(
        made_of, lambda: render(items, style, locale, without=without, report=report)
    )


def resolve_locale(style_id: str, locale: str) -> str:
    """Raises ``UnknownLocaleError``."""
    if locale and locale not in LOCALES:
        raise UnknownLocaleError(f"No list can be set in the language “{locale}”.")
    return locale or default_locale(get_style(style_id))
