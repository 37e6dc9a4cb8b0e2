"""Bibliographies of works, rendered once and then cached."""

from collections import Counter
from collections.abc import Iterable

from casebase.jobs.progress import Report, ignore_report
from references.csl import Work
from references.styles.cache import get_or_compute
from references.styles.entry_html import Entry
from references.styles.list_splitting import first_creator, issued_year
from references.styles.locales import default_locale, validate_locale
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
    """Return one entry for each work, in the order of the style.

    Without a locale the list is in the default language of the style; see locales.py.
    More than a thousand works take seconds; see casebase/jobs/. Raises
    ``BusyError`` and the errors in errors.py.
    """
    items = [work.to_csl() for work in works]
    return get_entries(items, style_id, locale, report=report)


def find_year_suffixes(
    works: Iterable[Work], style_id: str, locale: str = ""
) -> dict[str, str]:
    """Return the “a” of “2012a” by citekey, for the works that have a year suffix."""
    items = [work.to_csl() for work in works]
    similar = Counter((first_creator(item), issued_year(item)) for item in items)
    if all(n == 1 for n in similar.values()):
        return {}
    with_suffixes = get_entries(items, style_id, locale)
    plain = get_entries(
        items, style_id, locale, without_attributes=YEAR_SUFFIX_DISAMBIGUATION
    )
    return added_suffixes(plain, with_suffixes)


def get_entries(
    items: list[Item],
    style_id: str,
    locale: str,
    *,
    without_attributes: frozenset[str] = frozenset(),
    report: Report = ignore_report,
) -> list[Entry]:
    style = get_style(style_id)
    locale = resolve_locale(style_id, locale)
    parameters = [
        style.parent_id or style.id,
        locale,
        sorted(without_attributes),
        items,
    ]
    return get_or_compute(
        parameters,
        lambda: render(
            items, style, locale, without_attributes=without_attributes, report=report
        ),
    )


def resolve_locale(style_id: str, locale: str) -> str:
    """Return the locale, or the default one of the style if it is empty.

    Raises ``UnknownLocaleError`` if pandoc does not know the locale.
    """
    return validate_locale(locale) or default_locale(get_style(style_id))
