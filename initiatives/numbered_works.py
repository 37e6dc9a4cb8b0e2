"""Numbered works of a document, each as the reader's citation style sets it."""

from collections.abc import Iterable, Iterator
from html import escape

from initiatives.case_page import NumberedWork
from references.csl_serializers import serialize_cited_work
from references.style_preference import StylePreference
from references.styles.bibliographies import render_bibliography, resolve_locale
from references.styles.docx_layout import TAB_PLACEHOLDER
from references.styles.entry_html import Entry

type WorkEntry = tuple[NumberedWork, Entry]


def render_works(
    works: Iterable[NumberedWork], preference: StylePreference
) -> list[WorkEntry]:
    """Return pairs of a work and its entry, in the order of the numbers.

    Raises ``BusyError`` and the errors of references/styles/errors.py.
    """
    listed = list(works)
    cited = [serialize_cited_work(work.reference) for work in listed]
    entries = render_bibliography(cited, preference.style.id, preference.locale)
    by_key = {entry.key: entry for entry in entries}
    return [(work, by_key[work.reference.key]) for work in listed]


def build_works_html(
    works: Iterable[NumberedWork], preference: StylePreference
) -> Iterator[str]:
    """Yield HTML from which pandoc makes paragraphs of Word's style “Bibliography”.

    Raises as ``render_works`` does.
    """
    entries = render_works(works, preference)
    numbered = [(work.number, entry.html) for work, entry in entries]
    return build_entries_html(numbered, preference)


def build_entries_html(
    entries: Iterable[tuple[int, str]], preference: StylePreference
) -> Iterator[str]:
    """Yield the same for pairs of a number and the HTML of an entry."""
    language = escape(resolve_locale(preference.style.id, preference.locale))
    yield f'<div id="refs" class="references" lang="{language}">'
    for number, entry in entries:
        html = entry.replace(TAB_PLACEHOLDER, "")
        yield f'<div class="csl-entry">{number}.{TAB_PLACEHOLDER}{html}</div>'
    yield "</div>"
