"""The desk: who may open it, and a typical day of work."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects
from taggit.models import Tag

from initiatives.models import PROXIES, Finding, Initiative, Organisation, Scheme
from references.models import Person, Reference
from tests.admin.test_transitions import choose, in_status, status_of
from tests.desk import Curator, admin_url, new_finding, new_source
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
)
from tests.group_members import Contributor
from tests.initiatives.test_previews import address_of, links_page, revoke_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WEYHE = {
    "name": "Streetwatchers of Weyhe",
    "slug": "weyhe",
    "summary": "Volunteers walk the streets at night.",
    "locality": "Weyhe",
    "country": "DE",
    "tags": "safety, volunteers",
}


def test_anonymous_visitors_are_sent_to_the_sign_in(client):
    finding = FindingFactory()
    for address in (
        reverse("admin:index"),
        admin_url(finding.initiative, "changelist"),
    ):
        assert client.get(address).status_code == 302


def test_the_start_page_has_the_name_of_the_site():
    index = Curator().client.get(reverse("admin:index"))
    assertContains(index, "Casebase")
    assertContains(index, "The curators’ desk")


def test_the_menu_is_in_plain_words_with_daily_work_first(admin_client):
    menu = admin_client.get(reverse("admin:index")).context["app_list"]
    names = {app["name"]: [model["name"] for model in app["models"]] for app in menu}
    assert list(names) == [
        *("Cases and codebook", "Works and people", "Tags", "Suggestions", "History"),
        *("Links and likely duplicates", "Accounts", "Failed sign-ins"),
        *("Jobs", "People and groups", "Second factor"),
    ]
    assert names["Failed sign-ins"] == ["Failed sign-ins"]
    assert names["Second factor"] == ["Apps for codes"]


@pytest.mark.parametrize(
    "model",
    [Initiative, Organisation, Scheme, Reference, Person, Tag, *PROXIES.values()],
)
def test_every_list_opens(model):
    assert Curator().list(model).status_code == 200


MOVED = "/initiatives/streetwatchers-weyhe/"


def move_case(person, transition, words=""):
    """Perform a workflow transition of the only case."""
    key = Initiative.objects.get().pk
    address = reverse("admin:initiatives_initiative_move", args=[key, transition])
    return person.client.post(address, {"words": words})


def test_a_case_from_draft_to_withdrawal(client):
    contributor, curator = Contributor(), Curator()
    contributor.add(Initiative, WEYHE | new_finding())
    weyhe = Initiative.objects.get()
    refused = move_case(contributor, "submit")
    assertContains(refused, "This finding is without a source.")
    contributor.change(weyhe, new_source(ReferenceFactory()))
    move_case(contributor, "submit")
    move_case(curator, "send_back", "Say who feels safer.")
    assertContains(contributor.open(weyhe), "Say who feels safer.")
    move_case(contributor, "submit")
    move_case(curator, "publish")
    assertContains(client.get("/initiatives/weyhe/"), "Neighbours feel safer.")

    curator.change(weyhe, {"findings-0-statement": "Neighbours know each other."})
    assertContains(client.get("/initiatives/weyhe/"), "Neighbours know each other.")

    curator.change(weyhe, {"slug": "streetwatchers-weyhe"})
    assertRedirects(client.get("/initiatives/weyhe/"), MOVED, status_code=301)

    move_case(curator, "withdraw", "The council asked us to.")
    assertContains(client.get(MOVED), "The council asked us to.", status_code=410)

    move_case(curator, "reinstate")
    assert client.get(MOVED).status_code == 200


def test_a_draft_is_shown_by_a_link_until_it_is_revoked(client):
    draft, contributor = InitiativeFactory(status="draft"), Contributor()
    sent = {"label": "Prof. Grosser", "days": 7}
    contributor.client.post(links_page(draft), sent)
    link = draft.preview_links.get()
    assertContains(client.get(address_of(link)), draft.name)
    assertContains(contributor.open(draft), "Prof. Grosser")
    contributor.client.post(revoke_page(draft, link.pk))
    assert client.get(address_of(link)).status_code == 410


def test_curators_cannot_delete_a_person():
    person = PersonFactory()
    address = admin_url(person, "delete", person.pk)
    assert Curator().client.post(address, {"post": "yes"}).status_code == 403


def test_a_coded_finding_is_added_with_its_term_and_strategies():
    curator = Curator()
    case, term = InitiativeFactory(), ConceptFactory(scheme="barriers")
    strategy = ConceptFactory(scheme="strategies")
    fields = {"concept": term.pk, "direction": "mixed", "strategies": [strategy.pk]}
    sent = new_finding(kind="barrier", **fields) | new_source(ReferenceFactory())
    assert curator.change(case, sent).status_code == 302
    finding = case.findings.get()
    assert finding.concept == term
    assert list(finding.strategies.all()) == [strategy]


def test_a_finding_is_deleted_with_its_sources():
    curator = Curator()
    finding = FindingFactory()
    curator.change(finding.initiative, {"findings-0-DELETE": "on"})
    assert not Finding.objects.exists()


def test_a_conflict_is_edited_with_its_sources():
    curator = Curator()
    conflict, work = ConflictFactory(), ReferenceFactory()
    fields = new_source(work, row="conflicts-0") | {"conflicts-0-sources-0-via": ""}
    assert curator.change(conflict.initiative, fields).status_code == 302
    assert [source.reference for source in conflict.sources.all()] == [work]


def test_several_cases_are_published_each_as_a_whole():
    curator = Curator()
    good, better = in_status("review"), in_status("review")
    bad = in_status("review", summary="", name="Weyhe")
    FindingFactory(initiative=bad, sources=0)
    draft = in_status("draft", name="Surrey")
    said = choose(curator, "publish_selected", good, better, bad, draft)
    assertContains(said, "2 of 4 published.")
    assertContains(said, "“Weyhe” was not published. A published case needs a summary.")
    assertContains(said, "“Surrey” can’t be published: its status is draft")
    assert [status_of(case) for case in (good, better, bad, draft)] == [
        "published",
        "published",
        "review",
        "draft",
    ]


@pytest.mark.parametrize(
    ("status", "may"),
    [("draft", True), ("review", True), ("published", False), ("withdrawn", False)],
)
def test_only_cases_that_were_never_public_can_be_deleted(status, may):
    case = in_status(status)
    FindingFactory(initiative=case)
    answer = Curator().client.post(admin_url(case, "delete", case.pk), {"post": "yes"})
    assert (answer.status_code == 302) == may
    assert Initiative.objects.exists() != may
