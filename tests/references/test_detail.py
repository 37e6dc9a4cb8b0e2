"""Tests of the page of a work."""

import html5lib
import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    FormerKeyFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def star():
    return ReferenceFactory(key="loeffler-2015", title="The star")


def get(client):
    return client.get("/references/loeffler-2015/")


def finding_on(reference, *, source=None, **fields):
    finding = FindingFactory(sources=0, **fields)
    SourceFactory(finding=finding, reference=reference, **source or {})
    return finding


def test_only_fields_with_a_value_are_shown(client):
    ReferenceFactory(
        key="loeffler-2015",
        title="Der Stern",
        language="de",
        container_title="The journal",
        issued_year=2015,
        issued_month=5,
        accessed_year=2019,
    )
    response = get(client)
    for words in (
        '<h1 lang="de">Der Stern</h1>',
        "<dt>Date</dt><dd>May 2015</dd>",
        "<dt>Published in</dt><dd>The journal</dd>",
        "<dt>Language</dt><dd>German</dd>",
        "<dt>Accessed</dt><dd>2019</dd>",
        "<dt>Citekey</dt><dd>loeffler-2015</dd>",
    ):
        assertContains(response, words)
    for label in ("Author", "Volume", "Issue", "DOI", "Event", "In the chapter"):
        assertNotContains(response, f"<dt>{label}</dt>")


def test_links_lead_to_people_to_the_type_and_to_the_work(client, star):
    star.type, star.chapter_position = "article-journal", 57
    star.doi, star.url = "10.1000/stern", "https://example.org/stern"
    star.save()
    for role in ("author", "editor"):
        person = PersonFactory(slug=f"the-{role}", family="", literal=f"The {role}")
        ContributionFactory(reference=star, person=person, role=role)
    response = get(client)
    for words in (
        '<a href="/references/?type=article-journal">Journal article</a>',
        '<a href="/references/?author=the-author">The author</a>',
        '<a href="/references/?author=the-editor">The editor</a>',
        'href="https://doi.org/10.1000/stern"',
        'href="https://example.org/stern"',
        'No. 57 in the reference list of <a href="/references/loeffler-2021/">',
    ):
        assertContains(response, words)


def test_an_undated_work_without_findings_says_so(client, star):
    response = get(client)
    assertContains(response, "<dd>Not dated</dd>")
    assertContains(response, "No finding of a published case rests on this work.")
    for heading in ("as printed", "About this entry", "Definitions", "isted"):
        assertNotContains(response, heading)


def test_the_citation_can_be_copied_and_has_no_link(client, star):
    response = get(client)
    assertContains(response, "<cite>The star</cite>")
    assertContains(response, "data-copy-from")


def test_correction_and_note_are_shown(client, star):
    star.correction, star.note = "1987: likely 1997.", "Year inferred."
    star.save()
    response = get(client)
    assertContains(response, '<h2 id="correction">The entry as printed</h2>')
    assertContains(response, "1987: likely 1997.")
    assertContains(response, "Year inferred.")


def test_findings_are_grouped_by_case(client, star):
    weyhe = InitiativeFactory(slug="weyhe", name="Streetwatchers")
    mistrust = ConceptFactory(slug="mistrust", label="Mistrust")
    barrier = finding_on(
        star, initiative=weyhe, kind="barrier", concept=mistrust, statement="Reserve."
    )
    finding_on(star, initiative__name="Civivo")
    response = get(client)
    for words in (
        "2 findings in 2 cases",
        '<a href="/initiatives/weyhe/">Streetwatchers</a>',
        'Barrier: <a href="/barriers/mistrust/">Mistrust</a>',
        f'href="/initiatives/weyhe/#{barrier.short_id}">Reserve.</a>',
    ):
        assertContains(response, words)
    assert response.text.index("Civivo") < response.text.index("Streetwatchers")


def test_each_finding_shows_its_locator_and_how_the_work_was_read(client, star):
    finding_on(star, source={"locator": "P. 24", "url": "https://example.org/24"})
    finding_on(star, source={"via": "secondary"})
    response = get(client)
    for words in (
        '<a href="https://example.org/24" rel="external">P. 24 ↗</a>',
        "Read: the work itself",
        "No place named",
        "Read: its abstract, a summary or a report by others",
    ):
        assertContains(response, words)


