"""What of a case, a work and a term is searched. Rows in, texts out; no query in here.

A text has a weight: A is what a record is called, B what it is about, C what it says
of itself, D what else is said.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from django.urls import NoReverseMatch

from casebase.search.country_names import other_names
from initiatives.models import Finding, country_names
from initiatives.translations import names_in

WEIGHTS = "ABCD"
# Looked up here, for Django's own way to a label takes longer than all the rest.
COUNTRIES: dict[str, str] = dict(country_names())
KINDS = {value: label.lower() for value, label in Finding.Kind.choices}


# The label of words that readers look for and the site does not print.
FOUND_BY = "Found by"


class Part(NamedTuple):
    """One text of a record; ``anchor`` is where its page has it, behind #.

    ``language``: by whose rules its words are cut, English by none.
    """

    weight: str
    label: str
    text: str
    anchor: str = ""
    language: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether it is found by and not printed."""
        return self.label == FOUND_BY


class Offer(NamedTuple):
    """A name that a reader may be typing, and what leads to the page it stands for."""

    kind: str
    value: str
    label: str


def filled(parts: Iterable[Part]) -> list[Part]:
    """Those that say something, each once."""
    return list(dict.fromkeys(part for part in parts if part.text))


def case_parts(
    case: Any, concepts: Iterable[Any], findings: Iterable[Any]
) -> list[Part]:
    """Of a case, the terms it is about, and its public findings: short id, kind,
    statement and response."""
    bodies = (involvement.organisation.name for involvement in case.involvements.all())
    return filled(
        [
            Part("A", "Name", case.name),
            *(Part("B", "Place", place) for place in _places(case)),
            *(Part("B", FOUND_BY, name) for name in other_names(case.country)),
            *(Part("B", "Organisation", name) for name in bodies),
            *(part for concept in concepts for part in _coded(concept)),
            *(Part("B", "Tag", name) for name in sorted(map(str, case.tags.all()))),
            Part("C", "Address", address_of(case)),
            Part("C", "Summary", case.summary),
            Part("C", "Challenge", case.challenge),
            Part("C", "Approach", case.approach),
            Part("C", "Who co-produces", case.co_producers),
            Part("C", "Whom it is for", "; ".join(case.target_groups)),
            *(part for finding in findings for part in _said(*finding)),
        ]
    )


def _places(case: Any) -> list[str]:
    return [case.locality, case.region, _country(case)]


def _country(case: Any) -> str:
    """Its name; a code that is none stands for itself. Every public case has one."""
    return str(COUNTRIES.get(case.country, case.country))


def _scheme(concept: Any) -> str:
    """“Kind of leadership”: what a term is, at the head of a line."""
    return str(concept.words.singular).capitalize()


def _coded(concept: Any) -> Iterator[Part]:
    for name in (concept.label, *concept.synonyms):
        yield Part("B", _scheme(concept), name)


def _said(short_id: str, kind: str, statement: str, response: str) -> Iterator[Part]:
    yield Part("D", f"Finding, {KINDS[kind]}", statement, short_id)
    yield Part("D", f"Response, {KINDS[kind]}", response, short_id)


def case_offers(case: Any) -> list[Offer]:
    country = _country(case)
    places = dict.fromkeys(filter(None, [case.locality, case.region]))
    return [
        Offer("initiative", case.slug, case.name),
        *(Offer("place", place, f"{place}, {country}") for place in places),
        Offer("country", case.country, country),
    ]


def work_parts(work: Any) -> list[Part]:
    """Of a work with its contributors."""
    return filled(
        [
            Part("A", "Title", work.title),
            *(
                Part("B", made.get_role_display(), str(made.person))
                for made in work.contributions.all()
            ),
            Part("B", "Year", str(work.issued_year or "")),
            Part("B", "Citekey", work.key),
            Part("B", "DOI", work.doi),
            Part("C", "Address", address_of(work)),
            Part("C", "Web address", work.url),
            Part("C", "Published in", work.container_title),
            Part("C", "Series", work.collection_title),
            Part("C", "Publisher", work.publisher),
            Part("C", "Event", work.event_title),
            Part("D", "Note", work.note),
            Part("D", "Note on the print", work.correction),
        ]
    )


def work_offers(work: Any) -> list[Offer]:
    people = dict.fromkeys(made.person for made in work.contributions.all())
    return [Offer("author", person.slug, str(person)) for person in people]


def term_parts(term: Any) -> list[Part]:
    """Of a term with its scheme and its broader one."""
    lines = [*term.questions, *term.actions, *term.outputs]
    return filled(
        [
            Part("A", "Term", term.label),
            *(Part("A", "Also called", word) for word in term.synonyms),
            *(Part("B", FOUND_BY, word) for word in term.hidden_labels),
            *_in_languages("B", term.translations),
            Part("B", "Scheme", term.words.title),
            Part("C", "Address", address_of(term)),
            Part("B", "Broader term", term.broader.label if term.broader else ""),
            Part("C", "Definition", term.definition),
            Part("C", "About this term", term.scope_note),
            *(Part("D", "Question or step", line) for line in lines),
            *_in_languages("D", term.scheme.translations),
        ]
    )


def _in_languages(weight: str, translations: dict[str, Any]) -> Iterator[Part]:
    for language, names in names_in(translations).items():
        for name in names:
            yield Part(weight, FOUND_BY, name, language=language)


def term_offers(term: Any) -> list[Offer]:
    value = f"{term.scheme_id}/{term.slug}"
    translated = names_in(term.translations).values()
    names = [term.label, *term.synonyms, *term.hidden_labels, *chain(*translated)]
    return [Offer("concept", value, name) for name in dict.fromkeys(names)]


def address_of(record: Any) -> str:
    """Where readers find it; empty where its name, which nobody checked, gives none."""
    try:
        return str(record.get_absolute_url())
    except NoReverseMatch:
        return ""
