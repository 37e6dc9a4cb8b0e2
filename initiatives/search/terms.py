"""The searched texts of terms."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from casebase.search.documents import FOUND_BY, DocumentPart, Offer, address_of, filled
from casebase.search.searched_records import DocumentContent
from initiatives.models import Concept
from initiatives.translations import names_by_language


def read_terms(keys: Iterable[int]) -> Iterator[DocumentContent]:
    """Primary key, parts and offers of these terms."""
    for term in Concept.objects.select_related("broader", "scheme").filter(pk__in=keys):
        yield term.pk, term_parts(term), term_offers(term)


def term_parts(term: Any) -> list[DocumentPart]:
    """The texts of a term, of its scheme and of its broader term."""
    lines = [*term.questions, *term.actions, *term.outputs]
    return filled(
        [
            DocumentPart("A", "Term", term.label),
            *(DocumentPart("A", "Also called", word) for word in term.synonyms),
            *(DocumentPart("B", FOUND_BY, word) for word in term.hidden_labels),
            *_translated_parts("B", term.translations),
            DocumentPart("B", "Scheme", term.words.title),
            DocumentPart("C", "Address", address_of(term)),
            DocumentPart(
                "B", "Broader term", term.broader.label if term.broader else ""
            ),
            DocumentPart("C", "Definition", term.definition),
            DocumentPart("C", "About this term", term.scope_note),
            *(DocumentPart("D", "Question or step", line) for line in lines),
            *_translated_parts("D", term.scheme.translations),
        ]
    )


def _translated_parts(
    weight: str, translations: dict[str, Any]
) -> Iterator[DocumentPart]:
    for language, names in names_by_language(translations).items():
        for name in names:
            yield DocumentPart(weight, FOUND_BY, name, language=language)


def term_offers(term: Any) -> list[Offer]:
    """Every name of the term, in every language."""
    value = f"{term.scheme_id}/{term.slug}"
    translated = names_by_language(term.translations).values()
    names = [term.label, *term.synonyms, *term.hidden_labels, *chain(*translated)]
    return [Offer("concept", value, name) for name in dict.fromkeys(names)]
