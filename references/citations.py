"""A work as a plain author-date citation, in pieces that a page can mark up.

    Meyer, M., & Grosser, B. (2014). *Gut leben im Alter* [in German]. Place: Publisher.

Neither queries (after ``with_contributors()``) nor writes HTML.
"""

from typing import NamedTuple
from urllib.parse import quote

from django.conf.locale import LANG_INFO

from references.models import Person, Reference

# What these are can be seen from where they were published.
SELF_EVIDENT_TYPES = {
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "book",
    "chapter",
    "entry-encyclopedia",
}
# Printed in a larger work, whose title follows “In:”.
PART_TYPES = {
    "chapter",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "paper-conference",
}


class CitationPart(NamedTuple):
    """A part of a citation: the title, a link, or the words between them."""

    text: str
    is_title: bool = False
    url: str = ""


def build_citation(reference: Reference) -> list[CitationPart]:
    """The citation of a work. The texts of its pieces follow each other as they are."""
    names, date = format_creators(reference), f"({format_date(reference)})"
    opening = f"{end_sentence(names)} {date}. " if names else ""
    note = format_note(reference)
    end = (
        f" [{note}]." if note else end_sentence(reference.title)[len(reference.title) :]
    )
    sentences = [
        "" if names else date,
        format_container(reference),
        format_details(reference),
        format_publisher(reference),
    ]
    pieces = [
        CitationPart(opening),
        CitationPart(reference.title, is_title=True),
        CitationPart(" ".join([end, *map(end_sentence, filter(None, sentences))])),
        *build_link(reference),
    ]
    return [piece for piece in pieces if piece.text]


def format_creators(reference: Reference) -> str:
    """“Meyer, M., & Grosser, B.”; editors where a work has no authors."""
    if reference.authors:
        return join_names(reference.authors, has_others=reference.has_other_authors)
    return format_editors(reference) if reference.editors else ""


def join_names(people: list[Person], *, has_others: bool) -> str:
    """“A, B., C, D., & E, F.”: every name, the last after an ampersand.

    “A, B., C, D., et al.” where there are others.
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
    """“2014”, “2014, 21 May” or “n.d.”: the year first, as in every such style."""
    if not reference.issued:
        return "n.d."
    *day_and_month, year = str(reference.issued).split()
    return ", ".join(filter(None, [year, " ".join(day_and_month)]))


def format_note(reference: Reference) -> str:
    """“Report, in German”: the kind of a work and its language, where worth a word."""
    kind = reference.genre
    if not kind and reference.type not in SELF_EVIDENT_TYPES:
        kind = reference.get_type_display()
    foreign = reference.language and not reference.language.startswith("en")
    language = f"in {language_name(reference.language)}" if foreign else ""
    return ", ".join(filter(None, [kind, language]))


def language_name(code: str) -> str:
    """“German” of “de” or “de-CH”; the code itself where we have no name for it."""
    language = code.lower().partition("-")[0]
    return str(LANG_INFO.get(language, {}).get("name", code))


def format_container(reference: Reference) -> str:
    """“Journal, 9(2), 1–20” or “In: Peters, B. G. (Ed.), Handbook, 1–20”."""
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
    """“Governance International Case Study, No. 4a, Edition 2”; an event, its place."""
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
    """“Birmingham: Governance International”: who published, and where."""
    publisher = reference.publisher or reference.authority
    return ": ".join(filter(None, [reference.publisher_place, publisher]))


def build_link(reference: Reference) -> list[CitationPart]:
    """The DOI, or else the address, and when it was read."""
    if reference.doi:
        url = f"https://doi.org/{quote(reference.doi)}"
        return [
            CitationPart(" "),
            CitationPart(f"https://doi.org/{reference.doi}", url=url),
        ]
    if not reference.url:
        return []
    accessed = f" Accessed {reference.accessed}: " if reference.accessed else " "
    return [CitationPart(accessed), CitationPart(reference.url, url=reference.url)]


def end_sentence(text: str) -> str:
    """With a full stop, unless “?” or an initial ends it already."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
