"""The pages of cases like mine, and the closest cases on the page of a case."""

import re

import pytest
from django.http import QueryDict
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from initiatives.models import Initiative
from initiatives.similar.form import SimilarFilter
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    InvolvementFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def filtered(query):
    return SimilarFilter(
        QueryDict(query), Initiative.objects.published().with_card_details()
    )


def results(query):
    return list(filtered(query).current_page)


def cases(query):
    return [result.case for result in results(query)]


def create_case(*terms, **fields):
    case = InitiativeFactory(**fields)
    for term in terms:
        FindingFactory(initiative=case, kind=term.words.parameter, concept=term)
    return case


@pytest.fixture
def mistrust():
    return ConceptFactory(slug="mistrust", label="Mistrust")


@pytest.fixture
def stigma():
    return ConceptFactory(slug="stigma", label="Stigma")


def test_without_answers_the_page_asks(client):
    InitiativeFactory.create_batch(2)
    response = client.get("/similar/")
    assertContains(response, "which of 2 cases come closest")
    assertContains(response, "<h1", count=1)
    assertNotContains(response, "noindex")


@pytest.mark.parametrize(
    "query", ["barrier-matters=lot", "settlement=town&settlement-matters=not"]
)
def test_something_has_to_matter(client, query):
    InitiativeFactory(settlement="town")
    assertContains(client.get(f"/similar/?{query}"), "Say at least one thing")


def test_nothing_of_a_start_matters(client):
    InitiativeFactory(slug="mine", settlement="town")
    response = client.get("/similar/?case=mine&settlement-matters=not&country=")
    assertRedirects(response, "/similar/?case=mine&settlement-matters=not")
    assertContains(client.get(response.url), "Say at least one thing")


def test_what_is_shared_differs_and_is_not_known_is_told(client, mistrust, stigma):
    town = create_case(mistrust, settlement="town", country="GB")
    city = create_case(mistrust, stigma, settlement="city", reach="nation")
    InitiativeFactory.create_batch(18, settlement="rural")
    query = "settlement=town&country=GB&barrier=mistrust&barrier=stigma&reach=nation"
    first, second, *_ = results(query)
    assert [first.case, second.case] == [city, town]
    labels = [each.label for each in first.shared]
    assert labels == ["National", "Stigma", "Mistrust"]
    assert [each.is_rare for each in first.shared] == [True, True, True]
    assert (first.shared[2].n, first.shared[2].total) == (2, 20)
    assert first.differences == ["city, not town", "Germany, not United Kingdom"]
    assert second.missing == ["Stigma"]
    assert (second.unknown, second.differences) == (["Reach"], [])
    page = client.get(f"/similar/?{query}")
    for words in ("rare: 2 of 20", "City, not town", "Not told: Stigma", "Not known"):
        assertContains(page, words)


def test_the_sum_of_the_printed_parts_is_the_printed_score(client, mistrust, stigma):
    create_case(mistrust, settlement="town", start_year=2007)
    create_case(stigma, reach="nation", country="FR", start_year=1990)
    create_case(settlement="rural", start_year=2012)
    query = "settlement=city&year=2001&barrier=mistrust&reach=nation&country=FR"
    text = client.get(f"/similar/?{query}").text
    articles = re.findall(r"<article.*?</article>", text, re.DOTALL)
    assert len(articles) == 3
    for article in articles:
        [body] = re.findall(r"<tbody>.*</tbody>", article, re.DOTALL)
        addends = re.findall(r">(\d+\.\d\d)</td>\s*</tr>", body)
        assert addends
        printed = re.search(r"([\d.]+) of 7 points", article)[1]
        assert f"{sum(map(float, addends)):.2f}" == printed
        assert re.search(r"<tfoot>.*>([\d.]+)</td>", article)[1] == printed


