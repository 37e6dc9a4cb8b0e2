"""What sheets point to: works, terms and each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from taggit.models import Tag

from casebase.content.written import Place, not_among
from initiatives.models import Concept, Finding
from initiatives.schemes import CODED_SCHEMES
from initiatives.sheets import Sheet
from references.models import Reference

type Misfits = Iterator[tuple[Place, str]]

KINDS = [kind for kind in Finding.Kind.values if kind != Finding.Kind.MODE]


@dataclass(frozen=True)
class Known:
    """What there is to point to: keys of works, terms by scheme and slug, tags."""

    works: dict[str, int]
    terms: dict[tuple[str, str], Any]
    tags: dict[str, str]

    @classmethod
    def now(cls) -> "Known":
        concepts = Concept.objects.all()
        return cls(
            works=dict(Reference.objects.values_list("key", "pk")),
            terms={concept.natural_key(): concept for concept in concepts},
            tags={
                name.lower(): name
                for name in Tag.objects.values_list("name", flat=True)
            },
        )

    def term(self, kind: str, slug: str | None) -> Any:
        """The concept of a finding; None where the kind has no scheme."""
        if slug is None:
            return None
        return self.terms[CODED_SCHEMES[kind].slug, slug]

    def in_order(self, sheet: Sheet) -> Sheet:
        """The sheet with its lists in the one order and its tags in the one spelling.

        Some lists say nothing by their order, and one order serves all.
        """
        for finding in sheet.findings:
            finding.strategies = self.sorted_terms("strategies", finding.strategies)
        return sheet.model_copy(
            update={
                "service_areas": self.sorted_terms(
                    "service-areas", sheet.service_areas
                ),
                "tags": sorted(self.tags.get(tag.lower(), tag) for tag in sheet.tags),
                "sources": sorted(sheet.sources),
                "further_sources": sorted(sheet.further_sources),
                "unread": sorted(sheet.unread),
            }
        )

    def sorted_terms(self, scheme: str, slugs: list[str]) -> list[str]:
        return sorted(slugs, key=lambda slug: (self.terms[scheme, slug].order, slug))

    def against_work(self, key: str) -> str | None:
        if key in self.works:
            return None
        return not_among(key, self.works, what="the key of no work")

    def against_term(self, scheme: str, slug: str) -> str | None:
        """Why nothing can be coded with this; None when it can."""
        if term := self.terms.get((scheme, slug)):
            if not term.is_heading:
                return None
            return f"“{slug}” only groups other terms; take one of its narrower terms."
        own = [s for of, s in self.terms if of == scheme]
        homes = [of for of, s in self.terms if s == slug]
        if homes:
            return f"“{slug}” is a term of the scheme {homes[0]}, not of {scheme}."
        return not_among(slug, own, what=f"no term of the scheme {scheme}")


def misfits(sheet: Sheet, known: Known) -> Misfits:
    """What in the sheet points nowhere, or contradicts itself."""
    for place, key in works_in(sheet):
        if sentence := known.against_work(key):
            yield place, sentence
    for place, scheme, slug in terms_in(sheet):
        if sentence := known.against_term(scheme, slug):
            yield place, sentence
    yield from kind_misfits(sheet)
    yield from source_misfits(sheet)
    yield from list_misfits(sheet)


def works_in(sheet: Sheet) -> Iterator[tuple[Place, str]]:
    for part in ("sources", "further_sources", "unread"):
        for n, key in enumerate(getattr(sheet, part)):
            yield (part, n), key
    for part in ("modes", "findings", "conflicts"):
        for n, owner in enumerate(getattr(sheet, part)):
            for m, use in enumerate(owner.sources):
                yield (part, n, "sources", m), use.ref


def terms_in(sheet: Sheet) -> Iterator[tuple[Place, str, str]]:
    for n, area in enumerate(sheet.service_areas):
        yield ("service_areas", n), "service-areas", area
    for n, mode in enumerate(sheet.modes):
        yield ("modes", n, "term"), "modes", mode.term
    for n, finding in enumerate(sheet.findings):
        if finding.term and finding.kind in CODED_SCHEMES:
            yield (
                ("findings", n, "term"),
                CODED_SCHEMES[finding.kind].slug,
                finding.term,
            )
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
    works = [*sheet.sources, *sheet.further_sources]
    for n, key in enumerate(sheet.further_sources):
        if key in sheet.sources:
            yield ("further_sources", n), f"“{key}” stands under sources already."
    for n, key in enumerate(sheet.unread):
        if key not in works:
            yield (
                ("unread", n),
                f"“{key}” stands neither under sources nor further_sources.",
            )
    for n, body in enumerate(sheet.organisations):
        if body in sheet.organisations[:n]:
            yield ("organisations", n), f"“{body.name}” has this role already."
    for n, tag in enumerate(sheet.tags):
        if tag.lower() in [other.lower() for other in sheet.tags[:n]]:
            yield ("tags", n), f"“{tag}” is a tag already."
