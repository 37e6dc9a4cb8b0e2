"""Writes which terms are related, once the terms of all schemes are there."""

from collections.abc import Iterator, Mapping
from typing import Any

from casebase.content.entries import Entry
from casebase.content.parsed_file import (
    ErrorDetail,
    describe_unknown_value,
    raise_errors,
)
from initiatives.models import Concept, RelatedTerm
from initiatives.models.related_terms import ANSWERED_SCHEMES, STRATEGIES
from initiatives.sheets import SheetTerm

type TermEntry = Entry[SheetTerm]
# Scheme and slug → concept.
type Terms = Mapping[tuple[str, str], Any]


def write_related_terms(entries: list[TermEntry]) -> None:
    """Write the related terms of changed entries, whose records are saved.

    Raises InvalidFileError with all errors; then the caller has to roll back.
    """
    changed = [entry for entry in entries if entry.has_changed("near", "strategies")]
    terms = {concept.natural_key(): concept for concept in Concept.objects.all()}
    raise_errors(error for entry in changed for error in related_errors(entry, terms))
    RelatedTerm.objects.filter(concept__in=[e.record.pk for e in changed]).delete()
    RelatedTerm.objects.bulk_create(
        RelatedTerm(concept=entry.record, other=terms[name], position=position)
        for entry in changed
        for position, (_, _, name) in enumerate(named_terms(entry), start=1)
    )


def named_terms(entry: TermEntry) -> Iterator[tuple[str, int, tuple[str, str]]]:
    """Yield the key and the place in the sheet, and scheme and slug of each term."""
    for key, scheme in (("near", entry.record.scheme_id), ("strategies", STRATEGIES)):
        for n, slug in enumerate(getattr(entry.data, key)):
            yield key, n, (scheme, slug)


def related_errors(entry: TermEntry, terms: Terms) -> Iterator[ErrorDetail]:
    scheme = entry.record.scheme_id
    if entry.data.strategies and scheme not in ANSWERED_SCHEMES:
        sentence = "Only barriers and risks have strategies; write terms under near."
        yield entry.error_at("strategies", sentence=sentence)
        return
    for key, n, name in named_terms(entry):
        if name == (scheme, entry.data.slug):
            yield entry.error_at(key, n, sentence="A term is not related to itself.")
        elif name not in terms:
            known = [slug for of, slug in terms if of == name[0]]
            what = f"not a term of the scheme {name[0]}"
            sentence = describe_unknown_value(name[1], known, what=what)
            yield entry.error_at(key, n, sentence=sentence)
