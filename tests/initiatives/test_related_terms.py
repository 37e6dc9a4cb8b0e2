"""Terms near a term and strategies to think of: pages, versions and the desk."""

import re

import pytest
from django.core.exceptions import ValidationError
from pytest_django.asserts import assertContains

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Version
from casebase.history.restoring import restore
from initiatives.models import Concept, RelatedTerm
from tests.desk import count_queries
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    RelatedTermFactory,
)
from tests.group_members import CodebookKeeper

pytestmark = pytest.mark.django_db


@pytest.fixture
def mistrust():
    """Return a barrier with two terms near it and two strategies."""
    barrier = ConceptFactory(slug="mistrust", label="Mistrust")
    near = [ConceptFactory(slug=slug, label=slug) for slug in ("stigma", "silence")]
    strategies = [
        ConceptFactory(scheme="strategies", slug=slug, label=slug)
        for slug in ("talks", "visits")
    ]
    with tracked_transaction():
        for position, other in enumerate((*near, *strategies), start=1):
            RelatedTermFactory(concept=barrier, other=other, position=position)
    return barrier


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_page_says_which_relations_cases_show(client, mistrust):
    case = InitiativeFactory()
    stigma, _, talks, _ = (each.other for each in mistrust.related_terms.all())
    FindingFactory(initiative=case, kind="barrier", concept=stigma)
    FindingFactory(
        initiative=case, kind="barrier", concept=mistrust, strategies=[talks.pk]
    )
    page = client.get("/barriers/mistrust/")
    text = text_of(page)
    assert "stigma on 1 of the same cases silence our judgement; on none" in text
    assert "talks tried in 1 statement visits our judgement; no statement" in text
    assertContains(page, 'href="/findings/?barrier=mistrust&amp;strategy=talks"')


def test_a_term_without_relations_has_no_such_part(client):
    ConceptFactory(slug="mistrust")
    assert "Near this" not in text_of(client.get("/barriers/mistrust/"))


@pytest.mark.parametrize(
    ("scheme", "other", "fits"),
    [
        ("barriers", "barriers", True),
        ("risks", "strategies", True),
        ("barriers", "risks", False),
        ("strategies", "barriers", False),
        ("motivations", "strategies", False),
    ],
)
def test_related_terms_are_of_the_same_scheme_or_strategies(scheme, other, fits):
    related = RelatedTerm(
        concept=ConceptFactory(scheme=scheme), other=ConceptFactory(scheme=other)
    )
    if fits:
        related.full_clean()
    else:
        with pytest.raises(ValidationError, match="same scheme, or a strategy"):
            related.full_clean()


def test_a_restored_version_has_the_related_terms_that_are_left(mistrust):
    before = Version.objects.of("concept", mistrust.pk).first()
    with tracked_transaction():
        mistrust.related_terms.all().delete()
        Concept.objects.filter(slug="silence").delete()
    restore(before)
    others = [each.other.slug for each in mistrust.related_terms.all()]
    assert others == ["stigma", "talks", "visits"]


@pytest.mark.once
def test_the_desk_changes_related_terms(mistrust):
    keeper, other = CodebookKeeper(), ConceptFactory(slug="shame")
    fields = {"related_terms-0-other": str(other.pk)}
    assert keeper.change(mistrust, fields).status_code == 302
    assert mistrust.related_terms.first().other == other
    twice = {"related_terms-1-other": str(other.pk)}
    assertContains(keeper.change(mistrust, twice), "listed already")
    risk = ConceptFactory(scheme="risks")
    refused = keeper.change(mistrust, {"related_terms-0-other": str(risk.pk)})
    assertContains(refused, "same scheme, or a strategy")


@pytest.mark.once
def test_ten_related_terms_take_as_many_queries_as_one():
    barrier, keeper = ConceptFactory(), CodebookKeeper()
    RelatedTermFactory(concept=barrier)
    one = count_queries(lambda: keeper.open(barrier))
    RelatedTermFactory.create_batch(9, concept=barrier)
    assert count_queries(lambda: keeper.open(barrier)) == one
