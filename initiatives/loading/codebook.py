"""Schemes and their terms from codebook files into the database."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from casebase.content.entries import (
    Entry,
    keep_former_names,
    match,
    rename,
    touched,
)
from casebase.content.load_summary import Changes
from casebase.content.model_errors import complaints
from casebase.content.parsed_file import (
    Misfits,
    Place,
    Refusal,
    Written,
    each,
    not_among,
    refuse,
)
from initiatives.loading.sources import rewrite_sources, source_complaints, sources_of
from initiatives.models import Concept, FormerSlug, Scheme
from initiatives.sheet_serializers import WITH_TERM, head_of, term_of
from initiatives.sheets import Codebook, Term, Translation
from references.models import Reference

TEXTS = ("slug", "label", "definition", "scope_note", "is_heading", "order")
LINES = ("synonyms", "hidden_labels", "questions", "actions", "outputs")

type TermEntry = Entry[Term]
type Works = Mapping[str, int]


def import_codebook(*, files: Iterable[Written]) -> list[Changes]:
    """Create and update schemes and terms; none is deleted. In a transaction.

    Raises RefusedError with all that is wrong in the first bad file; then some of it
    may be written, and the transaction must be rolled back.
    """
    schemes, terms = Changes("schemes"), Changes("terms")
    works = dict(Reference.objects.values_list("key", "pk"))
    codebooks = each(files, lambda written: (written, written.read_as(Codebook)))
    refuse(
        written.refusal(place, sentence)
        for written, codebook in codebooks
        for place, sentence in misfits(codebook, works)
    )
    refuse(schemes_said_twice(codebooks))
    for written, codebook in codebooks:
        write_scheme(written, codebook, works, schemes)
        parts = zip(written.parts("terms"), codebook.terms, strict=True)
        entries = [Entry(part, term) for part, term in parts]
        write_terms(codebook.scheme.slug, entries, works, terms)
    return [schemes, terms]


def schemes_said_twice(
    codebooks: Iterable[tuple[Written, Codebook]],
) -> Iterator[Refusal]:
    seen: set[str] = set()
    for written, codebook in codebooks:
        slug = codebook.scheme.slug
        if slug in seen:
            sentence = f"“{slug}” stands in these files twice."
            yield written.refusal(("scheme", "slug"), sentence)
        seen.add(slug)


def misfits(codebook: Codebook, works: Works) -> Misfits:
    terms = ((("terms", n), term) for n, term in enumerate(codebook.terms))
    owners: list[tuple[Place, Any]] = [(("scheme",), codebook.scheme), *terms]
    for place, owner in owners:
        for n, use in enumerate(owner.sources):
            if use.ref not in works:
                sentence = not_among(use.ref, works, what="the key of no work")
                yield (*place, "sources", n, "ref"), sentence
    if codebook.scheme.slug != "change-steps":
        for n, term in enumerate(codebook.terms):
            if term.actions is not None or term.outputs is not None:
                yield ("terms", n), "Only change steps have actions and outputs."


def write_scheme(
    written: Written, codebook: Codebook, works: Works, changes: Changes
) -> None:
    head = codebook.scheme
    there = Scheme.objects.prefetch_related("sources__reference")
    scheme = there.filter(slug=head.slug).first() or Scheme(slug=head.slug)
    before = head_of(scheme) if scheme.pk else None
    if not changes.note(head.slug, before, head):
        return
    scheme.title, scheme.description = head.title, head.description
    scheme.translations = plain(head.translations)
    sources = sources_of(scheme, head.sources, works)
    refuse(
        written.refusal(("scheme", *place), sentence)
        for place, sentence in all_complaints(scheme, sources)
    )
    scheme.save()
    if before is None or before.sources != head.sources:
        rewrite_sources(stale=[scheme] if before else [], fresh=sources)


def all_complaints(record: Any, sources: list[Any]) -> Misfits:
    for column, sentence in complaints(record):
        yield (column,), sentence
    yield from source_complaints(sources)


def write_terms(
    scheme: str, entries: list[TermEntry], works: Works, changes: Changes
) -> None:
    there = Concept.objects.filter(scheme=scheme).prefetch_related(*WITH_TERM)
    former = FormerSlug.objects.filter(concept__scheme=scheme)
    records = {concept.slug: concept for concept in there}
    match(
        entries,
        model=Concept,
        records=records,
        former=dict(former.values_list("slug", "concept__slug")),
        form_of=term_of,
    )
    changed = touched(entries, changes)
    for entry in changed:
        rename(entry)
        entry.record = entry.record or Concept(scheme_id=scheme)
        fill(entry.record, entry.form)
    write_columns(changed, works)
    terms = [*records.values(), *(entry.record for entry in changed)]
    write_broader(changed, {concept.slug: concept for concept in terms})
    for entry in changed:
        if entry.differs_in("former_slugs"):
            keep_former_names(entry, entry.record)


def fill(concept: Any, term: Term) -> None:
    for column in TEXTS:
        value = getattr(term, column)
        setattr(concept, column, "" if value is None else value)
    for column in LINES:
        setattr(concept, column, getattr(term, column) or [])
    concept.translations = plain(term.translations)


def plain(translations: Mapping[str, Translation]) -> dict[str, Any]:
    return {code: said.model_dump() for code, said in translations.items()}


def write_columns(changed: list[TermEntry], works: Works) -> None:
    refusals: list[Refusal] = []
    stale, fresh = [], []
    for entry in changed:
        sources = sources_of(entry.record, entry.form.sources, works)
        for place, sentence in all_complaints(entry.record, sources):
            refusals.append(entry.refusal(*place, sentence=sentence))
        if entry.before is None:
            fresh += sources
        elif entry.before.sources != entry.form.sources:
            stale.append(entry.record)
            fresh += sources
    refuse(refusals)
    Concept.objects.bulk_create(e.record for e in changed if e.before is None)
    for entry in changed:
        if entry.before:
            entry.record.save()
    rewrite_sources(stale=stale, fresh=fresh)


def write_broader(changed: list[TermEntry], terms: Mapping[str, Any]) -> None:
    """Second, for a term may stand in the file before its broader term."""
    refusals = []
    for entry in changed:
        broader = entry.form.broader
        if broader == entry.form.slug:
            sentence = "A term can’t be its own broader term."
            refusals.append(entry.refusal("broader", sentence=sentence))
        elif broader and broader not in terms:
            sentence = not_among(broader, terms, what="no term of this scheme")
            refusals.append(entry.refusal("broader", sentence=sentence))
        entry.record.broader = terms.get(broader or "")
    refuse(refusals)
    records = [entry.record for entry in changed]
    Concept.objects.bulk_update(records, ["broader"])
    # Fresh ones, for a ring may lead through terms that are not changed.
    saved = Concept.objects.in_bulk([record.pk for record in records])
    refuse(
        entry.refusal(column, sentence=sentence)
        for entry in changed
        for column, sentence in complaints(saved[entry.record.pk], checks=["clean"])
    )
