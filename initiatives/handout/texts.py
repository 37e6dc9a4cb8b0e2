"""Texts of cases and of readers, made fit for documents, and put into words."""

import unicodedata
from html import escape
from typing import Any

from initiatives.comparison.file_content import cite_numbers
from references.styles.docx_layout import TAB_PLACEHOLDER
from references.styles.entry_html import REMOVE_FORBIDDEN

REMOVED = REMOVE_FORBIDDEN | {ord(TAB_PLACEHOLDER): None}


def clean(text: str) -> str:
    """Return the text without characters that documents can't have.

    Halves of surrogate pairs become question marks: they can't be encoded.
    """
    return text.translate(REMOVED).encode("utf-8", "replace").decode()


def html(text: Any) -> str:
    """Return the text as HTML."""
    return escape(clean(str(text)))


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    found = (unicodedata.bidirectional(letter) for letter in text)
    first = next((each for each in found if each in {"L", "R", "AL"}), "L")
    return first != "L"


def paragraphs_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def describe_result(finding: Any) -> str:
    """Return its result, grade and basis: “Helped. Thinly supported. Coded by us.”"""
    has_result = finding.is_answered or finding.direction != "neutral"
    is_stated = finding.basis == finding.Basis.STATED
    words = [
        finding.get_direction_display() if has_result else "",
        finding.evidence.level.label,
        "Stated by the source" if is_stated else "Coded by us",
        str(finding.year or ""),
    ]
    return " ".join(f"{word}." for word in words if word)


def describe_glance(sheet: Any) -> list[tuple[str, str]]:
    """Return pairs of a title and words: what the case has, and its facts."""
    case, page = sheet.case, sheet.page
    has = (
        ": ".join(filter(None, [fact.words, ", ".join(w for _, w in fact.details)]))
        for fact in page.key_facts
    )
    shares = page.grade_summary.shares if page.grade_summary else []
    bodies = case.involvements.all()
    facts = {
        "What it has": ["; ".join(has)],
        "Statements": [f"{s.value.n} {s.value.label.lower()}" for s in shares],
        "Settlement and reach": filter(
            None, [case.get_settlement_display(), case.get_reach_display()]
        ),
        "Service areas": [area.label for area in case.service_areas.all()],
        "For whom": case.target_groups,
        "Who co-produces": [case.co_producers],
        "Modes of co-production": [mode.concept.label for mode in page.modes],
        "Organisations": [f"{body.organisation.name} ({body.role})" for body in bodies],
    }
    told = ((title, ", ".join(words)) for title, words in facts.items())
    return [(title, words) for title, words in told if words]


def cite(statement: Any) -> str:
    """Return “[1, Outcomes; 2]”, or nothing for a conflict without a source."""
    return cite_numbers(statement) if statement.sources.all() else ""


def describe_version(sheet: Any) -> list[str]:
    """Return sentences on the version of a case, and on what it has besides."""
    if not sheet.page:
        return []
    day = sheet.case.revised_on
    number = f" {sheet.version}" if sheet.version else ""
    words = [f"Version{number} of {f'{day:%-d %B %Y}' if day else 'no known day'}."]
    if sheet.n_more:
        more = ", ".join(f"{kind} {n}" for kind, n in sheet.more)
        words.append(f"Statements that the case has besides: {sheet.n_more} ({more}).")
    return words
