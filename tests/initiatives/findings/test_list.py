"""The page of the list of findings."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import ConceptFactory, FindingFactory
from tests.initiatives.findings.listing import barrier, filtered, saving, weyhe

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_row_shows_the_finding_with_its_case_and_its_sources(client):
    case = weyhe(region="Lower Saxony")
    finding = saving(initiative=case, year=2014)
    page = client.get("/findings/")
    for words in (
        "Streetwatchers in Weyhe",
        "Weyhe, Lower Saxony, Germany",
        "Saving",
        "Patrols saved the police 805 hours.",
        "805 hours",
        "Helped",
        "P. 24",
    ):
        assertContains(page, words)
    assertContains(page, f'href="/initiatives/weyhe/#{finding.short_id}"')
    assertContains(page, f'href="/findings/{finding.short_id}/cite/"')
    assertContains(page, "<h1", count=1)


def test_a_barrier_is_a_strip_with_its_term_and_strategies(client):
    strategy = ConceptFactory(scheme="strategies", label="Outreach")
    barrier(statement="They wanted guards.", strategies=[strategy.pk])
    page = client.get("/findings/")
    for words in ("They wanted guards.", "They were asked to take part.", "Outreach"):
        assertContains(page, words)
    assertContains(page, 'href="/barriers/mistrust/">Mistrust</a>')


def test_words_are_marked_where_they_stand(client):
    barrier(statement="neighbours <b>wanted</b> guards.", response="They were asked.")
    update_derived_data()
    page = client.get("/findings/?q=wanted+asked")
    assertContains(page, "Neighbours &lt;b&gt;<mark>wanted</mark>&lt;/b&gt; guards.")
    assertContains(page, "They were <mark>asked</mark>.")
    assertNotContains(page, '<p class="snippet">')
    assertContains(page, '<option value="" selected>Best match</option>')


@pytest.mark.parametrize(
    ("words", "label"),
    [("Weyhe", "Case"), ("trustless", "Barrier"), ("Allemagne", "Found by")],
)
def test_what_the_list_does_not_show_is_told_in_a_passage(client, words, label):
    finding = barrier(initiative=weyhe())
    finding.concept.synonyms = ["Trustless"]
    finding.concept.save()
    update_derived_data()
    page = client.get(f"/findings/?q={words}")
    assertContains(page, "1 finding with the words")
    assertContains(page, f'<span class="snippet__label">{label}</span>')


def test_its_address_finds_a_finding_and_no_other(client):
    finding = saving()
    FindingFactory()
    update_derived_data()
    address = f"https://casebase.example/findings/{finding.short_id}/"
    page = client.get("/findings/", {"q": address})
    assert [one.pk for one in page.context["page"]] == [finding.pk]


def test_the_heading_has_the_query_and_the_chips_remove_it(client):
    saving(initiative__country="FI")
    page = client.get("/findings/?kind=saving&country=FI")
    words = "1 finding of 1 case in Finland, on savings"
    assertContains(page, f"<title>{words}")
    assertContains(page, 'href="?country=FI"')
    assertContains(page, 'href="?kind=saving"')


def test_an_empty_list_says_which_filter_to_loosen(client):
    saving()
    page = client.get("/findings/?kind=saving&from=2030")
    assertContains(page, "No findings match all of this")
    assertContains(page, 'href="?from=2030"')


def test_errors_are_listed_and_unknown_parameters_told(client):
    saving()
    page = client.get("/findings/?kind=nope&case-barrier=nope&from=x&page=-1")
    for words in ("“nope”", "is not a barrier", "A year has", "A page is"):
        assertContains(page, words, status_code=400)
    assertNotContains(page, "Patrols saved", status_code=400)
    assertContains(client.get("/findings/?kin=saving"), "no such filter: kin.")


def test_a_page_has_twenty_findings_and_none_follows_the_last(client):
    case = weyhe()
    FindingFactory.create_batch(21, initiative=case)
    first = client.get("/findings/?country=DE")
    assert len(first.context["page"].object_list) == 20
    assertContains(first, 'href="?country=DE&amp;page=2"')
    assertContains(client.get("/findings/?page=2"), "Page 2 of 2")
    assertContains(client.get("/findings/?page=3"), "no such page", status_code=404)


def test_htmx_gets_a_part_of_the_same_page(client):
    barrier()
    address = "/findings/?barrier=mistrust&sort=year"
    page = client.get(address).text
    part = client.get(address, headers={"HX-Request": "true"}).text.strip()
    assert part.startswith('<div id="finder"')
    assert part in page


@pytest.mark.parametrize(
    "query", ["", "?barrier=mistrust&country=DE&tag=night&q=asked&case-q=case"]
)
def test_fifty_findings_need_no_more_queries_than_one(
    client, query, django_assert_max_num_queries
):
    term = ConceptFactory(slug="mistrust")

    def fill(n):
        for finding in FindingFactory.create_batch(n, kind="barrier", concept=term):
            finding.response = "They were asked."
            finding.save()
            finding.initiative.tags.add("night")
        update_derived_data()

    fill(1)
    with django_assert_max_num_queries(45) as one:
        assertContains(client.get(f"/findings/{query}"), "1 finding")
    fill(49)
    with django_assert_max_num_queries(len(one)):
        assertContains(client.get(f"/findings/{query}"), "50 findings")


def test_the_list_links_to_its_exports_its_feed_and_its_works(client):
    saving()
    page = client.get("/findings/?kind=saving&page=1")
    for name in ("csv", "csv-long", "xlsx", "json"):
        assertContains(page, f'href="/findings/export/{name}/?kind=saving"')
    assertContains(page, 'href="/feeds/findings/?kind=saving"')
    assertContains(page, 'href="/references/?finding-kind=saving"')


def test_machines_learn_of_its_findings_and_files(client):
    finding = saving(initiative=weyhe())
    page = client.get("/findings/?kind=saving")
    for link in (
        f'/initiatives/weyhe/#{finding.short_id}>; rel="item"',
        "/findings/export/csv-long/?kind=saving",
        "/feeds/findings/?kind=saving",
    ):
        assert link in page["Link"]
    described = client.get("/findings/?kind=saving", HTTP_ACCEPT="application/ld+json")
    node = described.json()
    assert node["name"] == "1 finding on savings"
    [item] = node["mainEntity"]["itemListElement"]
    assert item["name"] == "Saving · Patrols saved the police 805 hours."


def test_the_feed_has_the_findings_of_what_changed_last(client):
    finding = saving(initiative=weyhe(revised_on="2026-11-24"))
    saving(initiative__revised_on=None)
    barrier()
    feed = client.get("/feeds/findings/?kind=saving&country=DE")
    assertContains(feed, "<entry>", count=1)
    assertContains(feed, "Streetwatchers in Weyhe: Saving · Patrols saved")
    assertContains(feed, f"findings/{finding.short_id}</id>")
    assertContains(feed, "<updated>2026-11-24T00:00:00+00:00</updated>")
    assert client.get("/feeds/findings/?kind=nope").status_code == 400


HOSTILE = (
    *("%00", "x" * 10_000, "%ff%fe", "%F0%9F%92%A9", "99999999999999999999", "-1", "'"),
)
NESTED = ("tag", "country", "case-q", "case-barrier", "case-from", "mode-all")


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_of_any_filter_do_not_fail(value):
    saving()
    names = [*filtered().form.fields, *NESTED]
    for name in names:
        filterset = filtered(f"{name}={value}")
        assert len(filterset.matches) <= 1
        assert filterset.facets
        assert filterset.sentence
        if name in ("kind", "barrier", "figure", "tag", "country", "sort", "mode-all"):
            assert filterset.validation_errors, name


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_addresses_are_client_errors(client, value):
    query = f"kind={value}&q={value}&page={value}&from={value}&tag={value}&{value}=1"
    for address in ("/findings/", "/findings/export/csv/", "/feeds/findings/"):
        assert client.get(f"{address}?{query}").status_code == 400
    references = "&".join(f"finding-{one}" for one in query.split("&"))
    assert client.get(f"/references/?{references}").status_code == 400
