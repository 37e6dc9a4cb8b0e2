"""The group Curators: what it may, what it may not, and a day at its desk."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains
from taggit.models import Tag

from initiatives.models import PROXIES, Initiative, Organisation, Scheme
from references.models import Person, Reference
from tests.desk import Curator, new_finding, new_source, page
from tests.factories import FindingFactory, PersonFactory, ReferenceFactory

pytestmark = pytest.mark.django_db

WEYHE = {
    "name": "Streetwatchers of Weyhe",
    "slug": "weyhe",
    "summary": "Volunteers walk the streets at night.",
    "locality": "Weyhe",
    "country": "DE",
    "tags": "safety, volunteers",
    "status": "published",
}

migration = import_module("initiatives.migrations.0002_curators")


def permissions():
    group = Group.objects.get(name="Curators")
    return set(group.permissions.values_list("codename", flat=True))


def test_curators_may_edit_everything():
    models = [*apps.get_app_config("initiatives").get_models(), Tag]
    models += apps.get_app_config("references").get_models()
    names = {model._meta.model_name for model in models}
    assert {"initiative", "barrier", "reference", "tag"} <= names
    for action in ("add", "change", "view"):
        assert {f"{action}_{name}" for name in names} <= permissions()


def test_curators_delete_parts_and_nothing_that_has_an_address():
    deleted = {name for name in permissions() if name.startswith("delete_")}
    assert {"delete_finding", "delete_source", "delete_contribution"} <= deleted
    kept = {"initiative", "concept", "scheme", "reference", "person", "organisation"}
    kept |= {proxy._meta.model_name for proxy in PROXIES.values()}
    assert not deleted & {f"delete_{name}" for name in kept}


def test_curators_have_no_rights_elsewhere():
    labels = Permission.objects.filter(group__name="Curators")
    labels = labels.values_list("content_type__app_label", flat=True)
    assert set(labels) == {"initiatives", "references", "taggit"}


def test_the_migration_goes_back_and_forth():
    before = permissions()
    migration.remove_group(apps, connection.schema_editor())
    assert not Group.objects.filter(name="Curators").exists()
    for _ in range(2):
        migration.create_group(apps, connection.schema_editor())
        assert permissions() == before


def test_the_desk_is_closed_to_others(client):
    finding = FindingFactory()
    for address in (reverse("admin:index"), page(finding.initiative, "changelist")):
        assert client.get(address).status_code == 302


def test_the_desk_says_whose_it_is():
    index = Curator().client.get(reverse("admin:index"))
    assertContains(index, "Casebase")
    assertContains(index, "The curators’ desk")


@pytest.mark.parametrize(
    "model",
    [Initiative, Organisation, Scheme, Reference, Person, Tag, *PROXIES.values()],
)
def test_every_list_opens(model):
    assert Curator().list(model).status_code == 200


def test_a_case_is_not_deleted():
    finding = FindingFactory()
    address = page(finding.initiative, "delete", finding.initiative.pk)
    assert Curator().client.post(address, {"post": "yes"}).status_code == 403


def test_a_day_at_the_desk(client):
    curator, source = Curator(), new_source(ReferenceFactory())
    assertContains(curator.add(Initiative, WEYHE | new_finding()), "add one.")
    added = curator.add(Initiative, WEYHE | new_finding() | source)
    assert added.status_code == 302
    assertContains(client.get("/initiatives/weyhe/"), "Neighbours feel safer.")

    weyhe = Initiative.objects.get()
    curator.change(weyhe, {"findings-0-statement": "Neighbours know each other."})
    assertContains(client.get("/initiatives/weyhe/"), "Neighbours know each other.")

    curator.change(weyhe, {"slug": "streetwatchers-weyhe"})
    moved = client.get("/initiatives/weyhe/")
    assert moved.headers["Location"] == "/initiatives/streetwatchers-weyhe/"

    assert curator.change(weyhe, {"status": "withdrawn"}).status_code == 200
    reason = {"status": "withdrawn", "status_note": "The council asked us to."}
    curator.change(weyhe, reason)
    gone = client.get("/initiatives/streetwatchers-weyhe/")
    assertContains(gone, "The council asked us to.", status_code=410)


def test_a_name_is_shared_and_so_not_deleted():
    person = PersonFactory()
    address = page(person, "delete", person.pk)
    assert Curator().client.post(address, {"post": "yes"}).status_code == 403
