"""What a document says of a case, as HTML for pandoc."""

from collections.abc import Iterable, Iterator
from itertools import starmap
from typing import Any

from initiatives.handout.sheets import Sheet
from initiatives.handout.texts import (
    cite,
    describe_glance,
    describe_result,
    html,
    is_right_to_left,
    paragraphs_of,
)

N_NOTE_LINES = 3
# The shares of the columns of a table, in percent.
WIDTHS = (44, 37, 19)
HEADINGS = ("Barrier or risk", "Response", "Result")


def build_case(sheet: Sheet) -> Iterator[str]:
    case = sheet.case
    yield "<h2>What it is</h2>"
    yield f"<p><strong>{html(case.tagline)}</strong></p>" if case.tagline else ""
    yield f"<p>{html(case.summary)}</p>"
    yield "<h2>At a glance</h2>"
    yield from build_list(starmap(build_fact, describe_glance(sheet)))
    if sheet.answered:
        yield "<h2>Barriers and risks, and what met them</h2>"
        yield from build_strips(sheet)
    yield from build_statements("Figures, and what came of it", sheet.results)
    yield from build_statements("What to learn from it", sheet.lessons)
    yield from build_gaps(sheet)


def build_list(items: Iterable[str]) -> Iterator[str]:
    yield "<ul>"
    yield from (f"<li>{item}</li>" for item in items)
    yield "</ul>"


def build_fact(title: str, words: str) -> str:
    return f"<strong>{html(title)}</strong>: {html(words)}"


def build_strips(sheet: Sheet) -> Iterator[str]:
    yield "<table><caption>"
    yield f"What stood in the way of {html(sheet.case.name)}, and what was done"
    yield "</caption><colgroup>"
    yield "".join(f'<col style="width: {width}%">' for width in WIDTHS)
    yield "</colgroup><thead><tr>"
    yield "".join(f"<th><strong>{heading}</strong></th>" for heading in HEADINGS)
    yield "</tr></thead><tbody>"
    yield from map(build_row, sheet.answered)
    yield "</tbody></table>"


def build_row(finding: Any) -> str:
    kind = html(f"{finding.get_kind_display()}: {finding.concept.label}")
    response = html(finding.response or "The sources do not tell how it was met.")
    strategies = ", ".join(term.label for term in finding.strategies.all())
    response += f"<br><em>{html(strategies)}</em>" if strategies else ""
    cells = (
        f"<strong>{kind}</strong><br>{html(finding.statement)} {html(cite(finding))}",
        response,
        html(describe_result(finding)),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def build_statements(title: str, findings: list[Any]) -> Iterator[str]:
    if findings:
        yield f"<h2>{title}</h2>"
        yield from build_list(map(build_statement, findings))


def build_statement(finding: Any) -> str:
    period = f" ({finding.period})" if finding.period else ""
    term = finding.concept.label if finding.concept else ""
    opening = f"{finding.figure}{period}" if finding.figure else term
    words = f"<strong>{html(opening)}</strong>: " if opening else ""
    words += f"{html(finding.statement)} {html(cite(finding))} "
    end = html(f"{finding.get_kind_display()}. {describe_result(finding)}")
    return f"{words}<em>{end}</em>"


def build_gaps(sheet: Sheet) -> Iterator[str]:
    """Yield what is not known."""
    missing = {
        "Looked for, nothing found": sheet.not_found,
        "Not yet looked for": sheet.not_looked_for,
    }
    if any(missing.values()) or sheet.conflicts:
        yield "<h2>What is not known</h2>"
    for title, kinds in missing.items():
        if kinds:
            yield f"<h3>{title}</h3><p>{html(', '.join(kinds).capitalize())}.</p>"
    if sheet.conflicts:
        yield "<h3>Sources disagree</h3>"
        yield from build_list(map(build_conflict, sheet.conflicts))


def build_conflict(conflict: Any) -> str:
    settled = " (settled)" if conflict.is_settled else ""
    about = f"<strong>{html(conflict.about)}{settled}</strong>: "
    return f"{about}{html(conflict.note)} {html(cite(conflict))}"


def build_note(note: str) -> Iterator[str]:
    """Yield the paragraphs of a note, or empty ones to write into."""
    for paragraph in paragraphs_of(note) or [""] * N_NOTE_LINES:
        direction = ' dir="rtl"' if is_right_to_left(paragraph) else ""
        text = html(paragraph) or "<br>"
        yield f'<div custom-style="Note"{direction}><p>{text}</p></div>'
