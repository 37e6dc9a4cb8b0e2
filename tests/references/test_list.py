"""Tests of the list of works."""

import html5lib
import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    FindingFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def cite(reference, case, findings=1):
    for finding in FindingFactory.create_batch(findings, initiative=case, sources=0):
        SourceFactory(finding=finding, reference=reference)


def test_each_work_has_the_number_of_findings_by_case(client):
    star = ReferenceFactory(key="loeffler-2015", title="The star", type="webpage")
    ContributionFactory(reference=star, person__family="Loeffler", person__given="E.")
    cite(star, InitiativeFactory(), findings=2)
    cite(star, InitiativeFactory())
    response = client.get("/references/")
    for words in (
        "1 work</h1>",
        "Loeffler, E. (n.d.). ",
        '<a href="/references/loeffler-2015/">The star</a>',
        "<li>Web page</li>",
        ": 2 findings</li>",
        ": 1 finding</li>",
    ):
        assertContains(response, words)
    assertNotContains(response, "Note on the print")


def test_a_work_that_only_disagrees_says_so(client):
    SourceFactory(finding=None, conflict=ConflictFactory())
    response = client.get("/references/")
    assertContains(response, ": where it disagrees with other sources</li>")
    assertNotContains(response, "0 findings")


def test_an_uncited_work_says_so_and_links_to_its_correction(client):
    ReferenceFactory(key="banner-1987", correction="1987: likely 1997.")
    response = client.get("/references/")
    assertContains(response, "Cited by no case")
    assertContains(response, 'href="/references/banner-1987/#correction"')


def test_a_foreign_title_names_its_language(client):
    ReferenceFactory(title="Aikapankki", language="fi")
    assertContains(client.get("/references/"), '<cite lang="fi">')


def test_what_people_typed_is_escaped(client):
    ReferenceFactory(title="<script>alert(1)</script>", doi="10.1000/<i>")
    response = client.get("/references/")
    assertNotContains(response, "<script>alert")
    assertContains(response, 'href="https://doi.org/10.1000/%3Ci%3E"')
    assertNotContains(client.get("/references/?q=<script>a"), "<script>a")


def test_the_heading_describes_the_query_and_chips_remove_it(client):
    elke = PersonFactory(slug="loeffler-e", family="Loeffler", given="E.")
    ContributionFactory(person=elke, reference__issued_year=2012)
    response = client.get("/references/?author=loeffler-e&from=2010")
    assertContains(
        response, "1 work by <em>Loeffler, E.</em>, since <em>2010</em></h1>"
    )
    assertContains(response, "<title>1 work by Loeffler, E., since 2010 – Casebase")
    assertContains(response, 'href="?from=2010"')
    assertContains(response, 'href="?author=loeffler-e"')


def test_facets_have_numbers_of_works(client):
    ContributionFactory(person__slug="loeffler-e", reference__type="thesis")
    response = client.get("/references/")
    for value in ("type-thesis", "author-loeffler-e"):
        assertContains(response, f'id="{value}"')
    assertContains(response, '1<span class="visually-hidden"> work</span>', count=2)


def test_an_empty_list_names_the_filters_to_remove(client):
    response = client.get("/references/?type=map&from=2001")
    assertContains(response, "No works match all of this")
    assertContains(response, "Remove: Map")
    assertContains(response, 'href="?from=2001"')


def test_errors_are_shown_instead_of_works(client):
    ReferenceFactory(title="Shown nowhere")
    address = "/references/?type=poem&author=nobody&cited=nothing&from=abcd&page=-1"
    response = client.get(address)
    for words in ("“poem”", "“nobody”", "“nothing”", "A year has four", "A page is"):
        assertContains(response, words, status_code=400)
    assertNotContains(response, "Shown nowhere", status_code=400)


def test_only_safe_methods_are_allowed(client):
    assert client.post("/references/").status_code == 405


def test_a_page_has_twenty_works(client):
    ReferenceFactory.create_batch(21, type="book")
    first = client.get("/references/?type=book")
    assert len(first.context["page"].object_list) == 20
    assertContains(first, 'href="?type=book&amp;page=2"')
    assertContains(client.get("/references/?page=2"), "Page 2 of 2")


def test_htmx_gets_a_part_of_the_same_page(client):
    ContributionFactory(person__slug="loeffler-e")
    address = "/references/?author=loeffler-e&sort=title"
    page = client.get(address)
    part = client.get(address, headers={"HX-Request": "true"}).text.strip()
    assert part.startswith('<div id="finder"')
    assert part in page.text
    assert "HX-Request" in page.headers["Vary"]


def test_the_form_has_hidden_fields_for_other_filters(client):
    ReferenceFactory(key="loeffler-2015")
    ConceptFactory(slug="tax")
    page = client.get("/references/?barrier=tax&case-q=people&key=loeffler-2015")
    for name, value in (("barrier", "tax"), ("case-q", "people")):
        assertContains(page, f'<input type="hidden" name="{name}" value="{value}">')
    assertContains(page, '<input type="hidden" name="key" value="loeffler-2015">')
    assert page.context["filter"].query.count("key=") == 1


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_nothing_of_unpublished_cases_is_shown(client, status):
    case = InitiativeFactory(
        slug="hidden", name="Hush-hush", status=status, status_note="Why."
    )
    cite(ReferenceFactory(), case)
    response = client.get("/references/")
    assertContains(response, "Cited by no case")
    assertNotContains(response, "Hush-hush")
    refused = client.get("/references/?cited=hidden")
    assertContains(refused, "There is no case “hidden”", status_code=400)
    assertNotContains(refused, "Hush-hush", status_code=400)


def fill(works, person, case):
    for reference in ReferenceFactory.create_batch(works, type="book"):
        ContributionFactory(reference=reference, person=person)
        ContributionFactory(reference=reference)
        cite(reference, case)
        cite(reference, InitiativeFactory())
    update_derived_data()


@pytest.mark.parametrize(
    "query", ["", "?author=elke&cited=weyhe&type=book&q=work&sort=cited"]
)
def test_three_works_and_ten_take_the_same_number_of_queries(
    client, query, django_assert_max_num_queries, django_assert_num_queries
):
    person, case = PersonFactory(slug="elke"), InitiativeFactory(slug="weyhe")
    # If there are fewer results, the search looks for other spellings.
    fill(3, person, case)
    with django_assert_max_num_queries(38) as one:
        client.get(f"/references/{query}")
    fill(7, person, case)
    with django_assert_num_queries(len(one)):
        client.get(f"/references/{query}")


@pytest.mark.parametrize("query", ["", "?author=elke&type=map", "?type=poem&x=1"])
def test_the_page_is_valid_html(client, query):
    fill(21, PersonFactory(slug="elke"), InitiativeFactory())
    html5lib.HTMLParser(strict=True).parse(client.get(f"/references/{query}").text)
