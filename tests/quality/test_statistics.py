"""The figures of the start page: each links to the list of the records it counts."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from casebase.desk.quality.links.verdicts import State, Verdict
from casebase.desk.quality.models import Completeness, Link
from casebase.desk.quality.statistics import FIGURES
from initiatives.models import Concept, Finding
from references.models import Reference
from tests.desk import Curator, admin_url, count_queries, listed_records
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db
LABELS = [figure.label for figures in FIGURES.values() for figure in figures]
ROW = re.compile(
    r'<th scope="row"><a href="([^"]+)">([^<]+)</a>(?:\s*<span[^>]*>([^<]*)</span>)?'
    r"</th>\s*<td>([^<]*)</td>"
)
TITLE = "Co-production in practice: lessons of five neighbourhoods"


@pytest.fixture
def curator():
    return Curator()


def read_figures(client):
    """Return label → (number, address, note), as the start page shows them."""
    found = ROW.findall(client.get("/admin/").text)
    return {
        unescape(label): (number, unescape(address), unescape(note))
        for address, label, note, number in found
    }


def create_one_of_each():
    """Create records so that every figure is one."""
    old = date.today().year - 99
    InitiativeFactory(status="draft")
    InitiativeFactory(status="review")
    case = InitiativeFactory(last_source_year=old, not_found=["cost"])
    FindingFactory(initiative=case, basis="coded")
    FindingFactory(initiative=case, sources=2, basis="stated", kind="barrier")
    work = case.findings.last().sources.last().reference
    DocumentationFactory(initiative=case, reference=work, standing="press")
    # Findings of drafts do not count as published findings.
    FindingFactory(initiative__status="draft", initiative__not_found=["cost"])
    ConceptFactory(scheme="risks")
    ConceptFactory(scheme="barriers", is_heading=True)
    for family in ("Loeffler", "Löffler"):
        work = ReferenceFactory(title=TITLE, issued_year=2014)
        ContributionFactory(person=PersonFactory(family=family), reference=work)
    create_suggestions_and_undated_pages(case)
    FindingFactory(initiative__status="withdrawn", initiative__status_note="Why.")
    Finding.objects.last().sources.update(reference=work)
    for name, state in (("a", State.GONE), ("b", State.MOVED)):
        link = Link.objects.create(address=f"https://{name}.example/")
        link.save_verdict(Verdict(state, "Found."))
    Link.objects.create(address="https://c.example/")
    update_derived_data()


def create_suggestions_and_undated_pages(case):
    SuggestionFactory(initiative=case)
    SuggestionFactory(initiative=case, status="refused")
    undated = ReferenceFactory(issued_year=None, url="https://page.example/")
    SourceFactory(finding=case.findings.last(), reference=undated)


def test_each_figure_equals_the_length_of_its_list(curator):
    create_one_of_each()
    shown = read_figures(curator.client)
    assert list(shown) == LABELS
    for label, (number, address, _) in shown.items():
        response = curator.client.get(address)
        assert (label, int(number)) == (label, response.context["cl"].result_count)
        assert (label, len(listed_records(response)) > 0) == (label, True)


@pytest.mark.once
def test_zeros_are_shown_and_linked(curator):
    for label, (number, address, _) in read_figures(curator.client).items():
        assert (label, number) == (label, "0")
        assert listed_records(curator.client.get(address)) == []


@pytest.mark.once
def test_numbers_have_thousands_separators(curator):
    FindingFactory()
    update_derived_data()
    Completeness.objects.update(n_single_source=1_234_567)
    assert read_figures(curator.client)["Findings on a single source"][0] == "1,234,567"


@pytest.mark.once
def test_figures_take_as_many_queries_for_ten_as_for_none(curator):
    few = count_queries(lambda: curator.client.get("/admin/"))
    FindingFactory.create_batch(10)
    ReferenceFactory.create_batch(10, title=TITLE)
    update_derived_data()
    assert count_queries(lambda: curator.client.get("/admin/")) == few


# Notes


def test_the_figure_of_reviews_shows_the_longest(curator):
    case = InitiativeFactory(status="review")
    update_derived_data()
    assert read_figures(curator.client)["Cases in review"][2] == "all since today"
    then = date.today() - timedelta(days=12)
    Completeness.objects.filter(initiative=case).update(in_review_since=then)
    assert read_figures(curator.client)["Cases in review"][2].startswith(
        "the longest since "
    )
    Completeness.objects.update(in_review_since=None)
    assert read_figures(curator.client)["Cases in review"][2] == ""


@pytest.mark.once
def test_the_figure_of_links_shows_the_last_check(curator):
    assert read_figures(curator.client)["Dead links"][2] == "never looked at yet"
    Link.objects.create(address="https://a.example/").save_verdict(
        Verdict(State.FINE, "The page is there.")
    )
    assert read_figures(curator.client)["Dead links"][2].startswith(
        "last looked at on "
    )


# Permissions


@pytest.mark.once
def test_figures_need_the_permission_to_see_their_list():
    person = User.objects.create_user("someone", is_staff=True)
    client = Client()
    client.force_login(person)
    assert read_figures(client) == {}
    assertNotContains(client.get("/admin/"), "What needs work")
    person.user_permissions.add(Permission.objects.get(codename="view_reference"))
    assert list(read_figures(client)) == [
        "Works nobody cites",
        "Undated works with an address, without a day of reading",
    ]
    assertContains(client.get("/admin/"), "What needs work")


@pytest.mark.once
def test_anonymous_users_see_no_figures(client):
    assert client.get("/admin/").status_code == 302


# Terms, of all schemes in one list


def test_terms_without_cases_are_listed_across_schemes(curator):
    unused = ConceptFactory(scheme="risks"), ConceptFactory(scheme="service-areas")
    case = InitiativeFactory(service_areas=[ConceptFactory(scheme="service-areas")])
    strategy = ConceptFactory(scheme="strategies")
    FindingFactory(initiative=case, kind="barrier", strategies=[strategy])
    response = curator.list(Concept, cases="none")
    assert set(listed_records(response)) == {
        Concept.objects.get(pk=t.pk) for t in unused
    }
    for term in unused:
        assertContains(response, admin_url(term, "change", term.pk))


@pytest.mark.once
def test_terms_are_edited_in_the_admin_of_their_scheme(curator):
    term = Concept.objects.get(pk=ConceptFactory().pk)
    assert curator.client.get(admin_url(Concept, "add")).status_code == 403
    assert curator.client.get(admin_url(term, "delete", term.pk)).status_code == 403
    curator.client.post(admin_url(term, "change", term.pk), {"label": "Changed"})
    assert Concept.objects.get().label != "Changed"
    assertNotContains(
        curator.client.get("/admin/"), f'"{admin_url(Concept, "changelist")}"'
    )


def test_works_that_nobody_cites_are_listed(curator):
    work = ReferenceFactory()
    FindingFactory()
    assert listed_records(curator.list(Reference, uses="none")) == [work]


def test_undated_pages_without_accessed_date_are_listed(curator):
    page = {"issued_year": None, "url": "https://page.example/"}
    work = ReferenceFactory(**page)
    ReferenceFactory(**page | {"doi": "10.1007/x"})
    ReferenceFactory(**page | {"accessed_year": 2026})
    ReferenceFactory(**page | {"issued_year": 2014})
    ReferenceFactory(**page | {"url": ""})
    assert listed_records(curator.list(Reference, read="undated")) == [work]
    assertContains(
        curator.open(work), "an undated page, and without this day none does"
    )


@pytest.mark.once
def test_curators_may_not_add_or_delete_derived_data():
    rights = Group.objects.get(name="Curators").permissions
    ours = rights.filter(content_type__app_label="upkeep")
    assert not ours.filter(codename__startswith="delete").exists()
    assert not ours.filter(codename__startswith="add").exists()
