"""Suggestions while a reader types."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from casebase.site.search.autocomplete import suggestions
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
)
from tests.once import once

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    where = {"locality": "Weyhe", "region": "Lower Saxony", "country": "DE"}
    InitiativeFactory(slug="street", name="Streetwatchers in Weyhe", **where)
    InitiativeFactory(slug="bees", name="Bees of Weyhe", **where)
    InitiativeFactory(slug="hush", name="Weyhe hush", status="draft")
    label, other = "Mistrust between citizens and services", "Bad faith"
    german = {"label": "Misstrauen", "synonyms": ["Argwohn"], "sure": False}
    ConceptFactory(
        slug="mistrust",
        label=label,
        synonyms=[other],
        hidden_labels=["burnt once", "mistrusted"],
        translations={"de": german},
    )
    author = PersonFactory(slug="loeffler-e", family="Löffler", given="Elke")
    ContributionFactory(person=author)
    other = PersonFactory(slug="lodge-m", family="Lodge")
    for work in ReferenceFactory.create_batch(2):
        ContributionFactory(reference=work, person=other)
        ContributionFactory(reference=work, person=other, role="editor")
    update_derived_data()


def of_records(text):
    """Suggestions, without pages of the site; see test_pages.py."""
    return [one for one in suggestions(text) if one.group != "Pages"]


def shown(text):
    return [(one.group, one.label, one.count) for one in of_records(text)]


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("stre", [("Cases", "Streetwatchers in Weyhe", "")]),
        ("streetwatchers WEY", [("Cases", "Streetwatchers in Weyhe", "")]),
        ("citizens mistr", [("Terms", "Mistrust between citizens and services", "")]),
        ("löf", [("Authors", "Löffler, Elke", "1 work")]),
        *once(
            ("streetwatcher", [("Cases", "Streetwatchers in Weyhe", "")]),
            ("bad f", [("Terms", "Mistrust between citizens and services", "")]),
            ("burnt on", [("Terms", "Mistrust between citizens and services", "")]),
            ("misstr", [("Terms", "Mistrust between citizens and services", "")]),
            ("loeff", [("Authors", "Löffler, Elke", "1 work")]),
            ("elke loffler", [("Authors", "Löffler, Elke", "1 work")]),
            ("saxony", [("Places", "Lower Saxony, Germany", "")]),
        ),
        # Those with most works first.
        (
            "lo",
            [
                ("Places", "Lower Saxony, Germany", ""),
                ("Authors", "Lodge", "2 works"),
                ("Authors", "Löffler, Elke", "1 work"),
            ],
        ),
        (
            "weyhe",
            [
                ("Cases", "Bees of Weyhe", ""),
                ("Cases", "Streetwatchers in Weyhe", ""),
                ("Places", "Weyhe, Germany", ""),
            ],
        ),
        # A word that has ended is a whole word.
        ("weyh ", []),
        ("-we", []),
        ("hush", []),
        *once(("w", []), ("", [])),
    ],
)
def test_offers(names, text, offers):
    assert sorted(shown(text)) == sorted(offers)


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "name"),
    [("mistru", ""), ("bad", "Bad faith"), ("once", "burnt once"), ("arg", "Argwohn")],
)
def test_a_term_is_offered_once_by_its_label_with_the_name_that_is_typed(
    names, text, name
):
    [offer] = suggestions(text)
    assert offer.label == "Mistrust between citizens and services"
    assert offer.found_by == name


def test_a_country_says_how_many_cases_it_has(names):
    assert shown("germ")[0] == ("Places", "Germany", "2 cases")


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("street", "/initiatives/street/"),
        ("mistrust", "/barriers/mistrust/"),
        ("germany", "/initiatives/?country=DE"),
        ("weyhe, ger", "/initiatives/?q=%22Weyhe%22"),
        ("löffler", "/references/?author=loeffler-e"),
    ],
)
def test_each_leads_to_its_page(client, names, text, address):
    assert suggestions(text)[0].address == address
    assert client.get(address).status_code == 200


def test_a_few_of_each_are_offered():
    InitiativeFactory.create_batch(10, locality="Caster", country="GB")
    update_derived_data()
    groups = [one.group for one in of_records("cas")]
    assert groups == ["Cases"] * 4 + ["Places"]


@pytest.mark.once
def test_a_browser_gets_them_as_opensearch_has_them(client, names):
    answer = client.get("/search/suggestions/?q=lodge")
    assert answer.headers["Content-Type"] == "application/x-suggestions+json"
    assert answer.json() == [
        "lodge",
        ["Lodge"],
        ["Authors, 2 works"],
        ["http://testserver/references/?author=lodge-m"],
    ]


@pytest.mark.once
def test_the_box_gets_them_as_a_part_of_a_page(client, names):
    InitiativeFactory(name="<script>alert(1)</script>")
    update_derived_data()
    part = client.get("/search/suggestions/list/?q=weyhe")
    assertContains(part, 'role="option"', count=3)
    assertContains(part, 'data-address="/initiatives/bees/"')
    hostile = client.get("/search/suggestions/list/?q=alert")
    assertContains(hostile, "&lt;script&gt;")
    assertNotContains(hostile, "<script>")


@pytest.mark.parametrize("query", ["", "q=", "q=%00", "q=" + "x" * 10_000, "q=%ff%22"])
def test_nonsense_gets_none(client, query):
    assert client.get(f"/search/suggestions/?{query}").json()[1] == []
    assertNotContains(client.get(f"/search/suggestions/list/?{query}"), "option")


@settings(max_examples=50)
@given(st.text())
def test_any_text_may_be_typed(text):
    assert isinstance(suggestions(text), list)
