"""A comparison as a Word document: landscape tables below headings, and the works.

Works have the numbers that the statements cite, and are set in the reader's style.
"""

from collections.abc import Iterator
from html import escape

from initiatives.comparison.file_content import (
    SHOWN,
    ComparisonFile,
    cite_numbers,
    list_paragraphs,
)
from initiatives.comparison.rows import BroaderTerm, Cell, Row
from initiatives.numbered_works import build_works_html
from references.styles import pandoc
from references.styles.cache import get_or_compute
from references.styles.docx_layout import apply_layout
from references.styles.pandoc_styles import load_for_pandoc
from references.styles.rendering import timeout_seconds
from references.styles.style_catalogue import get_style

LANGUAGE = "en-GB"
# The share of the width that the headings of rows have, in percent.
HEADING_WIDTH = 16
EXPLANATION = (
    "“Looked for, nothing found” means that somebody looked for this kind of statement "
    "in the sources and found none. “Not coded” means that no statement here is coded "
    "with it: that is no evidence that the case does not have it."
)


def render_word_document(content: ComparisonFile) -> bytes:
    """Return the document.

    Raises ``BusyError`` and the errors of references/styles/errors.py.
    """
    html, n = "".join(build_html(content)), len(content.comparison.works)
    docx = get_or_compute(["comparison", html], lambda: convert(html, n))
    style = get_style(content.preference.style.id)
    return apply_layout(
        docx,
        LANGUAGE,
        load_for_pandoc(style).layout,
        len(f"{n}."),
        is_landscape=True,
    )


def convert(html: str, n: int) -> bytes:
    arguments = ["--from=html", "--to=docx", f"--metadata=lang:{LANGUAGE}"]
    return pandoc.run(arguments, html.encode(), seconds=timeout_seconds(n))


def build_html(content: ComparisonFile) -> Iterator[str]:
    """Yield pieces of the page that pandoc converts; its title becomes Word's."""
    about, show = content.about, content.selection.show
    yield f"<html><head><title>{escape(content.title)}</title></head><body>"
    yield f"<p>{escape(about['address'])}, {about['made_on']}: {SHOWN[show]}.</p>"
    yield f"<p>{EXPLANATION}</p>"
    for column in content.comparison.columns:
        if column.is_withdrawn:
            note = f"{column.case.name} was withdrawn: {column.case.status_note}"
            yield f"<p>{escape(note)}</p>"
    for section, lines in content.comparison.shown_sections(show):
        yield f"<h1>{escape(section.title)}</h1>"
        yield from build_table(content, lines)
    if content.comparison.works:
        yield "<h1>Works</h1>"
        yield from build_works_html(content.comparison.works, content.preference)
    yield "</body></html>"


def build_table(
    content: ComparisonFile, lines: list[Row | BroaderTerm]
) -> Iterator[str]:
    cases = [column.case for column in content.comparison.columns]
    width = (100 - HEADING_WIDTH) / len(cases)
    widths = [HEADING_WIDTH, *(width for _ in cases)]
    yield "<table><colgroup>"
    yield "".join(f'<col style="width: {each:.1f}%">' for each in widths)
    yield "</colgroup><thead><tr><th></th>"
    yield "".join(f"<th>{escape(case.name)}</th>" for case in cases)
    yield "</tr></thead><tbody>"
    for line in lines:
        title = f"<strong>{escape(line.title)}</strong>"
        title += f"<br>{line.n_found} of {line.n_cases}"
        if isinstance(line, BroaderTerm):
            yield f'<tr><th colspan="{len(widths)}">{title}</th></tr>'
        else:
            yield f"<tr><th>{title}</th>{''.join(map(build_cell, line.cells))}</tr>"
    yield "</tbody></table>"


def build_cell(cell: Cell) -> str:
    texts = list_paragraphs(cell, cite_numbers) or [f"{cell.state.value}."]
    return f"<td>{''.join(f'<p>{escape(text)}</p>' for text in texts)}</td>"
