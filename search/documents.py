"""What of a case, a work and a term is searched. Rows in, texts out; no query in here.

A text has a weight: A is what a record is called, B what it is about, C what it says
of itself, D what else is said.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

WEIGHTS = "ABCD"


class Part(NamedTuple):
    """One text of a record; ``anchor`` is where its page has it, behind #."""

    weight: str
    label: str
    text: str
    anchor: str = ""


class Offer(NamedTuple):
    """A name that a reader may be typing, and what leads to the page it stands for."""

    kind: str
    value: str
    label: str


def filled(parts: Iterable[Part]) -> list[Part]:
    """Those that say something, each once."""
    return list(dict.fromkeys(part for part in parts if part.text))


def case_parts(case: Any) -> list[Part]:
    """Of a case as ``records.published_cases()`` has it."""
    return filled(
        [
            Part("A", "Name", case.name),
            *_places(case),
            *(
                Part("B", "Organisation", part.organisation.name)
                for part in case.involvements.all()
            ),
            *(
                Part("B", _scheme(concept), concept.label)
                for concept in _concepts(case)
            ),
            *(Part("B", "Tag", name) for name in sorted(map(str, case.tags.all()))),
            Part("C", "Summary", case.summary),
            Part("C", "Challenge", case.challenge),
            Part("C", "Approach", case.approach),
            Part("C", "Who co-produces", case.co_producers),
            Part("C", "Whom it is for", "; ".join(case.target_groups)),
            *(part for finding in case.listed_findings for part in _said(finding)),
        ]
    )


def _places(case: Any) -> Iterator[Part]:
    for place in (case.locality, case.region, case.get_country_display()):
        yield Part("B", "Place", place)


def _concepts(case: Any) -> Iterator[Any]:
    yield from case.service_areas.all()
    for finding in case.listed_findings:
        if finding.concept:
            yield finding.concept
        yield from finding.listed_strategies


def _scheme(concept: Any) -> str:
    """“Kind of leadership”: what a term is, at the head of a line."""
    return str(concept.words.singular).capitalize()


def _said(finding: Any) -> Iterator[Part]:
    kind = finding.get_kind_display()
    yield Part("D", f"Finding, {kind.lower()}", finding.statement, finding.short_id)
    yield Part("D", f"Response, {kind.lower()}", finding.response, finding.short_id)


def case_offers(case: Any) -> list[Offer]:
    country = case.get_country_display()
    offers = [Offer("initiative", case.slug, case.name)]
    for place in dict.fromkeys([case.locality, case.region]):
        if place:
            label = f"{place}, {country}" if country else place
            offers.append(Offer("place", place, label))
    if country:
        offers.append(Offer("country", case.country, country))
    return offers


def work_parts(work: Any) -> list[Part]:
    """Of a work as ``records.works()`` has it."""
    return filled(
        [
            Part("A", "Title", work.title),
            *(
                Part("B", made.get_role_display(), str(made.person))
                for made in work.contributions.all()
            ),
            Part("B", "Year", str(work.issued_year or "")),
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
    """Of a term as ``records.terms()`` has it."""
    lines = [*term.questions, *term.actions, *term.outputs]
    return filled(
        [
            Part("A", "Term", term.label),
            Part("B", "Scheme", term.words.title),
            Part("B", "Broader term", term.broader.label if term.broader else ""),
            Part("C", "Definition", term.definition),
            Part("C", "When to use it", term.scope_note),
            *(Part("D", "Question or step", line) for line in lines),
        ]
    )


def term_offers(term: Any) -> list[Offer]:
    return [Offer("concept", f"{term.scheme_id}/{term.slug}", term.label)]
