"""The works that a plan’s quotes rest on: their records, and how they are set."""

from html import escape

from initiatives.case_page import NumberedWork
from initiatives.numbered_works import render_works
from initiatives.plan.layout import PlanLayout
from initiatives.plan.planned import QuotedWork
from initiatives.since_kept import WORK, KeptRecord, look_up
from references.citations import build_citation
from references.style_preference import StylePreference
from references.styles.docx_layout import TAB_PLACEHOLDER


def find_works(layout: PlanLayout) -> None:
    """Give the works their records, also under former citekeys. Nine queries at most.

    Works that are not here, or no longer, have none.
    """
    works = list(layout.works.values())
    found = look_up(KeptRecord(WORK, work.key) for work in works)
    for work, since in zip(works, found, strict=True):
        work.reference = since.now.record


def list_entries(
    layout: PlanLayout, preference: StylePreference
) -> list[tuple[int, str]]:
    """Return pairs of a work’s number and HTML, in the order of the numbers.

    A work is set in the citation style; one without a record is named as it was
    quoted. Raises ``BusyError`` and the errors of references/styles/errors.py.
    """
    works = list(layout.works.values())
    known = [NumberedWork(w.number, w.reference, []) for w in works if w.reference]
    entries = {
        work.number: entry.html.replace(TAB_PLACEHOLDER, "")
        for work, entry in render_works(known, preference)
    }
    return [(w.number, entries.get(w.number) or name_as_quoted(w)) for w in works]


def list_plain_entries(layout: PlanLayout) -> list[tuple[int, str]]:
    """Return the same without a style, for a page that can’t wait for one."""
    return [
        (
            work.number,
            escape("".join(part.text for part in build_citation(work.reference)))
            if work.reference
            else name_as_quoted(work),
        )
        for work in layout.works.values()
    ]


def name_as_quoted(work: QuotedWork) -> str:
    address = escape(work.url)
    link = f' <a href="{address}">{address}</a>.' if address else ""
    return f"{escape(work.text)}, as it was quoted.{link}"
