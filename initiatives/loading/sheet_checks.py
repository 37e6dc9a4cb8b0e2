"""Errors in the sheet of a case: unknown works and terms, contradictions."""

from collections.abc import Iterator

from taggit.models import Tag

from casebase.content.model_errors import validation_errors
from casebase.content.parsed_file import Errors, KeyPath, describe_unknown_value
from initiatives.evidence_grade.rules import LEVEL_BY_SLUG, STANDING_LABELS
from initiatives.loading.lookups import Lookups
from initiatives.models import Finding, Involvement, Organisation
from initiatives.schemes import CODED_SCHEMES
from initiatives.sheets import CaseSheet

KINDS = [kind for kind in Finding.Kind.values if kind != Finding.Kind.MODE]
STANDINGS = [standing for standing in STANDING_LABELS if standing]


def case_sheet_errors(sheet: CaseSheet, lookups: Lookups) -> Errors:
    """Yield pairs of a key path and a sentence, without asking the models."""
    for key_path, key in named_works(sheet):
        if sentence := lookups.work_error(key):
            yield key_path, sentence
    for key_path, scheme, slug in named_terms(sheet):
        if sentence := lookups.term_error(scheme, slug):
            yield key_path, sentence
    yield from kind_errors(sheet)
    yield from missing_source_errors(sheet)
    yield from list_errors(sheet)
    yield from grade_errors(sheet)
    yield from standing_errors(sheet)
    yield from conflict_errors(sheet)
    yield from organisation_errors(sheet)


def named_works(sheet: CaseSheet) -> Iterator[tuple[KeyPath, str]]:
    """Yield every citekey in the sheet, with its key path."""
    for part in ("sources", "further_sources", "unread"):
        for n, key in enumerate(getattr(sheet, part)):
            yield (part, n), key
    for n, row in enumerate(sheet.standings):
        yield ("standings", n, "ref"), row.ref
    for part in ("modes", "findings", "conflicts"):
        for n, owner in enumerate(getattr(sheet, part)):
            for m, source in enumerate(owner.sources):
                yield (part, n, "sources", m, "ref"), source.ref


def named_terms(sheet: CaseSheet) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield the key path, the scheme and the slug of every term in the sheet."""
    for n, area in enumerate(sheet.service_areas):
        yield ("service_areas", n), "service-areas", area
    for n, mode in enumerate(sheet.modes):
        yield ("modes", n, "term"), "modes", mode.term
    for n, finding in enumerate(sheet.findings):
        if finding.term and (scheme := CODED_SCHEMES.get(finding.kind)):
            yield ("findings", n, "term"), scheme.slug, finding.term
        for m, strategy in enumerate(finding.strategies):
            yield ("findings", n, "strategies", m), "strategies", strategy


def kind_errors(sheet: CaseSheet) -> Errors:
    what = "not a kind of finding"
    for n, kind in enumerate(sheet.not_found):
        if kind not in KINDS:
            yield ("not_found", n), describe_unknown_value(kind, KINDS, what=what)
    for n, finding in enumerate(sheet.findings):
        if finding.kind not in KINDS:
            sentence = describe_unknown_value(finding.kind, KINDS, what=what)
            yield ("findings", n, "kind"), sentence
        elif finding.term and finding.kind not in CODED_SCHEMES:
            sentence = f"Findings of the kind {finding.kind} have no term; write null."
            yield ("findings", n, "term"), sentence


def grade_errors(sheet: CaseSheet) -> Errors:
    for part in ("modes", "findings"):
        for n, finding in enumerate(getattr(sheet, part)):
            level = finding.grade and finding.grade.level
            if level and level not in LEVEL_BY_SLUG:
                what = "not a grade"
                sentence = describe_unknown_value(level, LEVEL_BY_SLUG, what=what)
                yield (part, n, "grade", "level"), sentence


def missing_source_errors(sheet: CaseSheet) -> Errors:
    if sheet.status != "published":
        return
    for part in ("modes", "findings"):
        for n, finding in enumerate(getattr(sheet, part)):
            if not finding.sources:
                yield (part, n, "sources"), "A published case needs a source here."


def list_errors(sheet: CaseSheet) -> Errors:
    for n, key in enumerate(sheet.further_sources):
        if key in sheet.sources:
            yield ("further_sources", n), f"“{key}” stands under sources already."
    for n, key in enumerate(sheet.unread):
        if key not in sheet.sources + sheet.further_sources:
            sentence = f"“{key}” stands neither under sources nor further_sources."
            yield ("unread", n), sentence
    for n, tag in enumerate(sheet.tags):
        if tag.lower() in [other.lower() for other in sheet.tags[:n]]:
            yield ("tags", n), f"“{tag}” is a tag already."
        for _, sentence in validation_errors(Tag(name=tag, slug="tag")):
            yield ("tags", n), sentence


def standing_errors(sheet: CaseSheet) -> Errors:
    listed = {*sheet.sources, *sheet.further_sources}
    seen: set[str] = set()
    for n, row in enumerate(sheet.standings):
        if row.ref not in listed:
            sentence = f"“{row.ref}” stands neither under sources nor further_sources."
            yield ("standings", n, "ref"), sentence
        if row.ref in seen:
            yield ("standings", n, "ref"), f"“{row.ref}” is listed twice."
        seen.add(row.ref)
        if row.standing not in STANDINGS:
            what = "not one of those who speak"
            sentence = describe_unknown_value(row.standing, STANDINGS, what=what)
            yield ("standings", n, "standing"), sentence


def conflict_errors(sheet: CaseSheet) -> Errors:
    known = {mode.id for mode in sheet.modes} | {each.id for each in sheet.findings}
    for n, conflict in enumerate(sheet.conflicts):
        for m, short_id in enumerate(conflict.findings):
            if short_id not in known:
                sentence = f"This case has no finding “{short_id}”."
                yield ("conflicts", n, "findings", m), sentence


def organisation_errors(sheet: CaseSheet) -> Errors:
    for n, row in enumerate(sheet.organisations):
        if row in sheet.organisations[:n]:
            yield ("organisations", n), f"“{row.name}” has this role already."
        for record in (Organisation(name=row.name), Involvement(role=row.role)):
            for column, sentence in validation_errors(record):
                yield ("organisations", n, column), sentence
