"""The desk: who may open it, and a typical day of work."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects
from taggit.models import Tag

from initiatives.models import PROXIES, Initiative, Organisation, Scheme
from references.models import Person, Reference
from tests.desk import Curator, admin_url, new_finding, new_source
from tests.factories import FindingFactory, PersonFactory, ReferenceFactory
from tests.group_members import Contributor

pytestmark = pytest.mark.django_db

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
        *("People and groups", "Second factor"),
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


def test_curators_cannot_delete_a_person():
    person = PersonFactory()
    address = admin_url(person, "delete", person.pk)
    assert Curator().client.post(address, {"post": "yes"}).status_code == 403
