"""The page of a plan's links: new links that revoke the old ones, and deleting."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.kept.models import Kept
from casebase.kept.tokens import new_change_token
from tests.initiatives.plan.world import start_plan

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def kept():
    return start_plan()


def test_both_links_stand_there_with_the_day(client, kept):
    page = client.get(f"/plan/{kept.token}/links/")
    for token in (kept.token, kept.read_token):
        assertContains(page, f"http://testserver/plan/{token}/")
    day = kept.kept_until
    assertContains(page, f"{day.day} {day:%B %Y}")
    assertNotContains(page, "Delete this plan now?")
    assert "nofollow" in page["X-Robots-Tag"]


def test_the_read_link_never_shows_the_change_link(client, kept):
    page = client.get(f"/plan/{kept.read_token}/links/?ask=delete")
    assertContains(page, f"http://testserver/plan/{kept.read_token}/")
    assertNotContains(page, kept.token)
    assertNotContains(page, '<form class="notice')
    address = f"/plan/{kept.read_token}/links/"
    assert client.post(address, {"_delete": "1"}).status_code == 403
    assert Kept.objects.exists()


def test_new_links_are_asked_for_twice_and_revoke_the_old_ones(client, kept):
    address = f"/plan/{kept.token}/links/"
    assertContains(client.get(address, {"ask": "renew"}), "Replace both links?")
    assert client.post(address).status_code == 200
    assert client.get(address).status_code == 200
    page = client.post(address, {"_renew": "1"})
    assertContains(client.get(page["Location"]), "It has new links")
    for token in (kept.token, kept.read_token, new_change_token()):
        missing = client.get(f"/plan/{token}/links/")
        assertContains(missing, "This link leads to no plan", status_code=404)


def test_deleting_is_asked_for_twice_and_leaves_nothing(client, kept):
    address = f"/plan/{kept.token}/links/"
    assertContains(client.get(address, {"ask": "delete"}), "Delete this plan now?")
    assert Kept.objects.exists()
    page = client.post(address, {"_delete": "1"})
    assert not Kept.objects.exists()
    assertContains(page, "The plan is deleted")
    assert client.get(address).status_code == 404