def test_a_finding_with_two_locators_is_listed_once(client, star):
    finding = finding_on(star, source={"locator": "P. 1"})
    SourceFactory(finding=finding, reference=star, locator="P. 2")
    response = get(client)
    assertContains(response, "1 finding in 1 case")
    assertContains(response, finding.statement, count=1)
    assertContains(response, "P. 2")


def test_sources_of_other_works_are_not_shown(client, star):
    finding = finding_on(star)
    SourceFactory(finding=finding, locator="Elsewhere")
    assertNotContains(get(client), "Elsewhere")


def test_conflicts_are_listed(client, star):
    conflict = ConflictFactory(
        initiative__slug="weyhe", initiative__name="Streetwatchers", about="The start"
    )
    SourceFactory(conflict=conflict, reference=star)
    SourceFactory(conflict=conflict, reference=star, locator="P. 2")
    response = get(client)
    link = '<a href="/initiatives/weyhe/#conflicts">Streetwatchers: The start</a>'
    assertContains(response, link, count=1)
    assertContains(response, conflict.note)


def test_definitions_that_rest_on_it_are_listed(client, star):
    mistrust = ConceptFactory(slug="mistrust", label="Mistrust")
    SourceFactory(concept=mistrust, reference=star)
    SourceFactory(scheme=mistrust.scheme, reference=star)
    response = get(client)
    assertContains(response, '<a href="/barriers/mistrust/">Mistrust</a>')
    assertContains(response, '<a href="/barriers/">Barriers</a>')


@pytest.mark.parametrize(
    ("is_read", "words"),
    [(True, "Read; no finding of the case rests on it."), (False, "Not read:")],
)
def test_cases_that_list_it_without_a_finding(client, star, is_read, words):
    case = InitiativeFactory(slug="weyhe")
    DocumentationFactory(
        initiative=case, reference=star, is_read=is_read, is_cited_by_chapter=True
    )
    response = get(client)
    assertContains(response, "Listed as a work on")
    assertContains(response, words)
    assertContains(response, "The chapter cites it for this case.")
    assertContains(response, 'href="/initiatives/weyhe/#works"')


def test_a_case_whose_findings_rest_on_it_is_not_listed_again(client, star):
    finding = finding_on(star)
    conflict = ConflictFactory()
    SourceFactory(conflict=conflict, reference=star)
    for case in (finding.initiative, conflict.initiative):
        DocumentationFactory(initiative=case, reference=star)
    assertNotContains(get(client), "isted as a work on")
    DocumentationFactory(reference=star)
    assertContains(get(client), "Also listed as a work on")


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_nothing_of_unpublished_cases_is_shown(client, star, status):
    case = InitiativeFactory(name="Hush-hush", status=status, status_note="Why.")
    finding = finding_on(star, initiative=case)
    conflict = ConflictFactory(initiative=case)
    SourceFactory(conflict=conflict, reference=star)
    DocumentationFactory(initiative=case, reference=star)
    response = get(client)
    assertContains(response, "No finding of a published case rests on this work.")
    for secret in ("Hush-hush", finding.statement, conflict.note, case.slug):
        assertNotContains(response, secret)


def test_a_former_key_redirects_to_the_work(client, star):
    FormerKeyFactory(reference=star, key="loffler-2015")
    response = client.get("/references/loffler-2015/")
    assertRedirects(response, "/references/loeffler-2015/", status_code=301)


def test_an_unknown_key_is_not_found(client):
    response = client.get("/references/nobody-nd/")
    assertContains(response, "There is no work at this address.", status_code=404)


def fill(reference, n):
    for _ in range(n):
        ContributionFactory(reference=reference)
        finding_on(reference, kind="barrier")
        SourceFactory(reference=reference, conflict=ConflictFactory())
        SourceFactory(reference=reference, concept=ConceptFactory())
        DocumentationFactory(reference=reference)


def test_one_use_and_ten_take_the_same_number_of_queries(
    client, star, django_assert_num_queries
):
    for n in (1, 9):
        fill(star, n)
        with django_assert_num_queries(6):
            assert get(client).status_code == 200


def test_the_page_is_valid_html(client, star):
    star.correction = star.note = "As it is."
    star.save()
    fill(star, 2)
    html5lib.HTMLParser(strict=True).parse(get(client).text)
