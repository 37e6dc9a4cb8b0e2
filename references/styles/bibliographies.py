"""Bibliographies of works, as entries. Each is set once and then kept."""

from collections import Counter
from collections.abc import Iterable

from casebase.files.jobs import Report, ignore_report
from references.csl import Work
from references.styles.cache import get_or_compute
from references.styles.entry_html import Entry
from references.styles.errors import UnknownLocaleError
from references.styles.list_splitting import first_maker, year_of
from references.styles.locales import LOCALES, own_locale
from references.styles.pandoc_items import Item
from references.styles.pandoc_styles import OF_YEARS
from references.styles.rendering import render
from references.styles.style_catalogue import named
from references.styles.year_suffixes import letters_added


def bibliography(
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
    return entries_of(
        [work.to_csl() for work in works], style_id, locale, report=report
    )


def year_letters(
    works: Iterable[Work], style_id: str, locale: str = ""
) -> dict[str, str]:
    """The a of “2012a” by the key of the work, for those that have a letter."""
    items = [work.to_csl() for work in works]
    alike = Counter((first_maker(item), year_of(item)) for item in items)
    if all(n == 1 for n in alike.values()):
        return {}
    lettered = entries_of(items, style_id, locale)
    return letters_added(
        entries_of(items, style_id, locale, without=OF_YEARS), lettered
    )


def entries_of(
    items: list[Item],
    style_id: str,
    locale: str,
    *,
    without: frozenset[str] = frozenset(),
    report: Report = ignore_report,
) -> list[Entry]:
    style = named(style_id)
    locale = language_of(style_id, locale)
    made_of = [style.parent or style.id, locale, sorted(without), items]
    return get_or_compute(
        made_of, lambda: render(items, style, locale, without=without, report=report)
    )


def language_of(style_id: str, locale: str) -> str:
    """Raises ``UnknownLocaleError``."""
    if locale and locale not in LOCALES:
        raise UnknownLocaleError(f"No list can be set in the language “{locale}”.")
    return locale or own_locale(named(style_id))
