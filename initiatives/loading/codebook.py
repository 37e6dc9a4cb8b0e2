"""The import of codebook files as schemes and their terms."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from casebase.content.entries import (
    Entry,
    match_records,
    rename_record,
    save_former_names,
    select_changed,
)
from casebase.content.load_summary import Changes
from casebase.content.model_errors import validation_errors
from casebase.content.parsed_file import (
    ErrorDetail,
    Errors,
    KeyPath,
    ParsedFile,
    describe_unknown_value,
    map_collecting_errors,
    raise_errors,
)
from initiatives.loading.related_terms import write_related_terms
from initiatives.loading.sources import build_sources, replace_sources, source_errors
from initiatives.models import Concept, FormerSlug, Scheme
from initiatives.sheet_serializers import WITH_TERM, scheme_of, term_of
from initiatives.sheets import SchemeSheet, SheetTerm, Translation
from references.models import Reference

PLAIN_COLUMNS = ("slug", "label", "definition", "scope_note", "is_heading", "order")
LIST_COLUMNS = ("synonyms", "hidden_labels", "questions", "actions", "outputs")

type TermEntry = Entry[SheetTerm]
# Citekey → primary key.
type Works = Mapping[str, int]


def import_codebook(*, files: Iterable[ParsedFile]) -> list[Changes]:
    """Create and update schemes and terms; none is deleted.

    Returns the changes to schemes and those to terms. Raises InvalidFileError with all
    errors of the first invalid file; part of it may then be written, so the caller has
    to roll back the transaction.
    """
    schemes, terms = Changes("schemes"), Changes("terms")
    works = dict(Reference.objects.values_list("key", "pk"))
    sheets = map_collecting_errors(files, validate_sheet)
    raise_errors(
        parsed.error_at(key_path, sentence)
        for parsed, sheet in sheets
        for key_path, sentence in scheme_sheet_errors(sheet, works)
    )
    raise_errors(duplicate_scheme_errors(sheets))
    changed: list[TermEntry] = []
    for parsed, sheet in sheets:
        write_scheme(parsed, sheet, works, schemes)
        parts = zip(parsed.parts("terms"), sheet.terms, strict=True)
        entries = [Entry(part, term) for part, term in parts]
        changed += write_terms(sheet.scheme.slug, entries, works, terms)
    write_related_terms(changed)
    return [schemes, terms]


def validate_sheet(parsed: ParsedFile) -> tuple[ParsedFile, SchemeSheet]:
    return parsed, parsed.validate_as(SchemeSheet)


def duplicate_scheme_errors(
    sheets: Iterable[tuple[ParsedFile, SchemeSheet]],
) -> Iterator[ErrorDetail]:
    seen: set[str] = set()
    for parsed, sheet in sheets:
        slug = sheet.scheme.slug
        if slug in seen:
            sentence = f"“{slug}” stands in these files twice."
            yield parsed.error_at(("scheme", "slug"), sentence)
        seen.add(slug)


def scheme_sheet_errors(sheet: SchemeSheet, works: Works) -> Errors:
    """Yield sources of unknown works, and keys that only change steps have."""
    terms = ((("terms", n), term) for n, term in enumerate(sheet.terms))
    owners: list[tuple[KeyPath, Any]] = [(("scheme",), sheet.scheme), *terms]
    for key_path, owner in owners:
        for n, source in enumerate(owner.sources):
            if source.ref not in works:
                what = "not the key of a work"
                sentence = describe_unknown_value(source.ref, works, what=what)
                yield (*key_path, "sources", n, "ref"), sentence
    if sheet.scheme.slug != "change-steps":
        for n, term in enumerate(sheet.terms):
            if term.actions is not None or term.outputs is not None:
                yield ("terms", n), "Only change steps have actions and outputs."


def write_scheme(
    parsed: ParsedFile, sheet: SchemeSheet, works: Works, changes: Changes
) -> None:
    data = sheet.scheme
    schemes = Scheme.objects.prefetch_related("sources__reference")
    scheme = schemes.filter(slug=data.slug).first() or Scheme(slug=data.slug)
    before = scheme_of(scheme) if scheme.pk else None
    if not changes.add(data.slug, before, data):
        return
    scheme.title, scheme.description = data.title, data.description
    scheme.translations = dump_translations(data.translations)
    sources = build_sources(scheme, data.sources, works)
    raise_errors(
        parsed.error_at(("scheme", *key_path), sentence)
        for key_path, sentence in record_errors(scheme, sources)
    )
    scheme.save()
    if before is None or before.sources != data.sources:
        replace_sources(owners=[scheme] if before else [], new=sources)


def record_errors(record: Any, sources: list[Any]) -> Errors:
    for column, sentence in validation_errors(record):
        yield (column,), sentence
    yield from source_errors(sources)


def write_terms(
    scheme: str, entries: list[TermEntry], works: Works, changes: Changes
) -> list[TermEntry]:
    """Create and update terms of a scheme, and add to ``changes``.

    Returns the changed entries, whose related terms are still to be written. Raises
    InvalidFileError with all errors; then the caller has to roll back.
    """
    concepts = match_terms(scheme, entries)
    changed = select_changed(entries, changes)
    for entry in changed:
        rename_record(entry)
        entry.record = entry.record or Concept(scheme_id=scheme)
        fill_concept(entry.record, entry.data)
    write_columns(changed, works)
    terms = [*concepts, *(entry.record for entry in changed)]
    write_broader(changed, {concept.slug: concept for concept in terms})
    for entry in changed:
        if entry.has_changed("former_slugs"):
            save_former_names(entry, entry.record)
    return changed


def match_terms(scheme: str, entries: list[TermEntry]) -> list[Any]:
    """Set the records of the entries, and return all concepts of the scheme."""
    concepts = Concept.objects.filter(scheme=scheme).prefetch_related(*WITH_TERM)
    former = FormerSlug.objects.filter(concept__scheme=scheme)
    match_records(
        entries,
        model=Concept,
        records={concept.slug: concept for concept in concepts},
        former=dict(former.values_list("slug", "concept__slug")),
        serialize=term_of,
    )
    return list(concepts)


def fill_concept(concept: Any, term: SheetTerm) -> None:
    for column in PLAIN_COLUMNS:
        value = getattr(term, column)
        setattr(concept, column, "" if value is None else value)
    for column in LIST_COLUMNS:
        setattr(concept, column, getattr(term, column) or [])
    concept.translations = dump_translations(term.translations)


def dump_translations(translations: Mapping[str, Translation]) -> dict[str, Any]:
    return {code: each.model_dump() for code, each in translations.items()}


def write_columns(changed: list[TermEntry], works: Works) -> None:
    """Write everything of the terms except their broader terms and former slugs."""
    errors: list[ErrorDetail] = []
    owners, new = [], []
    for entry in changed:
        sources = build_sources(entry.record, entry.data.sources, works)
        for key_path, sentence in record_errors(entry.record, sources):
            errors.append(entry.error_at(*key_path, sentence=sentence))
        if entry.before is None:
            new += sources
        elif entry.before.sources != entry.data.sources:
            owners.append(entry.record)
            new += sources
    raise_errors(errors)
    Concept.objects.bulk_create(e.record for e in changed if e.before is None)
    for entry in changed:
        if entry.before:
            entry.record.save()
    replace_sources(owners=owners, new=new)


def write_broader(changed: list[TermEntry], terms: Mapping[str, Any]) -> None:
    """Write the broader terms, once all terms of the file have been saved.

    ``terms`` has all terms of the scheme by slug.
    """
    raise_errors(
        entry.error_at("broader", sentence=sentence)
        for entry in changed
        if (sentence := broader_error(entry.data, terms))
    )
    for entry in changed:
        entry.record.broader = terms.get(entry.data.broader or "")
    records = [entry.record for entry in changed]
    Concept.objects.bulk_update(records, ["broader"])
    # Fetched again, because a cycle may lead through terms that have not changed.
    saved = Concept.objects.in_bulk([record.pk for record in records])
    errors = {
        pk: validation_errors(term, checks=["clean"]) for pk, term in saved.items()
    }
    raise_errors(
        entry.error_at(column, sentence=sentence)
        for entry in changed
        for column, sentence in errors[entry.record.pk]
    )


def broader_error(term: SheetTerm, terms: Mapping[str, Any]) -> str | None:
    if term.broader == term.slug:
        return "A term can’t be its own broader term."
    if term.broader and term.broader not in terms:
        what = "not a term of this scheme"
        return describe_unknown_value(term.broader, terms, what=what)
    return None
