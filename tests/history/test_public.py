"""What readers see of the history: dates, summaries, and each version as it was."""

import json
import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from pytest_django.asserts import assertContains, assertNotContains

from changes.writing import written_together
from history.models import Edit, Version
from initiatives.models import Concept, Finding, Initiative
from references.models import Reference
from tests.desk import queries
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

pytestmark = pytest.mark.django_db

HISTORY, FIRST = "/initiatives/weyhe/history/", "/initiatives/weyhe/v/1/"


@pytest.fixture
def case():
    """With two public versions."""
    with written_together():
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
    with written_together():
        Initiative.objects.filter(slug="weyhe").update(**fields)


def as_it_was(client, number=1):
    return client.get(f"/initiatives/weyhe/v/{number}/")


# The list


def test_the_history_tells_when_and_what(client, case):
    page = client.get(HISTORY)
    assertContains(page, "Version 1 of 12 May 2026")
    assertContains(page, "Version 2 of 3 June 2026")
    assertContains(page, "Summary changed.")
    assertContains(page, 'href="/initiatives/weyhe/v/2/"')


def test_the_history_tells_nobody_and_no_note(client, case):
    anna = User.objects.create_user("anna")
    with written_together(by=anna, why="As the council asked."):
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


def test_a_long_history_has_pages(client, case):
    for n in range(20):
        change(summary=f"Summary {n}.")
    assertNotContains(client.get(HISTORY), "First version")
    assertContains(client.get(HISTORY, {"page": "2"}), "First version")
    assertContains(client.get(HISTORY, {"page": "x"}), "Page 1 of 2")


def test_a_history_that_has_not_begun_says_so(client):
    InitiativeFactory(slug="weyhe")
    assertContains(client.get(HISTORY), "No version is kept yet.")
    assertContains(client.get("/initiatives/weyhe/"), "Cite this case")


def test_any_number_of_versions_asks_as_much(client, case):
    few = queries(lambda: client.get(HISTORY))
    for n in range(8):
        change(summary=f"Summary {n}.")
    assert queries(lambda: client.get(HISTORY)) == few


# A version


def test_a_version_shows_the_case_as_it_was(client, case):
    with written_together():
        Finding.objects.update(statement="Neighbours feel safe.")
    page = as_it_was(client)
    assertContains(page, "Volunteers walk the streets.")
    assertContains(page, "Neighbours feel safer.")
    assertNotContains(page, "Neighbours feel safe.")
    assertContains(page, "This is version 1 of 12 May 2026, not the present one.")
    assertContains(page, "version 3 of 3 June 2026</a>")


def test_the_present_version_says_so(client, case):
    page = as_it_was(client, 2)
    assertContains(page, "version 2 of 3 June 2026, the present one.")


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


def test_a_version_is_had_by_machines_too(client, case):
    item = json.loads(client.get(f"{FIRST}csl.json").content)[0]
    assert item["id"] == "casebase-weyhe-v1"
    assert item["title"] == "Streetwatchers (version 1)"
    assert item["issued"] == {"date-parts": [[2026, 5, 12]]}
    asked = client.get(FIRST, headers={"Accept": "application/ld+json"})
    assert json.loads(asked.content)["version"] == 1
    assert client.get(f"{FIRST}nothing.json").status_code == 404


def test_the_case_leads_to_its_history_and_its_present_version(client, case):
    page = client.get("/initiatives/weyhe/")
    assertContains(page, "This is version 2 of 3 June 2026.")
    assertContains(page, 'href="/initiatives/weyhe/v/2/#cite"')
    assertContains(page, f'href="{HISTORY}"')


def test_a_case_without_a_date_bears_that_of_its_edit(client):
    with written_together():
        InitiativeFactory(slug="weyhe")
    today = f"{date.today():%-d %B %Y}"
    assertContains(client.get(HISTORY), f"Version 1 of {today}")
    Initiative.objects.update(published_on="2026-05-12")
    change(summary="Other.")
    assertContains(client.get(HISTORY), "Version 2 of 12 May 2026")


def whole_case():
    """A case with something of everything; the page of its only version is its own."""
    with written_together():
        area = ConceptFactory(scheme="service-areas", label="Safety")
        case = InitiativeFactory(
            slug="weyhe",
            revised_on="2026-05-12",
            service_areas=[area],
            tags=["volunteers"],
            target_groups=["residents"],
            not_found=["cost"],
            start_year=2007,
            latitude=53.0,
            longitude=8.8,
            place_note="The town hall.",
        )
        strategy = ConceptFactory(scheme="strategies", label="Outreach")
        barrier = FindingFactory(
            initiative=case,
            kind="barrier",
            concept=ConceptFactory(label="Mistrust"),
            response="They were asked to join.",
            strategies=[strategy],
        )
        SourceFactory(finding=barrier, url="https://example.org/", locator="p. 3")
        SourceFactory(finding=barrier, via="secondary")
        FindingFactory(initiative=case, kind="mode", statement="Neighbours patrol.")
        figure = {"figure_value": 805, "figure_unit": "hours", "figure_period": "2014"}
        FindingFactory(initiative=case, kind="performance", **figure)
        conflict = ConflictFactory(initiative=case)
        SourceFactory(conflict=conflict)
        SourceFactory(conflict=conflict, via="")
        for use in SourceFactory._meta.model.objects.all():
            ContributionFactory(reference=use.reference)
        InvolvementFactory(initiative=case)
        DocumentationFactory(initiative=case, is_read=False)
    return case


