"""What addresses of cases like mine are refused, and which lead on."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import FormerSlugFactory, InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("settlement=zz", "“zz” is not a kind of settlement."),
        ("reach=%F0%9F%98%80", "is not a reach."),
        ("country=XX", "“XX” is not a country code."),
        ("year=nine", "A year has four figures"),
        ("year=99999999999999999999", "A year has four figures"),
        ("partner=king", "“king” is not a role of organisations."),
        ("barrier=nonsense", "“nonsense” is not a barrier of the codebook."),
        ("barrier-matters=9", "but never “9”."),
        ("settlement=town&page=-1", "A page is a number"),
        ("case=nobody", "There is no case “nobody”."),
        ("case=secret", "There is no case “secret”."),
        ("case=%00", "Null characters are not allowed."),
        ("case=public&settlement=town", "but not both."),
        ("case=<script>", "There is no case “&lt;script&gt;”."),
    ],
)
def test_nonsense_is_refused_in_words(client, query, message):
    InitiativeFactory(slug="public")
    InitiativeFactory(slug="secret", status="draft")
    response = client.get(f"/similar/?{query}")
    assertContains(response, message, status_code=400)
    assertNotContains(response, 'class="card', status_code=400)


def test_a_hidden_case_is_refused_like_an_unknown_one(client):
    InitiativeFactory(slug="secret", status="review")
    texts = [
        client.get(f"/similar/?case={slug}").text.replace(slug, "…")
        for slug in ("secret", "nobody")
    ]
    assert texts[0] == texts[1]


def test_unknown_parameters_are_named(client):
    response = client.get("/similar/?colour=red&country=")
    assertContains(response, "nothing of that name is compared: colour")


def test_a_withdrawn_case_says_so(client):
    InitiativeFactory(slug="gone", status="withdrawn", status_note="It was invented.")
    response = client.get("/similar/?case=gone")
    assertContains(response, "It was invented.", status_code=410)


def test_former_slugs_lead_on(client):
    case = InitiativeFactory(slug="new", settlement="town")
    FormerSlugFactory(slug="old", initiative=case)
    response = client.get("/similar/?case=old&reach-matters=lot")
    address = "/similar/?case=new&reach-matters=lot"
    assertRedirects(response, address, status_code=301)
