"""In which order the page of a search shows kinds of records, and cases."""

import pytest
from pytest_django.asserts import assertContains

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
)

pytestmark = pytest.mark.django_db


def test_terms_lead_and_lead_to_their_cases(client):
    german = {"label": "Kontrollverlust", "synonyms": [], "sure": False}
    term = ConceptFactory(
        label="Reluctance",
        slug="reluctance",
        hidden_labels=["fear of losing control"],
        translations={"de": german},
    )
    case = FindingFactory(kind="barrier", concept=term).initiative
    update_derived_data()
    page = client.get("/search/?q=Angst+um+Kontrollverlusten")
    assert [one.section.kind for one in page.context["search"].results] == [
        "concept",
        "initiative",
    ]
    assertContains(page, 'href="/initiatives/?barrier=reluctance">1 case</a>')
    assertContains(page, "<mark>Kontrollverlust</mark>")
    words = "None of the words, but coded with"
    assertContains(page, words)
    assertContains(page, f"{case.name}</a>")


def test_cases_are_ranked_by_their_words_and_by_their_terms(client):
    term = ConceptFactory(hidden_labels=["fear of losing control"])
    case = FindingFactory(kind="barrier", concept=term).initiative
    named = InitiativeFactory(name="Control")
    update_derived_data()
    page = client.get("/search/?q=losing+control+badly")
    assert set(page.context["search"].results[1].nearest) == {named, case}
    FindingFactory(initiative=case, statement="Control went.")
    update_derived_data()
    page = client.get("/search/?q=losing+control+badly")
    assert page.context["search"].results[1].nearest == [case, named]


def test_kinds_with_all_of_the_words_come_before_those_with_some(client):
    ConceptFactory(label="Melgar")
    InitiativeFactory(summary="A work of 2014.")
    ReferenceFactory(title="Melgar", issued_year=2014)
    update_derived_data()

    def kinds(text):
        page = client.get("/search/", {"q": text})
        return [one.section.kind for one in page.context["search"].results]

    assert kinds("Melgar 2014") == ["reference", "concept", "initiative"]
    assert kinds("Melgar") == ["concept", "reference"]
    assert kinds("Melgar 2014 nowhere") == ["concept", "initiative", "reference"]