def body_of(page):
    """What a page says of the case, without what it says of itself."""
    text = page.content.decode().partition("<h1>")[2]
    text = text.partition('aria-labelledby="cite"')[0]
    text = re.sub(r"<a [^>]*>Suggest a correction</a>", "", text)
    return re.sub(r"\s+", " ", text.replace("/v/1/", "/"))


def test_the_present_version_says_all_that_the_case_says(client):
    whole_case()
    told = body_of(as_it_was(client))
    for text in ("Mistrust", "Outreach", "Safety", "volunteers", "805 hours", "p. 3"):
        assert text in told
    assert told == body_of(client.get("/initiatives/weyhe/"))


def test_a_version_asks_as_much_for_ten_findings_as_for_one(client):
    case = whole_case()
    few = queries(lambda: as_it_was(client))
    with written_together():
        for _ in range(9):
            FindingFactory(initiative=case, kind="barrier")
    assert queries(lambda: as_it_was(client, 2)) == few


def test_works_and_terms_that_are_gone_are_shown_as_they_last_were(client):
    with written_together():
        area = ConceptFactory(scheme="service-areas", slug="safety", label="Safety")
        finding = FindingFactory(
            kind="barrier",
            sources=0,
            initiative__slug="weyhe",
            initiative__service_areas=[area],
            initiative__tags=["volunteers"],
        )
        meyer = PersonFactory(family="Meyer")
        for title in ("One report", "Other report"):
            work = ReferenceFactory(title=title)
            ContributionFactory(reference=work, person=meyer)
            SourceFactory(finding=finding, reference=work)
    case = finding.initiative
    with written_together():
        finding.delete()
        case.service_areas.clear()
        case.tags.clear()
        Reference.objects.all().delete()
        Concept.objects.all().delete()
        case.tags.through.tag_model().objects.all().delete()
    page = as_it_was(client)
    for text in ("One report", "Other report", "Meyer", "Safety", "volunteers"):
        assertContains(page, text)
    assertNotContains(page, "?tag=")


def test_what_the_history_never_kept_is_named_at_least(client):
    with written_together():
        finding = FindingFactory(kind="barrier", initiative__slug="weyhe")
    key, slug = Reference.objects.get().key, finding.concept.slug
    with written_together():
        finding.delete()
        Reference.objects.all().delete()
        Concept.objects.all().delete()
    Version.objects.exclude(kind="initiative").delete()
    for name in (key, slug):
        assertContains(as_it_was(client), name)


def test_works_and_terms_that_were_renamed_are_found(client):
    with written_together():
        finding = FindingFactory(kind="barrier", initiative__slug="weyhe")
    Reference.objects.get().rename(key="meyer-2014")
    finding.concept.rename(slug="distrust")
    page = as_it_was(client)
    assertContains(page, "/references/meyer-2014/")
    assertContains(page, "/barriers/distrust/")


# Where there is none


@pytest.mark.parametrize("number", [0, 3, 2**70])
def test_a_version_that_there_is_not_is_not_found(client, case, number):
    assertContains(
        as_it_was(client, number), "no public version of this number", status_code=404
    )


@pytest.mark.parametrize("address", [HISTORY, FIRST, f"{FIRST}csl.json"])
def test_versions_go_with_their_case(client, case, address):
    case.refresh_from_db()
    with written_together():
        case.withdraw(reason="The council asked us to.")
    assertContains(client.get(address), "The council asked us to.", status_code=410)
    change(status="draft")
    assert client.get(address).status_code == 410
    Initiative.objects.all().delete()
    with written_together():
        pass
    assert client.get(address).status_code == 410


@pytest.mark.parametrize("rest", ["history/", "v/1/", "v/1/csl.json"])
def test_versions_move_with_their_case(client, case, rest):
    with written_together():
        case.rename(slug="streetwatchers")
    moved = client.get(f"/initiatives/weyhe/{rest}")
    assert moved.status_code == 301
    assert moved.headers["Location"] == f"/initiatives/streetwatchers/{rest}"
    assertContains(client.get(moved.headers["Location"]), "Streetwatchers")


def test_a_case_that_never_was_has_no_history(client):
    assert client.get(HISTORY).status_code == 404
    assert client.get(FIRST).status_code == 404
    assert not Edit.objects.exists()
