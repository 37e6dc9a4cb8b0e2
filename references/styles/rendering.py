"""Sets a list of works in a style. Nothing is kept here; see bibliographies.py."""

import json
from concurrent.futures import ThreadPoolExecutor
from tempfile import NamedTemporaryFile

from casebase.files.jobs import Report, ignore_report
from references.styles import pandoc
from references.styles.entry_html import Entry, parse_entries
from references.styles.errors import UnknownStyleError
from references.styles.list_splitting import MAX_UNSPLIT_WORKS, split_list
from references.styles.name_sorting import mark_names, remove_marks
from references.styles.pandoc_items import Item, adapt_items, parse_id
from references.styles.pandoc_styles import (
    NAME_DISAMBIGUATION,
    PandocStyle,
    load_for_pandoc,
)
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
    raise_for_note_style(style)
    sheet = load_for_pandoc(style, without)
    keys = [str(item["id"]) for item in items]
    numbered = adapt_items(
        items, joins_initials=sheet.joins_initials, shortening=sheet.shortening
    )
    if sheet.is_splittable and len(items) > MAX_UNSPLIT_WORKS:
        order = load_for_pandoc(style, without | NAME_DISAMBIGUATION)
        entries = render_in_parts(numbered, sheet, order, locale, report)
    else:
        entries = render_at_once(numbered, sheet, locale)
    report(len(items))
    return [entry._replace(key=keys[parse_id(entry.key)]) for entry in entries]


def raise_for_note_style(style: Style) -> None:
    if not style.has_list:
        words = f"“{style.title}” sets notes only, and no list of works."
        raise UnknownStyleError(words)


def render_in_parts(
    items: list[Item],
    sheet: PandocStyle,
    order: PandocStyle,
    locale: str,
    report: Report,
) -> list[Entry]:
    """Texts come from the parts; their order from one run that compares no names."""
    entries: dict[str, Entry] = {}
    with ThreadPoolExecutor(pandoc.MAX_PROCESSES) as pool:
        whole = pool.submit(render_at_once, items, order, locale)
        parts = [
            pool.submit(render_at_once, part, sheet, locale)
            for part in split_list(items)
        ]
        try:
            for part in parts:
                entries |= {entry.key: entry for entry in part.result()}
                report(len(entries))
            return [entries[entry.key] for entry in whole.result()]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def render_at_once(items: list[Item], sheet: PandocStyle, locale: str) -> list[Entry]:
    """One run of pandoc. The keys of the entries are the items' ids."""
    with NamedTemporaryFile(suffix=".csl") as file:
        file.write(sheet.xml)
        file.flush()
        reading = ["--from=csljson", "--to=html", "--wrap=none", "--citeproc"]
        wanted = [f"--csl={file.name}", f"--metadata=lang:{locale}"]
        given = json.dumps(list(map(mark_names, items))).encode()
        html = pandoc.run(
            [*reading, *wanted], given, seconds=timeout_seconds(len(items))
        )
    text = remove_marks(html.decode())
    return parse_entries(text, [str(item["id"]) for item in items])


def timeout_seconds(n: int) -> float:
    """Ten times what that many works take on two cores."""
    return 10 + n / 100
