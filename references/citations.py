"""A work as a plain author-date citation, in pieces that a page can mark up.

    Meyer, M., & Grosser, B. (2014). *Gut leben im Alter* [in German]. Place: Publisher.

Neither queries (after ``with_contributors()``) nor writes HTML.
"""

from typing import NamedTuple

from django.conf.locale import LANG_INFO

from references.models import Person, Reference

# What these are can be seen from where they were published.
SELF_EVIDENT = {"article-journal", "article-magazine", "article-newspaper"} | {
    "book",
    "chapter",
    "entry-encyclopedia",
}


class Piece(NamedTuple):
    """A part of a citation: the title, a link, or the words between them."""

    text: str
    is_title: bool = False
    url: str = ""


def cite(reference: Reference) -> list[Piece]:
    """The citation of a work. The texts of its pieces follow each other as they are."""
    makers, date = names_of_makers(reference), f"({words_of_date(reference)})."
    note = note_on(reference)
    closing = f" [{note}]." if note else full_stop(reference.title)
    after = [container(reference), details(reference), publication(reference)]
    rest = " ".join(part + full_stop(part) for part in after if part)
    before = f"{makers} {date} " if makers else ""
    if not makers:
        closing = f"{closing} {date}"
    pieces = [
        Piece(before),
        Piece(reference.title, is_title=True),
        Piece(f"{closing} {rest}".rstrip()),
        *link(reference),
    ]
    return [piece for piece in pieces if piece.text]


def names_of_makers(reference: Reference) -> str:
    """“Meyer, M., & Grosser, B.”; editors where a work has no authors."""
    if reference.authors:
        names = joined([str(person) for person in reference.authors])
        return names + full_stop(names)
    if reference.editors:
        names = joined([str(person) for person in reference.editors])
        return f"{names} {editor_mark(reference)}."
    return ""


def joined(names: list[str]) -> str:
    """“A, B., C, D., & E, F.”: every name, the last after an ampersand."""
    return ", & ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def editor_mark(reference: Reference) -> str:
    return "(Ed.)" if len(reference.editors) == 1 else "(Eds.)"


def words_of_date(reference: Reference) -> str:
    """“2014”, “2014, 21 May” or “n.d.”: the year first, as in all author-date styles."""
    if not reference.issued:
        return "n.d."
    *day_and_month, year = str(reference.issued).split()
    return ", ".join(filter(None, [year, " ".join(day_and_month)]))


def note_on(reference: Reference) -> str:
    """“Report, in German”: the kind of a work and its language, where worth a word."""
    kind = reference.genre
    if not kind and reference.type not in SELF_EVIDENT:
        kind = reference.get_type_display()
    foreign = reference.language and not reference.language.startswith("en")
    language = f"in {language_name(reference.language)}" if foreign else ""
    return ", ".join(filter(None, [kind, language]))


def language_name(code: str) -> str:
    """“German” of “de” or “de-CH”; the code itself where we have no name for it."""
    language = code.lower().partition("-")[0]
    return str(LANG_INFO.get(language, {}).get("name", code))


def container(reference: Reference) -> str:
    """“Journal, 9(2), 1–20” or “In: B. Guy Peters (Ed.), Handbook, 1–20”."""
    issue = f"({reference.issue})" if reference.issue else ""
    place = [
        reference.container_title,
        f"{reference.volume}{issue}",
        reference.page.replace("-", "–"),
    ]
    words = ", ".join(filter(None, place))
    if reference.authors and reference.editors:
        editors = [natural_name(person) for person in reference.editors]
        return f"In: {joined(editors)} {editor_mark(reference)}, {words}"
    return words


def natural_name(person: Person) -> str:
    """“C. van Eijk”, “M. L. King Jr.”: the form inside a sentence."""
    names = [person.given, person.dropping_particle, person.surname, person.suffix]
    return " ".join(filter(None, names))


def details(reference: Reference) -> str:
    """“Governance International Case Study, no. 4a, edition 2”, event and its place."""
    number, edition = reference.number, reference.edition
    parts = [
        reference.collection_title,
        f"no. {number}" if number[:1].isdecimal() else number,
        f"edition {edition}" if edition[:1].isdecimal() else edition,
        reference.event_title,
        reference.event_place,
    ]
    words = ", ".join(filter(None, parts))
    return words[:1].upper() + words[1:]


def publication(reference: Reference) -> str:
    """“Birmingham: Governance International”: who published, and where."""
    publisher = reference.publisher or reference.authority
    return ": ".join(filter(None, [reference.publisher_place, publisher]))


def link(reference: Reference) -> list[Piece]:
    """The DOI, or else the address with the day it was read."""
    if reference.doi:
        address = f"https://doi.org/{reference.doi}"
        return [Piece(" "), Piece(address, url=address)]
    if not reference.url:
        return []
    read_on = f" Read on {reference.accessed}: " if reference.accessed else " "
    return [Piece(read_on), Piece(reference.url, url=reference.url)]


def full_stop(text: str) -> str:
    """The full stop a text still needs: none after “?” or initials."""
    return "" if text.endswith((".", "?", "!")) else "."
