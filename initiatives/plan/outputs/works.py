"""The works that a plan’s quotes rest on: their records, and how they are set."""

from html import escape

from initiatives.plan.layout import PlanLayout
from initiatives.plan.planned import QuotedWork
from initiatives.since_kept import WORK, KeptRecord, look_up
from references.citations import build_citation
from references.csl_serializers import serialize_cited_work
from references.style_preference import StylePreference
from references.styles.bibliographies import render_bibliography
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
) -> list[tuple[QuotedWork, str]]:
    """Return pairs of a work and HTML, in the order of the numbers.

    A work is set in the citation style; one without a record is named as it was
    quoted. Raises ``BusyError`` and the errors of references/styles/errors.py.
    """
    works = list(layout.works.values())
    cited = [serialize_cited_work(work.reference) for work in works if work.reference]
    style, locale = preference.style.id, preference.locale
    entries = {entry.key: entry for entry in render_bibliography(cited, style, locale)}
    return [
        (
            work,
            entries[work.reference.key].html.replace(TAB_PLACEHOLDER, "")
            if work.reference
            else name_as_quoted(work),
        )
        for work in works
    ]


def list_plain_entries(layout: PlanLayout) -> list[tuple[QuotedWork, str]]:
    """Return the same without a style, for a page that can’t wait for one."""
    return [
        (
            work,
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
