"""What readers see of the history: dates, summaries, and each version as it was."""

import json
from datetime import date

import pytest
from django.contrib.auth.models import User
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Edit
from initiatives.models import Finding, Initiative
from tests.desk import count_queries
from tests.factories import FindingFactory, InitiativeFactory
from tests.history.versions import as_it_was
from tests.once import once

pytestmark = pytest.mark.django_db

HISTORY, FIRST = "/initiatives/weyhe/history/", "/initiatives/weyhe/v/1/"


@pytest.fixture
def case():
    """Create a case with two public versions."""
    with tracked_transaction():
        finding = FindingFactory(
            statement="Neighbours feel safer.",
            initiative__slug="weyhe",
            initiative__name="Streetwatchers",
            initiative__summary="Volunteers walk the streets.",
            initiative__revised_on="2026-05-12",
        )
    change(summary="Neighbours walk the streets.", revised_on="2026-06-03")
    return finding.initiative


def change(**fields):
    with tracked_transaction():
        Initiative.objects.filter(slug="weyhe").update(**fields)


# The list


def test_the_history_tells_when_and_what(client, case):
    page = client.get(HISTORY)
    assertContains(page, "Version 1 of 12 May 2026")
    assertContains(page, "Version 2 of 3 June 2026")
    assertContains(page, "Summary changed.")
    assertContains(page, 'href="/initiatives/weyhe/v/2/"')


@pytest.mark.once
def test_the_history_tells_nobody_and_no_note(client, case):
    anna = User.objects.create_user("anna")
    with tracked_transaction(by=anna, why="As the council asked."):
        Initiative.objects.update(summary="Other.")
    for address in (HISTORY, FIRST, "/initiatives/weyhe/v/3/"):
        page = client.get(address)
        assertNotContains(page, "anna")
        assertNotContains(page, "As the council asked.")


def test_drafts_are_no_public_versions_and_numbers_stay(client, case):
    change(status="review", summary="Not for readers.")
    change(summary="Not for readers either.")
    change(status="published", summary="For readers again.")
    page = client.get(HISTORY)
    assertContains(page, "Version 5")
    assertNotContains(page, "Version 3")
    # Compared with what readers saw before, and not with a draft.
    [newest, *_] = page.context["steps"]
    assert (newest.before.number, newest.summary) == (2, "Summary changed")
    assert as_it_was(client, 3).status_code == 404
    assertContains(as_it_was(client, 5), "For readers again.")


@pytest.mark.once
def test_a_long_history_has_pages(client, case):
    for n in range(20):
        change(summary=f"Summary {n}.")
    assertNotContains(client.get(HISTORY), "First version")
    assertContains(client.get(HISTORY, {"page": "2"}), "First version")
    assertContains(client.get(HISTORY, {"page": "x"}), "Page 1 of 2")


@pytest.mark.once
def test_a_history_that_has_not_begun_says_so(client):
    InitiativeFactory(slug="weyhe")
    assertContains(client.get(HISTORY), "No version is kept yet.")
    assertContains(client.get("/initiatives/weyhe/"), "Cite this case")


@pytest.mark.once
def test_any_number_of_versions_asks_as_much(client, case):
    few = count_queries(lambda: client.get(HISTORY))
    for n in range(8):
        change(summary=f"Summary {n}.")
    assert count_queries(lambda: client.get(HISTORY)) == few


# A version


def test_a_version_shows_the_case_as_it_was(client, case):
    with tracked_transaction():
        Finding.objects.update(statement="Neighbours feel safe.")
    page = as_it_was(client)
    assertContains(page, "Volunteers walk the streets.")
    assertContains(page, "Neighbours feel safer.")
    assertNotContains(page, "Neighbours feel safe.")
    assertContains(page, "This is version 1 of 12 May 2026, not the present one.")
    assertContains(page, "version 3 of 3 June 2026</a>")


@pytest.mark.once
def test_the_present_version_says_so(client, case):
    page = as_it_was(client, 2)
    assertContains(page, "version 2 of 3 June 2026, the present one.")


