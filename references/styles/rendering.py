"""Sets a list of works in a style. Nothing is kept here; see bibliographies.py."""

import json
from concurrent.futures import ThreadPoolExecutor
from tempfile import NamedTemporaryFile

from casebase.files.jobs import Report, ignore_report
from references.styles import pandoc
from references.styles.entry_html import Entry, read_entries
from references.styles.errors import UnknownStyleError
from references.styles.list_splitting import LONGEST_WHOLE, parts_of
from references.styles.name_sorting import mark_names, without_marks
from references.styles.pandoc_items import Item, for_pandoc, place_of
from references.styles.pandoc_styles import OF_NAMES, Sheet, sheet_of
from references.styles.style_catalogue import Style


def render(
    items: list[Item],
    style: Style,
    locale: str,
    *,
    without: frozenset[str] = frozenset(),
    report: Report = ignore_report,
) -> list[Entry]:
    """The entries in the style's order, without these attributes of the style.

    The locale wins over the style's own. Raises what errors.py has.
    """
    refuse_notes(style)
    sheet = sheet_of(style, without)
    keys = [str(item["id"]) for item in items]
    numbered = for_pandoc(
        items, joins_initials=sheet.joins_initials, shortening=sheet.shortening
    )
    if sheet.is_splittable and len(items) > LONGEST_WHOLE:
        order = sheet_of(style, without | OF_NAMES)
        entries = in_parts(numbered, sheet, order, locale, report)
    else:
        entries = at_once(numbered, sheet, locale)
    report(len(items))
    return [entry._replace(key=keys[place_of(entry.key)]) for entry in entries]


def refuse_notes(style: Style) -> None:
    if not style.has_list:
        words = f"“{style.title}” sets notes only, and no list of works."
        raise UnknownStyleError(words)


def in_parts(
    items: list[Item], sheet: Sheet, order: Sheet, locale: str, report: Report
) -> list[Entry]:
    """Texts come from the parts; their order from one run that compares no names."""
    entries: dict[str, Entry] = {}
    with ThreadPoolExecutor(pandoc.AT_ONCE) as pool:
        whole = pool.submit(at_once, items, order, locale)
        parts = [pool.submit(at_once, part, sheet, locale) for part in parts_of(items)]
        try:
            for part in parts:
                entries |= {entry.key: entry for entry in part.result()}
                report(len(entries))
            return [entries[entry.key] for entry in whole.result()]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def at_once(items: list[Item], sheet: Sheet, locale: str) -> list[Entry]:
    """One run of pandoc. The keys of the entries are the items' ids."""
    with NamedTemporaryFile(suffix=".csl") as file:
        file.write(sheet.xml)
        file.flush()
        reading = ["--from=csljson", "--to=html", "--wrap=none", "--citeproc"]
        wanted = [f"--csl={file.name}", f"--metadata=lang:{locale}"]
        given = json.dumps(list(map(mark_names, items))).encode()
        html = pandoc.run([*reading, *wanted], given, seconds=seconds_for(len(items)))
    text = without_marks(html.decode())
    return read_entries(text, [str(item["id"]) for item in items])


def seconds_for(n: int) -> float:
    """Ten times what that many works take on two cores."""
    return 10 + n / 100