def test_broader_terms_are_shared_with_less(mistrust):
    heading = ConceptFactory(label="Attitudes", is_heading=True)
    near, far = ConceptFactory(broader=heading), ConceptFactory()
    mistrust.broader = heading
    mistrust.save()
    far_case, near_case, same = (create_case(t) for t in (far, near, mistrust))
    first, second = results("barrier=mistrust")
    assert [first.case, second.case] == [same, near_case]
    assert [(each.label, each.is_specific) for each in second.shared] == [
        ("Attitudes", False)
    ]
    assert [each.label for each in first.shared] == ["Mistrust"]
    assert far_case not in cases("barrier=mistrust")


def test_a_case_is_compared_with_all_that_either_has(client, mistrust, stigma):
    mine = create_case(mistrust, slug="mine", name="Mine")
    twin = create_case(mistrust, name="Twin")
    richer = create_case(mistrust, stigma, name="Richer")
    hidden = create_case(mistrust, name="Hidden", status="review")
    page = client.get("/similar/?case=mine")
    assert [result.case for result in page.context["page"]] == [twin, richer]
    assertContains(page, "Only here: Stigma")
    assertContains(page, "Not known of Mine")
    assertContains(page, 'name="robots" content="noindex"')
    assertNotContains(page, hidden.name)
    shown = client.get(mine.get_absolute_url())
    assertContains(shown, "Cases like this</h2>")
    assertContains(shown, 'href="/similar/?case=mine"')
    assert shown.text.index("Twin</a>") < shown.text.index("Richer</a>")
    assertNotContains(shown, hidden.name)


def test_a_case_without_others_has_no_nearest(client):
    case = InitiativeFactory(settlement="town")
    assertNotContains(client.get(case.get_absolute_url()), "Cases like this</h2>")


def test_nearest_cases_that_share_no_value_are_near(client):
    mine = InitiativeFactory(settlement="town")
    InitiativeFactory(settlement="city")
    assertContains(client.get(mine.get_absolute_url()), "Near in settlement")


def test_no_case_is_like_this(client):
    InitiativeFactory(country="DE")
    InitiativeFactory(slug="mine", country="FR", settlement="rural")
    assertContains(client.get("/similar/?country=GB"), "No case has any of this")
    assertContains(client.get("/similar/?case=mine"), "Let more of it matter")


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_unpublished_cases_change_nothing(client, mistrust, status):
    create_case(mistrust, slug="mine")
    shown = create_case(mistrust, settlement="town", start_year=2000)
    InvolvementFactory(initiative=shown)
    addresses = (
        "/similar/?case=mine&year-matters=lot",
        "/similar/?partner=lead+public+body&reach=nation",
        "/similar/?barrier=mistrust&year=1990",
    )
    before = [client.get(address).text for address in addresses]
    fields = {"status": status, "status_note": "Why.", "start_year": 1900}
    other = create_case(mistrust, settlement="town", **fields)
    InvolvementFactory(initiative=other)
    assert [client.get(address).text for address in addresses] == before


def test_roles_of_organisations_are_who_takes_part():
    with_citizens = InvolvementFactory(role="citizen group").initiative
    InvolvementFactory(role="funder")
    assert cases("partner=citizen+group") == [with_citizens]
    assert filtered("partner=citizen+group").sentence == (
        "Cases like one with a citizen group"
    )


def test_equal_cases_are_listed_by_year_and_name():
    first = InitiativeFactory(name="A", start_year=1990)
    second = InitiativeFactory(name="B", start_year=1990)
    newest = InitiativeFactory(name="C", start_year=2010)
    assert cases("country=DE") == [newest, first, second]


def test_the_query_in_words_and_its_chips(mistrust, stigma):
    create_case(mistrust)
    form = filtered("barrier=stigma&barrier=mistrust&country=DE&year=02001&page=1")
    assert form.sentence == (
        "Cases like one in Germany, begun about 2001, "
        "that met the barrier “Stigma” and “Mistrust”"
    )
    labels = [chip.label for chip in form.chips]
    assert labels == ["Germany", "begun about 2001", "Stigma", "Mistrust"]
    assert form.query == "?country=DE&year=2001&barrier=mistrust&barrier=stigma"


