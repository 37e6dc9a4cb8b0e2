"""What in a sheet points nowhere, or contradicts itself."""

from collections.abc import Iterator

from taggit.models import Tag

from casebase.content.model_errors import complaints
from casebase.content.parsed_file import Misfits, Place, not_among
from initiatives.loading.lookups import Known
from initiatives.models import Finding, Involvement, Organisation
from initiatives.schemes import CODED_SCHEMES
from initiatives.sheets import Sheet

KINDS = [kind for kind in Finding.Kind.values if kind != Finding.Kind.MODE]


def misfits(sheet: Sheet, known: Known) -> Misfits:
    """Places and sentences."""
    for place, key in works_in(sheet):
        if sentence := known.against_work(key):
            yield place, sentence
    for place, scheme, slug in terms_in(sheet):
        if sentence := known.against_term(scheme, slug):
            yield place, sentence
    yield from kind_misfits(sheet)
    yield from source_misfits(sheet)
    yield from list_misfits(sheet)
    yield from body_misfits(sheet)


def works_in(sheet: Sheet) -> Iterator[tuple[Place, str]]:
    for part in ("sources", "further_sources", "unread"):
        for n, key in enumerate(getattr(sheet, part)):
            yield (part, n), key
    for part in ("modes", "findings", "conflicts"):
        for n, owner in enumerate(getattr(sheet, part)):
            for m, use in enumerate(owner.sources):
                yield (part, n, "sources", m, "ref"), use.ref


def terms_in(sheet: Sheet) -> Iterator[tuple[Place, str, str]]:
    for n, area in enumerate(sheet.service_areas):
        yield ("service_areas", n), "service-areas", area
    for n, mode in enumerate(sheet.modes):
        yield ("modes", n, "term"), "modes", mode.term
    for n, finding in enumerate(sheet.findings):
        if finding.term and (words := CODED_SCHEMES.get(finding.kind)):
            yield ("findings", n, "term"), words.slug, finding.term
        for m, strategy in enumerate(finding.strategies):
            yield ("findings", n, "strategies", m), "strategies", strategy


def kind_misfits(sheet: Sheet) -> Misfits:
    for n, kind in enumerate(sheet.not_found):
        if kind not in KINDS:
            yield ("not_found", n), not_among(kind, KINDS, what="no kind of finding")
    for n, finding in enumerate(sheet.findings):
        if finding.kind not in KINDS:
            sentence = not_among(finding.kind, KINDS, what="no kind of finding")
            yield ("findings", n, "kind"), sentence
        elif finding.term and finding.kind not in CODED_SCHEMES:
            sentence = f"Findings of the kind {finding.kind} have no term; write null."
            yield ("findings", n, "term"), sentence


def source_misfits(sheet: Sheet) -> Misfits:
    if sheet.status != "published":
        return
    for part in ("modes", "findings"):
        for n, finding in enumerate(getattr(sheet, part)):
            if not finding.sources:
                yield (part, n, "sources"), "A published case needs a source here."


def list_misfits(sheet: Sheet) -> Misfits:
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
        for _, sentence in complaints(Tag(name=tag, slug="tag")):
            yield ("tags", n), sentence


def body_misfits(sheet: Sheet) -> Misfits:
    for n, body in enumerate(sheet.organisations):
        if body in sheet.organisations[:n]:
            yield ("organisations", n), f"“{body.name}” has this role already."
        for record in (Organisation(name=body.name), Involvement(role=body.role)):
            for column, sentence in complaints(record):
                yield ("organisations", n, column), sentence