@pytest.mark.once
def test_a_version_is_cited_at_its_own_address(client, case):
    page = as_it_was(client)
    assertContains(page, "Cite this version")
    assertContains(page, "http://testserver/initiatives/weyhe/v/1/")
    assertContains(page, "Streetwatchers (version 1)")
    case = '<link rel="canonical" href="http://testserver/initiatives/weyhe/">'
    assertContains(page, case)
    for link in (
        '<http://testserver/initiatives/weyhe/v/1/>; rel="cite-as"',
        '<http://testserver/initiatives/weyhe/>; rel="latest-version"',
        '<http://testserver/initiatives/weyhe/history/>; rel="version-history"',
        '<http://testserver/initiatives/weyhe/v/2/>; rel="successor-version"',
    ):
        assert link in page.headers["Link"]
    assert "predecessor" not in page.headers["Link"]
    later = as_it_was(client, 2).headers["Link"]
    assert '<http://testserver/initiatives/weyhe/v/1/>; rel="predecessor-' in later


@pytest.mark.once
def test_a_version_is_had_by_machines_too(client, case):
    item = json.loads(client.get(f"{FIRST}csl.json").content)[0]
    assert item["id"] == "casebase-weyhe-v1"
    assert item["title"] == "Streetwatchers (version 1)"
    assert item["issued"] == {"date-parts": [[2026, 5, 12]]}
    asked = client.get(FIRST, headers={"Accept": "application/ld+json"})
    assert json.loads(asked.content)["version"] == 1
    assert client.get(f"{FIRST}nothing.json").status_code == 404


@pytest.mark.once
def test_the_case_leads_to_its_history_and_its_present_version(client, case):
    page = client.get("/initiatives/weyhe/")
    assertContains(page, "This is version 2 of 3 June 2026.")
    assertContains(page, 'href="/initiatives/weyhe/v/2/#cite"')
    assertContains(page, f'href="{HISTORY}"')


def test_a_case_without_a_date_bears_that_of_its_edit(client):
    with tracked_transaction():
        InitiativeFactory(slug="weyhe")
    today = f"{date.today():%-d %B %Y}"
    assertContains(client.get(HISTORY), f"Version 1 of {today}")
    Initiative.objects.update(published_on="2026-05-12")
    change(summary="Other.")
    assertContains(client.get(HISTORY), "Version 2 of 12 May 2026")


# Where there is none


@pytest.mark.parametrize("number", [0, 3, 2**70])
def test_a_version_that_there_is_not_is_not_found(client, case, number):
    assertContains(
        as_it_was(client, number), "no public version of this number", status_code=404
    )


@pytest.mark.parametrize("address", [HISTORY, FIRST, *once(f"{FIRST}csl.json")])
def test_versions_go_with_their_case(client, case, address):
    case.refresh_from_db()
    with tracked_transaction():
        case.withdraw(reason="The council asked us to.")
    assertContains(client.get(address), "The council asked us to.", status_code=410)
    change(status="draft")
    assert client.get(address).status_code == 410
    Initiative.objects.all().delete()
    with tracked_transaction():
        pass
    assert client.get(address).status_code == 410


@pytest.mark.once
def test_reference_managers_get_a_version_as_an_item_of_its_own(client, case):
    item = FIRST.strip("/")
    assertContains(client.get(FIRST), f'<abbr class="unapi-id" title="{item}" hidden>')
    response = client.get(f"/unapi/?id={item}&format=rdf_zotero")
    assertContains(response, "#casebase-weyhe-v1")


@pytest.mark.once
@pytest.mark.parametrize("rest", ["history/", "v/1/", "v/1/csl.json"])
def test_versions_move_with_their_case(client, case, rest):
    with tracked_transaction():
        case.rename(slug="streetwatchers")
    moved = client.get(f"/initiatives/weyhe/{rest}")
    assert moved.status_code == 301
    assert moved.headers["Location"] == f"/initiatives/streetwatchers/{rest}"
    assertContains(client.get(moved.headers["Location"]), "Streetwatchers")


def test_a_case_that_never_was_has_no_history(client):
    assert client.get(HISTORY).status_code == 404
    assert client.get(FIRST).status_code == 404
    assert not Edit.objects.exists()