def test_only_weights_that_are_not_the_default_stand_in_the_address(client):
    case = InitiativeFactory(slug="mine", settlement="town")
    InitiativeFactory(settlement="town")
    query = "settlement=town&settlement-matters=lot&reach-matters=not&country-matters="
    assert filtered(query).query == "?settlement=town&settlement-matters=lot"
    query = "case=mine&settlement-matters=little&country-matters=lot"
    assert filtered(query).query == f"?case={case.slug}&country-matters=lot"
    assert filtered("settlement=zz&reach=").query == "?settlement=zz"
    response = client.get("/similar/?settlement=town&reach=&page=")
    assertRedirects(response, "/similar/?settlement=town")
    canonical = 'rel="canonical" href="http://testserver/similar/?settlement=town"'
    assertContains(client.get("/similar/?settlement=town&reach-matters=lot"), canonical)


def test_weights_change_the_order(mistrust):
    there = create_case(country="GB")
    alike = create_case(mistrust)
    assert cases("barrier=mistrust&country=GB") == [alike, there]
    weights = "barrier-matters=little&country-matters=lot"
    assert cases(f"barrier=mistrust&country=GB&{weights}") == [there, alike]


def test_pages_have_twenty_cases_and_the_works_behind_them(client):
    InitiativeFactory.create_batch(21)
    page = client.get("/similar/?country=DE&page=2")
    assert len(page.context["page"]) == 1
    assertContains(page, "Page 2 of 2")
    [shown] = page.context["page"]
    assertContains(page, f'href="/references/?cited={shown.case.slug}"')
    assert client.get("/similar/?country=DE&page=3").status_code == 404


def test_former_slugs_of_terms_are_understood(mistrust):
    case = create_case(mistrust)
    FormerSlugFactory(slug="distrust", concept=mistrust)
    assert cases("barrier=distrust") == [case]
    assert filtered("barrier=distrust").query == "?barrier=mistrust"


def test_number_of_queries(client, mistrust, django_assert_max_num_queries):
    for _ in range(12):
        create_case(mistrust)
    client.get("/similar/?barrier=mistrust")
    with django_assert_max_num_queries(32) as few:
        client.get("/similar/?barrier=mistrust&country=DE")
    for _ in range(8):
        create_case(mistrust)
    with django_assert_max_num_queries(len(few)):
        client.get("/similar/?barrier=mistrust&country=DE")


def test_the_rules_and_the_bare_page_are_in_the_sitemap(client):
    assertContains(client.get("/about/similar/"), "Tversky, A. (1977)")
    sitemap = client.get(reverse("sitemap", args=["pages"])).text
    assert "/similar/</loc>" in sitemap
    assert "/about/similar/</loc>" in sitemap


def test_a_case_removed_in_between_is_left_out():
    gone, kept = InitiativeFactory.create_batch(2)
    form = filtered("country=DE")
    assert len(form.matches) == 2
    Initiative.objects.filter(pk=gone.pk).update(status="draft")
    assert [result.case for result in form.current_page] == [kept]


def test_dots_stand_for_points():
    InitiativeFactory(settlement="city")
    [result] = results("settlement=rural&country=DE")
    assert result.points == 1.25
    assert result.dots == ["full", "half"]


def test_regions_and_tags_are_compared(client):
    near = InitiativeFactory(name="Near", country="FR")
    InitiativeFactory(name="Far", country="PL")
    for case in (near, InitiativeFactory(name="Tagged", country="PL")):
        case.tags.add("time bank")
    [first, second] = results("region=western-europe&tag=time-bank")
    assert first.case == near
    assert [each.label for each in first.shared] == ["Western Europe", "time bank"]
    assert second.differences == ["Eastern Europe, not Western Europe"]
    page = client.get("/similar/?region=western-europe&tag=time-bank")
    assertContains(page, "in Western Europe")
    page = client.get("/similar/?region=atlantis&tag=gone")
    assertContains(page, "“atlantis” is not a part of the world.", status_code=400)
    assertContains(page, "There is no tag “gone”.", status_code=400)
