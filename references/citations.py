"""Plain author-date citations of works, in parts that a page can mark up.

    Meyer, M., & Grosser, B. (2014). *Gut leben im Alter* [in German]. Place: Publisher.

The functions write no HTML, and make no query after ``with_contributors()``.
"""

from typing import NamedTuple
from urllib.parse import quote

from django.conf.locale import LANG_INFO

from references.models import Person, Reference

# Readers recognise these types by where the work was published.
SELF_EVIDENT_TYPES = {
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "book",
    "chapter",
    "entry-encyclopedia",
}
# Works in a larger work, whose title follows “In:”.
PART_TYPES = {
    "chapter",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "paper-conference",
}


class CitationPart(NamedTuple):
    """A part of a citation: the title, a link, or the text between them."""

    text: str
    is_title: bool = False
    url: str = ""


def build_citation(reference: Reference) -> list[CitationPart]:
    """Return the parts of a citation; their texts, joined, are the whole citation."""
    creators, date = format_creators(reference), f"({format_date(reference)})"
    opening = f"{end_sentence(creators)} {date}. " if creators else ""
    title, note = reference.title, format_note(reference)
    end = f" [{note}]." if note else end_sentence(title).removeprefix(title)
    sentences = [
        "" if creators else date,
        format_container(reference),
        format_details(reference),
        format_publisher(reference),
    ]
    parts = [
        CitationPart(opening),
        CitationPart(title, is_title=True),
        CitationPart(" ".join([end, *map(end_sentence, filter(None, sentences))])),
        *build_link(reference),
    ]
    return [part for part in parts if part.text]


def format_creators(reference: Reference) -> str:
    """Return “Meyer, M., & Grosser, B.”; the editors if a work has no authors."""
    if reference.authors:
        return join_names(reference.authors, has_others=reference.has_other_authors)
    return format_editors(reference) if reference.editors else ""


def join_names(people: list[Person], *, has_others: bool) -> str:
    """Return all names, the last after an ampersand: “A, B., C, D., & E, F.”.

    If there are others: “A, B., C, D., et al.”.
    """
    *names, last = [str(person) for person in people]
    if has_others:
        return ", ".join([*names, last, "et al."])
    return ", & ".join(filter(None, [", ".join(names), last]))


def format_editors(reference: Reference) -> str:
    has_others = reference.has_other_editors
    mark = "Eds." if len(reference.editors) > 1 or has_others else "Ed."
    return f"{join_names(reference.editors, has_others=has_others)} ({mark})"


def format_date(reference: Reference) -> str:
    """Return “2014”, “2014, 21 May” or “n.d.”; the year precedes day and month."""
    if not reference.issued:
        return "n.d."
    *day_and_month, year = str(reference.issued).split()
    return ", ".join(filter(None, [year, " ".join(day_and_month)]))


def format_note(reference: Reference) -> str:
    """Return “Report, in German”: the type and the language, if they need a mention."""
    kind = reference.genre
    if not kind and reference.type not in SELF_EVIDENT_TYPES:
        kind = reference.get_type_display()
    is_foreign = reference.language and not reference.language.startswith("en")
    language = f"in {language_name(reference.language)}" if is_foreign else ""
    return ", ".join(filter(None, [kind, language]))


def language_name(code: str) -> str:
    """Return “German” for “de” or “de-CH”, or the code itself if it is unknown."""
    language = code.lower().partition("-")[0]
    return str(LANG_INFO.get(language, {}).get("name", code))


def format_container(reference: Reference) -> str:
    """Return “Journal, 9(2), 1–20” or “In: Peters, B. G. (Ed.), Handbook, 1–20”."""
    has_both = reference.authors and reference.editors
    is_part = reference.container_title and reference.type in PART_TYPES
    issue = f"({reference.issue})" if reference.issue else ""
    parts = [
        format_editors(reference) if has_both else "",
        reference.container_title,
        f"{reference.volume}{issue}",
        reference.page.replace("-", "–"),
    ]
    opening = "In: " if has_both or is_part else ""
    return opening + ", ".join(filter(None, parts))


def format_details(reference: Reference) -> str:
    """Return the series, number, edition and event.

    For example “Governance International Case Study, No. 4a, Edition 2”.
    """
    number, edition = reference.number, reference.edition
    parts = [
        reference.collection_title,
        f"No. {number}" if number[:1].isdecimal() else number,
        f"Edition {edition}" if edition[:1].isdecimal() else edition,
        reference.event_title,
        reference.event_place,
    ]
    return ", ".join(filter(None, parts))


def format_publisher(reference: Reference) -> str:
    """Return place and publisher: “Birmingham: Governance International”."""
    publisher = reference.publisher or reference.authority
    return ": ".join(filter(None, [reference.publisher_place, publisher]))


def build_link(reference: Reference) -> list[CitationPart]:
    """Return the DOI, or else the address and when it was read."""
    if reference.doi:
        text, url = reference.doi, f"https://doi.org/{quote(reference.doi)}"
        return [CitationPart(" "), CitationPart(f"https://doi.org/{text}", url=url)]
    if not reference.url:
        return []
    accessed = f" Accessed {reference.accessed}: " if reference.accessed else " "
    return [CitationPart(accessed), CitationPart(reference.url, url=reference.url)]


def end_sentence(text: str) -> str:
    """Return the text with a full stop, unless it ends with “?”, “!” or a full stop."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
