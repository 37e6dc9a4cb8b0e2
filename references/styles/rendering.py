"""Rendering of a list of works in a style, without caching; see bibliographies.py."""

import json
from concurrent.futures import ThreadPoolExecutor
from tempfile import NamedTemporaryFile

from casebase.jobs.progress import Report, ignore_report
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
    without_attributes: frozenset[str] = frozenset(),
    report: Report = ignore_report,
) -> list[Entry]:
    """Return the entries in the order of the style, without these attributes of it.

    ``report`` gets the number of works that are done. See errors.py for the errors.
    """
    raise_for_note_style(style)
    prepared = load_for_pandoc(style, without_attributes)
    keys = [str(item["id"]) for item in items]
    adapted = adapt_items(
        items, joins_initials=prepared.joins_initials, et_al_rule=prepared.et_al_rule
    )
    if prepared.is_splittable and len(items) > MAX_UNSPLIT_WORKS:
        sorting = load_for_pandoc(style, without_attributes | NAME_DISAMBIGUATION)
        entries = render_in_parts(adapted, prepared, sorting, locale, report)
    else:
        entries = render_at_once(adapted, prepared, locale)
    report(len(items))
    return [entry._replace(key=keys[parse_id(entry.key)]) for entry in entries]


def raise_for_note_style(style: Style) -> None:
    if not style.has_bibliography:
        sentence = f"“{style.title}” sets notes only, and no list of works."
        raise UnknownStyleError(sentence)


def render_in_parts(
    items: list[Item],
    style: PandocStyle,
    sorting_style: PandocStyle,
    locale: str,
    report: Report,
) -> list[Entry]:
    """Return the entries of all parts, in the order of a run that compares no names."""
    entries: dict[str, Entry] = {}
    with ThreadPoolExecutor(pandoc.MAX_PROCESSES) as pool:
        whole = pool.submit(render_at_once, items, sorting_style, locale)
        parts = [
            pool.submit(render_at_once, part, style, locale)
            for part in split_list(items)
        ]
        try:
            for part in parts:
                entries |= {entry.key: entry for entry in part.result()}
                report(len(entries))
            return [entries[entry.key] for entry in whole.result()]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def render_at_once(items: list[Item], style: PandocStyle, locale: str) -> list[Entry]:
    """Return the entries of one run of pandoc; their keys are the ids of the items."""
    with NamedTemporaryFile(suffix=".csl") as file:
        file.write(style.xml)
        file.flush()
        arguments = ["--from=csljson", "--to=html", "--wrap=none", "--citeproc"]
        arguments += [f"--csl={file.name}", f"--metadata=lang:{locale}"]
        text = json.dumps(list(map(mark_names, items))).encode()
        html = pandoc.run(arguments, text, seconds=timeout_seconds(len(items)))
    ids = [str(item["id"]) for item in items]
    return parse_entries(remove_marks(html.decode()), ids)


def timeout_seconds(n: int) -> float:
    """Return ten times as long as pandoc needs for ``n`` works on two cores."""
    return 10 + n / 100
