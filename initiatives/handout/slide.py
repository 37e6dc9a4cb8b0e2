"""The slide of a case: what it shows, and the notes of the speaker."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from initiatives.comparison.file_content import describe_finding
from initiatives.handout.document import Document
from initiatives.handout.sheets import Sheet
from initiatives.handout.texts import cite, describe_version, html, paragraphs_of
from initiatives.numbered_works import WorkEntry

# What a slide has for the rows of its table, in points; a line of text, and the margins
# of a row; letters on a line of the first two columns.
ROOM, LINE, MARGINS = 240, 13.3, 7.3
TERM_LETTERS, STRATEGY_LETTERS = 26, 30
HEADINGS = ("Barrier or risk", "What met it", "Result")


@dataclass(frozen=True)
class Slide:
    """One sheet as a slide."""

    sheet: Sheet

    @cached_property
    def rows(self) -> list[Any]:
        """The barriers and risks that fit, the first of the sheet."""
        rows: list[Any] = []
        room: float = ROOM
        for finding in self.sheet.answered:
            term = ceil(len(finding.concept.label) / TERM_LETTERS)
            met = ceil(len(describe_response(finding)) / STRATEGY_LETTERS)
            if (needed := LINE * max(term, met) + MARGINS) > room:
                break
            rows.append(finding)
            room -= needed
        return rows

    @property
    def figure(self) -> Any:
        """The first statement with a figure; None without one."""
        return next((f for f in self.sheet.results if f.figure), None)

    @property
    def findings(self) -> list[Any]:
        """What the slide rests on."""
        return [*self.rows, *([self.figure] if self.figure else [])]


def describe_response(finding: Any) -> str:
    """Return in few words what met a barrier: strategies, or where to read of it."""
    if labels := [term.label for term in finding.strategies.all()]:
        return ", ".join(labels)
    return "Told in the notes" if finding.response else "Not told"


def build_case_slide(
    document: Document, slide: Slide, entries: list[WorkEntry]
) -> Iterator[str]:
    sheet, case = slide.sheet, slide.sheet.case
    yield f"<h1>{html(case.name)}</h1>"
    yield '<div class="columns"><div class="column">'
    if sheet.page:
        yield from (f"<p>{html(text)}</p>" for text in list_words(slide) if text)
    else:
        yield f"<p>This case was withdrawn: {html(case.status_note)}</p>"
    yield '</div><div class="column">'
    yield from build_table(slide.rows)
    yield '</div></div><div class="notes">'
    yield from (f"<p>{html(t)}</p>" for t in list_notes(document, slide, entries))
    yield "</div>"


def list_words(slide: Slide) -> Iterator[str]:
    """Yield the paragraphs beside the table."""
    case = slide.sheet.case
    yield case.tagline
    yield ", ".join(filter(None, [case.place, case.years]))
    if figure := slide.figure:
        period = f" ({figure.period})" if figure.period else ""
        yield f"{figure.get_kind_display()}: {figure.figure}{period}"


def build_table(rows: list[Any]) -> Iterator[str]:
    if not rows:
        return
    yield "<table><thead><tr>"
    yield "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    yield "</tr></thead><tbody>"
    for finding in rows:
        cells = (
            finding.concept.label,
            describe_response(finding),
            finding.get_direction_display(),
        )
        yield f"<tr>{''.join(f'<td>{html(cell)}</td>' for cell in cells)}</tr>"
    yield "</tbody></table>"


def list_notes(
    document: Document, slide: Slide, entries: list[WorkEntry]
) -> Iterator[str]:
    """Yield the paragraphs of the notes: statements, the reader’s own, and sources."""
    sheet = slide.sheet
    for finding in slide.findings:
        words = ", ".join(filter(None, [*finding.labels]))
        yield f"{words}: {describe_finding(finding, cite)}"
    if own := paragraphs_of(sheet.note):
        yield "Your notes:"
        yield from own
    yield from describe_version(sheet)
    yield document.absolute(sheet.case)
    marks = {mark for finding in slide.findings for mark in finding.marks}
    for work, entry in entries:
        if work.number in marks:
            yield f"[{work.number}] {entry.text}"
