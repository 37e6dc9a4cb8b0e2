"""A plan as a Word document that people go on editing, or print and fill in."""

from collections.abc import Iterable, Iterator
from html import escape

from initiatives.numbered_works import build_entries_html
from initiatives.plan.content import Quote
from initiatives.plan.layout import PlanLayout
from initiatives.plan.outputs.file_content import PlanFile
from initiatives.plan.outputs.texts import CREDIT, TABLE_HEADINGS, describe_quote
from initiatives.plan.outputs.works import list_entries
from initiatives.plan.planned import Check, PlannedRow, PlannedStep
from references.styles import pandoc
from references.styles.docx_document import (
    ARGUMENTS,
    WIDE_END,
    WIDE_START,
    finish_document,
)
from references.styles.docx_layout import TAB_PLACEHOLDER
from references.styles.rendering import timeout_seconds

# Shares of the width of the table, in percent.
WIDTHS = (18, 15, 21, 11, 10, 16, 9)
# What our markup of pages uses, and no text may have.
SIGNS = str.maketrans(dict.fromkeys([TAB_PLACEHOLDER, WIDE_START, WIDE_END], ""))
SPACE = "\N{NO-BREAK SPACE}"
# Lines of an empty box and of an empty cell, and rows of an empty table.
BOX_LINES, CELL_LINES, EMPTY_ROWS = 4, 3, 12


def write_docx(content: PlanFile) -> Iterator[bytes]:
    # Rendered at once, so that an error has a response of its own.
    return iter([render_docx(content)])


def render_docx(content: PlanFile) -> bytes:
    """Return the document. It is not cached: who deletes a plan deletes all of it.

    Raises ``BusyError`` and the errors of references/styles/errors.py.
    """
    html = "".join(build_html(content))
    n = len(content.layout.works)
    docx = pandoc.run([*ARGUMENTS], html.encode(), seconds=timeout_seconds(n))
    is_wide = not content.layout.has_evidence
    title = " ".join(content.title.translate(SIGNS).split())
    return finish_document(docx, title, n, is_landscape=is_wide)


def build_html(content: PlanFile) -> Iterator[str]:
    """Yield pieces of the page that pandoc converts; its title becomes Word's."""
    layout, about = content.layout, content.about
    yield f"<html><head><title>{clean(content.title)}</title></head><body>"
    yield f"<p>{clean(about['made_with'])}, {about['made_on']}. {clean(CREDIT)}</p>"
    yield '<h1 id="start">Where we begin</h1>'
    yield from build_beginning(layout)
    for step in layout.steps:
        yield from build_step(content, step)
    yield f'<p>{WIDE_START}</p><h1 id="table">Table of the plan</h1>'
    yield from build_table(content)
    if layout.has_evidence:
        yield f"<p>{WIDE_END}</p>"
        yield from build_evidence(content)
    yield "</body></html>"


def build_evidence(content: PlanFile) -> Iterator[str]:
    quoted = [row for row in content.layout.rows if row.row.quotes]
    if quoted:
        yield '<h1 id="quotes">What the rows of the table rest on</h1>'
    for row in quoted:
        yield f"<h2>Row {row.number}: {clean(row.title)}</h2>"
        yield from build_quotes(content, row.row.quotes)
    if content.layout.works:
        yield from build_works(content)


def build_beginning(layout: PlanLayout) -> Iterator[str]:
    yield '<table><colgroup><col style="width: 25%"><col style="width: 75%"></colgroup>'
    yield "<tbody>"
    for said in layout.beginning:
        checks = "".join(map(build_check, said.checks))
        text = checks or build_paragraphs(said.text) or build_lines(CELL_LINES)
        yield f"<tr><td><strong>{clean(said.label)}</strong></td><td>{text}</td></tr>"
    yield "</tbody></table>"


def build_step(content: PlanFile, step: PlannedStep) -> Iterator[str]:
    yield f'<h1 id="step-{step.number}">{step.number}. {clean(step.title)}</h1>'
    if step.concept:
        yield f"<p>{clean(step.concept.definition)}</p>"
    for answer in step.answers:
        yield f"<h2>{clean(answer.question)}</h2>{build_box(answer.text)}"
        yield from build_quotes(content, answer.quotes)
    lists = {"What to do": step.actions, "What should exist then": step.outputs}
    for title, checks in lists.items():
        if checks:
            yield f"<h2>{title}</h2>{''.join(map(build_check, checks))}"


def build_box(text: str) -> str:
    """Return a box with the text, or with empty lines to write on."""
    lines = build_paragraphs(text) or build_lines(BOX_LINES)
    return f'<div data-custom-style="Box">{lines}</div>'


def build_check(check: Check) -> str:
    sign = "☑" if check.is_ticked else "☐"
    text = f"<p>{sign}{TAB_PLACEHOLDER}{clean(check.text)}</p>"
    return f'<div data-custom-style="Check">{text}</div>'


def build_quotes(content: PlanFile, quotes: Iterable[Quote]) -> Iterator[str]:
    for quote in quotes:
        said = build_paragraphs(f"{quote.statement}\n{quote.response}")
        source = f"{describe_quote(quote)} {content.layout.cite(quote)}"
        yield f"<blockquote>{said}<p>– {clean(source)}</p></blockquote>"


def build_table(content: PlanFile) -> Iterator[str]:
    yield "<table><colgroup>"
    yield "".join(f'<col style="width: {width}%">' for width in WIDTHS)
    yield "</colgroup><thead><tr>"
    yield "".join(f"<th>{clean(heading)}</th>" for heading in TABLE_HEADINGS)
    yield "</tr></thead><tbody>"
    for planned in content.layout.rows:
        yield f"<tr>{''.join(build_cells(content, planned))}</tr>"
    if not content.layout.rows:
        yield (
            f"<tr>{f'<td>{build_lines(CELL_LINES)}</td>' * len(WIDTHS)}</tr>"
            * EMPTY_ROWS
        )
    yield "</tbody></table>"


def build_cells(content: PlanFile, planned: PlannedRow) -> Iterator[str]:
    row = planned.row
    cited = ", ".join(map(str, content.layout.number_works(row.quotes)))
    texts = [
        f"{planned.number}. {planned.described_obstacle}",
        *(planned.strategy, row.action, row.who, planned.due, row.measure, cited),
    ]
    for text in texts:
        yield f"<td>{build_paragraphs(text) or SPACE}</td>"


def build_works(content: PlanFile) -> Iterator[str]:
    entries = list_entries(content.layout, content.preference)
    clean_entries = [(number, html.translate(SIGNS)) for number, html in entries]
    yield '<h1 id="works">Works</h1>'
    yield from build_entries_html(clean_entries, content.preference)


def build_lines(n: int) -> str:
    """Return empty lines in one paragraph, which is not broken between pages."""
    return f"<p>{'<br>'.join([SPACE] * n)}</p>"


def build_paragraphs(text: str) -> str:
    lines = (clean(line) for line in text.split("\n") if line.strip())
    return "".join(f"<p>{line}</p>" for line in lines)


def clean(text: str) -> str:
    """Return the text as HTML, without the signs of our own markup."""
    return escape(text.translate(SIGNS))
