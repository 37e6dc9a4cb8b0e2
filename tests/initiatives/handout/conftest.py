"""Fixtures of the tests of handouts."""

import pytest

from initiatives.models import Barrier
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
    add_hours,
)


@pytest.fixture
def cases():
    """Two cases that rest on one work both, and on one each."""
    shared = ReferenceFactory(key="meyer-2014", title="Watch <b>", issued_year=2014)
    ContributionFactory(reference=shared, person__family="Meyer")
    a = InitiativeFactory(slug="a", name="Case a <&>", tagline="Who does what.")
    b = InitiativeFactory(slug="b", name="Case b", not_found=["barrier"])
    barrier = add_barrier(a)
    SourceFactory(finding=barrier, reference=shared, locator="P. 24")
    SourceFactory(finding=add_hours(a), reference__key="weyhe-2011")
    SourceFactory(finding=add_hours(b), reference=shared)
    lesson = FindingFactory(initiative=b, kind="lesson", sources=0)
    SourceFactory(finding=lesson, reference__key="loeffler-2021")
    ConflictFactory(initiative=b)
    return a, b


def add_barrier(case, n_sources=0):
    talk = ConceptFactory(scheme="strategies", label="Open dialogue")
    mistrust = Barrier.objects.filter(slug="mistrust").first()
    return FindingFactory(
        initiative=case,
        kind="barrier",
        concept=mistrust or ConceptFactory(slug="mistrust", label="Mistrust"),
        statement="They met with <reserve>.",
        response="They talked.",
        strategies=[talk.pk],
        direction="helped",
        year=2012,
        sources=n_sources,
    )
