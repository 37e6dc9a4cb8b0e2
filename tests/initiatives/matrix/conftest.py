"""A codebook, and barriers that were met by strategies."""

import pytest

from initiatives.models import Concept
from tests.factories import ConceptFactory, FindingFactory


@pytest.fixture
def codebook(db):
    inside = ConceptFactory(slug="inside", label="Inside", is_heading=True)
    for slug in ("mistrust", "stigma"):
        ConceptFactory(slug=slug, label=slug.capitalize(), broader=inside)
    for slug in ("outreach", "training"):
        ConceptFactory(scheme="strategies", slug=slug, label=slug.capitalize())
    ConceptFactory(scheme="leadership", slug="mayor", label="Mayor")
    return {
        term.slug: term
        for scheme in ("barriers", "strategies", "leadership")
        for term in Concept.objects.filter(scheme=scheme)
    }


@pytest.fixture
def add(codebook):
    """Add a barrier that was met by strategies."""

    def add(case, barrier, *strategies, **values):
        return FindingFactory(
            initiative=case,
            kind="barrier",
            concept=codebook[barrier],
            strategies=[codebook[slug].pk for slug in strategies],
            **values,
        )

    return add
