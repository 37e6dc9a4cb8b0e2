"""A handout as slides: one case each, the sources in the notes of the speaker.

A slide has few words: the labels of barriers, of the strategies that met them, and the
result. The statements themselves stand in the notes. Works have the numbers that they
have on the page and in the document, so that one can be read beside the other.
"""

from collections.abc import Iterator
from math import ceil

from initiatives.case_page import NumberedWork
from initiatives.handout.conversion import convert
from initiatives.handout.document import Document
from initiatives.handout.slide import Slide, build_case_slide
from initiatives.handout.slide_layout import lay_out_slides
from initiatives.handout.texts import html
from initiatives.numbered_works import WorkEntry, render_works

ARGUMENTS = ("--from=html", "--to=pptx", "--metadata=lang:en-GB", "--slide-level=1")
# Of a slide of works: its lines, and letters on a line.
LINES, LETTERS = 22, 125
# Longer addresses than this are not written on the first slide.
MAX_ADDRESS = 120


def render_slides(document: Document) -> bytes:
    """Return the presentation.

    Raises ``BusyError`` and the errors of references/styles/errors.py.
    """
    slides = [Slide(sheet) for sheet in document.handout.sheets]
    entries = render_works(list_works(document, slides), document.preference)
    lists = split_works(entries)
    text = "".join(build_html(document, slides, entries, lists))
    pptx = convert(document, ARGUMENTS, text)
    return lay_out_slides(pptx, len(slides), len(lists))


def list_works(document: Document, slides: list[Slide]) -> list[NumberedWork]:
    """Return the works of the handout that the slides cite."""
    findings = (finding for slide in slides for finding in slide.findings)
    marks = {mark for finding in findings for mark in finding.marks}
    return [work for work in document.handout.works if work.number in marks]


def build_html(
    document: Document,
    slides: list[Slide],
    entries: list[WorkEntry],
    lists: list[list[WorkEntry]],
) -> Iterator[str]:
    """Yield pieces of the page that pandoc converts; its title becomes a slide."""
    made = f"Made on {document.made_on:%-d %B %Y}. Texts: CC BY 4.0."
    address = document.read_link or document.address
    if len(address) > MAX_ADDRESS:
        address = document.site
    yield f"<html><head><title>{html(document.title)}</title>"
    yield f'<meta name="subtitle" content="{html(f"{address} {made}".strip())}">'
    yield "</head><body>"
    for slide in slides:
        yield from build_case_slide(document, slide, entries)
    for n, some in enumerate(lists, 1):
        part = f" ({n} of {len(lists)})" if len(lists) > 1 else ""
        yield f"<h1>Works{part}</h1>"
        yield from (f"<p>{w.number}. {entry.html}</p>" for w, entry in some)
    yield "</body></html>"


def split_works(entries: list[WorkEntry]) -> list[list[WorkEntry]]:
    """Return the works in lists that each fit a slide."""
    lists: list[list[WorkEntry]] = []
    room = 0
    for work, entry in entries:
        needed = ceil(len(entry.text) / LETTERS)
        if needed > room:
            lists.append([])
            room = LINES
        lists[-1].append((work, entry))
        room -= needed
    return lists
