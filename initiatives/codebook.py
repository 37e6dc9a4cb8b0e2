"""The codebook in memory: all terms, with their trees and numbers of cases."""

from functools import cached_property, lru_cache

from django.db import connection

from casebase.facets.snapshot import Snapshot
from casebase.facets.snapshot_cache import current_snapshot
from initiatives.facets import case_index
from initiatives.models import Concept, FormerSlug


class Codebook:
    """All terms of all schemes. Terms and former slugs are queried on first use."""

    @classmethod
    def for_snapshot(cls, snapshot: Snapshot) -> "Codebook":
        """Return the codebook of a snapshot, which is cached."""
        if connection.in_atomic_block:
            # Uncommitted changes must not get into the cache.
            return cls()
        return _codebook_of_version(snapshot.version)

    @cached_property
    def concepts(self):
        """Primary key → concept, in the order in which terms are shown."""
        return {concept.pk: concept for concept in Concept.objects.all()}

    @cached_property
    def by_slug(self):
        """(scheme, slug) → concept, also for former slugs."""
        former = FormerSlug.objects.filter(concept__isnull=False)
        renamed = {
            (self.concepts[pk].scheme_id, slug): self.concepts[pk]
            for pk, slug in former.values_list("concept", "slug")
            # A term may have been created since the concepts were queried.
            if pk in self.concepts
        }
        return renamed | {(c.scheme_id, c.slug): c for c in self.concepts.values()}

    @cached_property
    def _concepts_below(self):
        children: dict[int | None, list[Concept]]
        children = {pk: [] for pk in [None, *self.concepts]}
        for concept in self.concepts.values():
            children[concept.broader_id].append(concept)
        return children

    def tree(self, scheme):
        """Return pairs of depth (0 for top terms) and concept, in display order."""

        def walk(parent, depth):
            for concept in self._concepts_below[parent]:
                if concept.scheme_id == scheme:
                    yield depth, concept
                    yield from walk(concept.pk, depth + 1)

        return list(walk(None, 0))

    def terms(self, scheme):
        """Return the terms of a scheme in display order, without headings."""
        return [term for _, term in self.tree(scheme) if not term.is_heading]

    def slugs(self, scheme):
        """Return all slugs that addresses may contain, including former ones."""
        return [slug for of, slug in self.by_slug if of == scheme]

    def find(self, scheme, slugs):
        """Return the concepts with these slugs, each once, in the given order."""
        concepts = (self.by_slug[scheme, slug] for slug in slugs)
        return list(dict.fromkeys(concepts))

    def with_narrower(self, concepts):
        """Return the primary keys of the concepts and of all their narrower terms."""
        keys, below = set(), list(concepts)
        while below:
            concept = below.pop()
            keys.add(concept.pk)
            below.extend(self._concepts_below[concept.pk])
        return keys

    def with_broader(self, pk):
        """Yield the primary key and those of all its broader terms."""
        while pk is not None:
            yield pk
            pk = self.concepts[pk].broader_id

    def tree_with_counts(self, scheme):
        """Return triples of depth, concept and number of published cases."""
        counts = self._case_counts
        return [(depth, c, counts.get(c.pk, 0)) for depth, c in self.tree(scheme)]

    @cached_property
    def _case_counts(self):
        cases = case_index(current_snapshot())
        return cases.facets["term"].counts(cases.all_keys)


@lru_cache(maxsize=1)
def _codebook_of_version(version):
    return Codebook()
