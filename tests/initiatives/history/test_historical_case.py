"""The page of a public version shows the whole case, also records deleted since."""

import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains
from taggit.models import Tag

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Version
from initiatives.models import Concept, Initiative, Source
from references.models import Reference
from tests.desk import count_queries
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.history.versions import as_it_was

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole_case():
    """Return a case with every kind of content and one version."""
    with tracked_transaction():
        case = InitiativeFactory(
            slug="weyhe",
            revised_on="2026-05-12",
            service_areas=[ConceptFactory(scheme="service-areas", label="Safety")],
            tags=["volunteers"],
            target_groups=["residents"],
            not_found=["cost"],
            start_year=2007,
            latitude=53.0,
            longitude=8.8,
            place_note="The town hall.",
        )
        add_statements(case)
        for source in Source.objects.all():
            ContributionFactory(reference=source.reference)
        InvolvementFactory(initiative=case)
        DocumentationFactory(initiative=case, is_read=False)
    return case


def add_statements(case):
    barrier = FindingFactory(
        initiative=case,
        kind="barrier",
        concept=ConceptFactory(label="Mistrust"),
        response="They were asked to join.",
        strategies=[ConceptFactory(scheme="strategies", label="Outreach")],
    )
    SourceFactory(finding=barrier, url="https://example.org/", locator="p. 3")
    SourceFactory(finding=barrier, via="secondary")
    FindingFactory(initiative=case, kind="mode", statement="Neighbours patrol.")
    figure = {"figure_value": 805, "figure_unit": "hours", "figure_period": "2014"}
    FindingFactory(initiative=case, kind="performance", **figure)
    conflict = ConflictFactory(initiative=case)
    SourceFactory(conflict=conflict)
    SourceFactory(conflict=conflict, via="")


def body_of(page):
    """Return what a page says about the case, without its own heading and address."""
    text = page.content.decode().partition("<h1>")[2]
    text = text.partition('aria-labelledby="cite"')[0]
    text = re.sub(r"(?s)<a [^>]*>(Suggest a correction|Cite this).*?</a>", "", text)
    text = re.sub(r'(?s)<button [^>]*form="keep".*?</button>', "", text)
    text = re.sub(r'(?s)<nav class="tools.*?</nav>', "", text)
    return re.sub(r"\s+", " ", text.replace("/v/1/", "/"))


def test_the_present_version_says_all_that_the_case_says(client, whole_case):
    told = body_of(as_it_was(client))
    for text in ("Mistrust", "Outreach", "Safety", "volunteers", "805 hours", "p. 3"):
        assert text in told
    assert told == body_of(client.get("/initiatives/weyhe/"))


@pytest.mark.once
def test_a_version_asks_as_much_for_ten_findings_as_for_one(client, whole_case):
    few = count_queries(lambda: as_it_was(client))
    with tracked_transaction():
        for _ in range(9):
            FindingFactory(initiative=whole_case, kind="barrier")
    assert count_queries(lambda: as_it_was(client, 2)) == few


def test_works_and_terms_that_are_gone_are_shown_as_they_last_were(client):
    with tracked_transaction():
        area = ConceptFactory(scheme="service-areas", label="Safety")
        case = InitiativeFactory(
            slug="weyhe", service_areas=[area], tags=["volunteers"]
        )
        finding = FindingFactory(initiative=case, kind="barrier", sources=0)
        meyer = PersonFactory(family="Meyer")
        for title in ("One report", "Other report"):
            work = ReferenceFactory(title=title)
            ContributionFactory(reference=work, person=meyer)
            SourceFactory(finding=finding, reference=work)
    with tracked_transaction():
        delete_works_and_terms()
    page = as_it_was(client)
    for text in ("One report", "Other report", "Meyer", "Safety", "volunteers"):
        assertContains(page, text)
    assertNotContains(page, "?tag=")


def test_what_the_history_never_kept_is_named_at_least(client):
    with tracked_transaction():
        finding = FindingFactory(kind="barrier", initiative__slug="weyhe")
    key, slug = Reference.objects.get().key, finding.concept.slug
    with tracked_transaction():
        delete_works_and_terms()
    Version.objects.exclude(kind="initiative").delete()
    for name in (key, slug):
        assertContains(as_it_was(client), name)


def test_works_and_terms_that_were_renamed_are_found(client):
    with tracked_transaction():
        finding = FindingFactory(kind="barrier", initiative__slug="weyhe")
    Reference.objects.get().rename(key="meyer-2014")
    finding.concept.rename(slug="distrust")
    page = as_it_was(client)
    assertContains(page, "/references/meyer-2014/")
    assertContains(page, "/barriers/distrust/")


def delete_works_and_terms():
    for case in Initiative.objects.all():
        case.findings.all().delete()
        case.service_areas.clear()
    for model in (Reference, Concept, Tag):
        model.objects.all().delete()
