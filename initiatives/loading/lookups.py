"""The works, terms and tags in the database that sheets may name."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from taggit.models import Tag

from casebase.content.parsed_file import describe_unknown_value
from initiatives.models import Concept
from initiatives.schemes import CODED_SCHEMES
from initiatives.sheets import CaseSheet
from references.models import Reference

# What sheets depend on of a term. Its texts may change meanwhile.
NAMED = ("pk", "scheme_id", "slug", "order", "is_heading")


@dataclass(frozen=True)
class Lookups:
    """Citekey → primary key; (scheme, slug) → concept; lower-case tag → tag."""

    works: dict[str, int]
    terms: dict[tuple[str, str], Any]
    tags: dict[str, str]

    @classmethod
    def load(cls) -> "Lookups":
        """Read all works, terms and tags from the database. Three queries."""
        concepts = Concept.objects.all()
        return cls(
            works=dict(Reference.objects.values_list("key", "pk")),
            terms={concept.natural_key(): concept for concept in concepts},
            tags={
                name.lower(): name
                for name in Tag.objects.values_list("name", flat=True)
            },
        )

    def has_same_terms(self) -> bool:
        """Whether sheets can name the same terms, in the same order, as when these were
        loaded. One query."""
        loaded = {attrgetter(*NAMED)(term) for term in self.terms.values()}
        return loaded == set(Concept.objects.values_list(*NAMED))

    def term(self, kind: str, slug: str | None) -> Any:
        """Return the concept of a finding of this kind, None if it has no slug."""
        if slug is None:
            return None
        return self.terms[CODED_SCHEMES[kind].slug, slug]

    def normalize(self, sheet: CaseSheet) -> CaseSheet:
        """Return the sheet with lists that have no order sorted, and tags as spelled.

        Sheets that differ only in the order of such lists are then equal.
        """
        for conflict in sheet.conflicts:
            conflict.findings = sorted(conflict.findings)
        for finding in sheet.findings:
            finding.strategies = self.sort_terms("strategies", finding.strategies)
        return sheet.model_copy(
            update={
                "service_areas": self.sort_terms("service-areas", sheet.service_areas),
                "tags": sorted(self.tags.get(tag.lower(), tag) for tag in sheet.tags),
                "sources": sorted(sheet.sources),
                "further_sources": sorted(sheet.further_sources),
                "unread": sorted(sheet.unread),
                "standings": sorted(sheet.standings, key=lambda row: row.ref),
            }
        )

    def sort_terms(self, scheme: str, slugs: list[str]) -> list[str]:
        """Return the slugs in the order of the codebook."""
        return sorted(slugs, key=lambda slug: (self.terms[scheme, slug].order, slug))

    def work_error(self, key: str) -> str | None:
        """Return a sentence if no work has this citekey, otherwise None."""
        if key in self.works:
            return None
        return describe_unknown_value(key, self.works, what="not the key of a work")

    def term_error(self, scheme: str, slug: str) -> str | None:
        """Return a sentence if nothing can be coded with the term, otherwise None."""
        if term := self.terms.get((scheme, slug)):
            if not term.is_heading:
                return None
            return f"“{slug}” only groups other terms; take one of its narrower terms."
        known = [s for of, s in self.terms if of == scheme]
        others = [of for of, s in self.terms if s == slug]
        if others:
            return f"“{slug}” is a term of the scheme {others[0]}, not of {scheme}."
        what = f"not a term of the scheme {scheme}"
        return describe_unknown_value(slug, known, what=what)
