"""A handout as a Word document with styles, for people who go on editing it.

Statements cite works by number, with the place in them; the list of works is set in
the reader's style.
"""

from base64 import b64encode
from collections.abc import Iterator

from initiatives.handout.case_html import build_case, build_note
from initiatives.handout.conversion import convert
from initiatives.handout.document import Document
from initiatives.handout.qr_codes import qr_code_png
from initiatives.handout.reading_help import PARAGRAPHS
from initiatives.handout.sheets import Sheet
from initiatives.handout.texts import describe_version, html
from initiatives.handout.word_layout import add_handout_layout
from initiatives.numbered_works import build_works_html
from references.styles.docx_document import ARGUMENTS, finish_document


def render_word_document(document: Document) -> bytes:
    """Return the document.

    Raises ``BusyError`` and the errors of references/styles/errors.py.
    """
    text, n = "".join(build_html(document)), len(document.handout.works)
    docx = convert(document, ARGUMENTS, text)
    return add_handout_layout(finish_document(docx, document.title, n))


def build_html(document: Document) -> Iterator[str]:
    """Yield pieces of the page that pandoc converts; its title becomes Word's."""
    yield f"<html><head><title>{html(document.title)}</title></head><body>"
    yield from build_opening(document)
    for sheet in document.handout.sheets:
        yield from build_sheet(document, sheet)
    if document.handout.works:
        yield '<h1 id="works">Sources</h1>'
        yield from build_works_html(document.handout.works, document.preference)
    yield "</body></html>"


def build_opening(document: Document) -> Iterator[str]:
    lines = {"The list": document.read_link, "This handout": document.address}
    for words, address in lines.items():
        if address:
            yield f'<p>{words}: <a href="{html(address)}">{html(address)}</a></p>'
    if document.read_link:
        yield f"<p>{build_qr_code(document.read_link, 'the list')}</p>"
    yield f"<p>Made on {document.made_on:%-d %B %Y}. Texts: CC BY 4.0.</p>"
    yield "<h2>How to read this</h2>"
    for title, text in PARAGRAPHS:
        yield f"<p><strong>{html(title)}</strong> {html(text)}</p>"


def build_qr_code(address: str, of: str) -> str:
    data = b64encode(qr_code_png(address)).decode()
    words = f'alt="QR code: {html(of)}" width="64" height="64"'
    return f'<img src="data:image/png;base64,{data}" {words}>'


def build_sheet(document: Document, sheet: Sheet) -> Iterator[str]:
    case, address = sheet.case, document.absolute(sheet.case)
    yield f'<h1 id="{sheet.anchor}">{html(case.name)}</h1>'
    place = html(" · ".join(filter(None, [case.place, case.years])))
    code = build_qr_code(address, f"the page of {case.name}")
    yield f'<p>{code} {place}. <a href="{html(address)}">{html(address)}</a></p>'
    if sheet.page:
        yield from build_case(sheet)
    else:
        yield f"<p>This case was withdrawn: {html(case.status_note)}</p>"
    yield "<h2>Your notes</h2>"
    yield from build_note(sheet.note)
    yield f"<p>{html(' '.join(describe_version(sheet)))}</p>"
