"""What sheets may point to."""

from dataclasses import dataclass
from typing import Any

from taggit.models import Tag

from casebase.content.parsed_file import not_among
from initiatives.models import Concept
from initiatives.schemes import CODED_SCHEMES
from initiatives.sheets import Sheet
from references.models import Reference


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
