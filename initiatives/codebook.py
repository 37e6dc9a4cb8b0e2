"""The codebook in memory: 143 terms in one query, with their trees."""

from functools import cached_property, lru_cache

from django.db import connection

from casebase.facets.snapshot_cache import current_snapshot
from initiatives.facets import case_index
from initiatives.models import Concept, FormerSlug


class Codebook:
    """All terms of all schemes as they are now. Two queries, on first use of each."""

    @classmethod
    def as_of(cls, snapshot):
        """The one that goes with a snapshot: read once, and shared by all who ask."""
        if connection.in_atomic_block:
            # What this transaction wrote others may never see.
            return cls()
        return _remembered(snapshot.version)

    @cached_property
    def concepts(self):
        """Primary key → concept, in the order of display."""
        return {concept.pk: concept for concept in Concept.objects.all()}

    @cached_property
    def by_slug(self):
        """(scheme, slug) → concept; former slugs lead to the term of today."""
        former = FormerSlug.objects.filter(concept__isnull=False)
        renamed = {
            (self.concepts[pk].scheme_id, slug): self.concepts[pk]
            for pk, slug in former.values_list("concept", "slug")
            # Terms may come while these are read.
            if pk in self.concepts
        }
        return renamed | {(c.scheme_id, c.slug): c for c in self.concepts.values()}

    @cached_property
    def _narrower(self):
        children = {pk: [] for pk in [None, *self.concepts]}
        for concept in self.concepts.values():
            children[concept.broader_id].append(concept)
        return children

    def tree(self, scheme):
        """Pairs of depth (0 for top terms) and concept, each below its broader term."""

        def walk(parent, depth):
            for concept in self._narrower[parent]:
                if concept.scheme_id == scheme:
                    yield depth, concept
                    yield from walk(concept.pk, depth + 1)

        return list(walk(None, 0))

    def slugs(self, scheme):
        """Every slug that an address may name, former ones too."""
        return [slug for of, slug in self.by_slug if of == scheme]

    def named(self, scheme, slugs):
        """The concepts with these slugs, each once, in the order given."""
        found = (self.by_slug[scheme, slug] for slug in slugs)
        return list(dict.fromkeys(found))

    def with_narrower(self, concepts):
        """Primary keys of the concepts and of all terms below them."""
        keys, below = set(), list(concepts)
        while below:
            concept = below.pop()
            keys.add(concept.pk)
            below.extend(self._narrower[concept.pk])
        return keys

    def with_broader(self, pk):
        """The primary key and those of all terms above it."""
        while pk is not None:
            yield pk
            pk = self.concepts[pk].broader_id

    def counted(self, scheme):
        """The tree with the number of published cases: depth, concept, number."""
        counts = self._case_counts
        return [(depth, c, counts.get(c.pk, 0)) for depth, c in self.tree(scheme)]

    @cached_property
    def _case_counts(self):
        cases = case_index(current_snapshot())
        return cases.facets["term"].counts(cases.everything)


@lru_cache(maxsize=1)
def _remembered(version):
    return Codebook()
