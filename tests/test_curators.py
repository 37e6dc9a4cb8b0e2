"""A day at the desk, and whose it is."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects
from taggit.models import Tag

from initiatives.models import PROXIES, Initiative, Organisation, Scheme
from references.models import Person, Reference
from tests.desk import Curator, new_finding, new_source, page
from tests.factories import FindingFactory, PersonFactory, ReferenceFactory
from tests.groups import Contributor

pytestmark = pytest.mark.django_db

WEYHE = {
    "name": "Streetwatchers of Weyhe",
    "slug": "weyhe",
    "summary": "Volunteers walk the streets at night.",
    "locality": "Weyhe",
    "country": "DE",
    "tags": "safety, volunteers",
}


def test_the_desk_is_closed_to_others(client):
    finding = FindingFactory()
    for address in (reverse("admin:index"), page(finding.initiative, "changelist")):
        assert client.get(address).status_code == 302


def test_the_desk_says_whose_it_is():
    index = Curator().client.get(reverse("admin:index"))
    assertContains(index, "Casebase")
    assertContains(index, "The curators’ desk")


def test_the_menu_is_in_plain_words_daily_work_first(admin_client):
    menu = admin_client.get(reverse("admin:index")).context["app_list"]
    said = {app["name"]: [model["name"] for model in app["models"]] for app in menu}
    assert list(said) == [
        *("Cases and codebook", "Works and people", "Tags", "Suggestions", "History"),
        *("Links and look-alikes", "Accounts", "Failed sign-ins"),
        *("People and groups", "Second factor"),
    ]
    assert said["Failed sign-ins"] == ["Failed sign-ins"]
    assert said["Second factor"] == ["Apps for codes"]


@pytest.mark.parametrize(
    "model",
    [Initiative, Organisation, Scheme, Reference, Person, Tag, *PROXIES.values()],
)
def test_every_list_opens(model):
    assert Curator().list(model).status_code == 200


MOVED = "/initiatives/streetwatchers-weyhe/"


def take(person, verb, words=""):
    """Takes a step with the one case that there is."""
    key = Initiative.objects.get().pk
    address = reverse("admin:initiatives_initiative_move", args=[key, verb])
    return person.client.post(address, {"words": words})


def test_a_day_at_the_desk(client):
    contributor, curator = Contributor(), Curator()
    contributor.add(Initiative, WEYHE | new_finding())
    weyhe = Initiative.objects.get()
    assertContains(take(contributor, "submit"), "This finding is without a source.")
    contributor.change(weyhe, new_source(ReferenceFactory()))
    take(contributor, "submit")
    take(curator, "send_back", "Say who feels safer.")
    assertContains(contributor.open(weyhe), "Say who feels safer.")
    take(contributor, "submit")
    take(curator, "publish")
    assertContains(client.get("/initiatives/weyhe/"), "Neighbours feel safer.")

    curator.change(weyhe, {"findings-0-statement": "Neighbours know each other."})
    assertContains(client.get("/initiatives/weyhe/"), "Neighbours know each other.")

    curator.change(weyhe, {"slug": "streetwatchers-weyhe"})
    assertRedirects(client.get("/initiatives/weyhe/"), MOVED, status_code=301)

    take(curator, "withdraw", "The council asked us to.")
    assertContains(client.get(MOVED), "The council asked us to.", status_code=410)

    take(curator, "reinstate")
    assert client.get(MOVED).status_code == 200


def test_a_name_is_shared_and_so_not_deleted():
    person = PersonFactory()
    address = page(person, "delete", person.pk)
    assert Curator().client.post(address, {"post": "yes"}).status_code == 403
