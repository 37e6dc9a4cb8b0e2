"""Records are deleted unless others need them."""

import pytest

from casebase.history.unused_records import delete_unused, unused
from initiatives.models import Concept
from references.models import Reference
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def coded():
    return FindingFactory(kind="barrier", sources=0).concept


def listed_by_findings():
    strategy = ConceptFactory(scheme="strategies")
    FindingFactory(sources=0, strategies=[strategy])
    return strategy


def listed_by_cases():
    area = ConceptFactory(scheme="service-areas")
    InitiativeFactory(service_areas=[area])
    return area


def broader():
    return ConceptFactory(broader=ConceptFactory()).broader


def cited():
    return SourceFactory(finding=FindingFactory(sources=0)).reference


def documented():
    return DocumentationFactory().reference


@pytest.mark.parametrize(
    "make", [coded, listed_by_findings, listed_by_cases, broader, cited, documented]
)
def test_what_others_point_to_is_in_use(make):
    record = make()
    model = Concept if isinstance(record, Concept) else Reference
    assert not unused(model.objects.filter(pk=record.pk)).exists()
    stays = [f"“{record}” stays, for others use it."]
    assert delete_unused(model, [record.pk]) == stays
    assert model.objects.filter(pk=record.pk).exists()


def test_what_belongs_to_a_record_does_not_use_it():
    term = FormerSlugFactory(concept=ConceptFactory(), initiative=None).concept
    SourceFactory(concept=term, reference=ContributionFactory().reference)
    assert delete_unused(Concept, [term.pk]) == []
    assert not Concept.objects.exists()
    assert delete_unused(Reference, [Reference.objects.get().pk]) == []


def test_records_that_only_use_each_other_are_deleted():
    narrower = ConceptFactory(broader=ConceptFactory(broader=ConceptFactory()))
    other = ConceptFactory()
    keys = Concept.objects.exclude(pk=other.pk).values_list("pk", flat=True)
    assert delete_unused(Concept, list(keys)) == []
    assert Concept.objects.get() == other != narrower
