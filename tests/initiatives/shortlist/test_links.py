"""The two links of a stored shortlist: who may do what, and what nobody learns."""

import re

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from casebase.kept.models import Kept
from casebase.kept.tokens import new_change_token
from tests.initiatives.shortlist.keeping import (
    HERE,
    change,
    get_link,
    ids,
    read_address,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_change_link_shows_both_links_and_until_when_it_is_kept(client, address):
    page = client.get(address)
    assertContains(page, f'id="change-link" href="http://testserver{address}"')
    assertContains(page, "Write the change link down, or bookmark it")
    assertContains(page, f"{Kept.objects.get().kept_until:%-d %B %Y}")
    assertContains(page, "Ask Anna.")
    read = read_address(client, address)
    assert read != address
    # On paper, only the link that may be passed on.
    assertContains(page, f'id="address">http://testserver{read}<')


def test_the_read_link_shows_the_list_and_changes_nothing(client, kept, address):
    read = read_address(client, address)
    page = Client().get(read)
    assertContains(page, "This link is for reading.")
    assertContains(page, "Ask Anna.")
    assertContains(page, "They met.")
    assertNotContains(page, address)
    assertNotContains(page, "<textarea")
    before = Kept.objects.values().get()
    assert change(Client(), "empty", read, _version=1).status_code == 403
    for button in ("_delete", "_renew"):
        answer = Client().post(f"{read}links/", {button: "1"})
        assertContains(answer, "for reading", status_code=403)
    page = Client().get(f"{read}links/?ask=delete")
    assertContains(page, f"http://testserver{read}")
    assertNotContains(page, address)
    assertNotContains(page, '<form class="notice')
    assert Kept.objects.values().get() == before


def test_no_page_behind_a_link_is_stored_listed_or_told_to_others(client, address):
    addresses = [address, read_address(client, address), f"/shortlist/{'0' * 32}/"]
    addresses += [f"{address}links/{query}" for query in ("", "?ask=delete")]
    for each in addresses:
        page = client.get(each)
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["Cache-Control"] == "private, no-store"
        assert "noindex" in page["X-Robots-Tag"]
        assertNotContains(page, "og:", status_code=page.status_code)
        assertNotContains(page, 'rel="canonical"', status_code=page.status_code)
        assertNotContains(page, 'name="back"', status_code=page.status_code)


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_changes_nothing(client, address, method):
    before = Kept.objects.values().get()
    for page in ("", "links/", "links/?ask=renew", "?_act=empty&_version=1&focus=%00"):
        assert getattr(client, method)(f"{address}{page}").status_code == 200
    assert Kept.objects.values().get() == before


def test_new_links_revoke_the_old_ones(client, address):
    old = [address, read_address(client, address)]
    links = f"{address}links/"
    assertContains(client.get(links, {"ask": "renew"}), "Replace both links?")
    renewed = client.post(links, {"_renew": "1"})["Location"]
    assertContains(client.get(renewed), "It has new links")
    new = renewed.partition("links/")[0]
    for each in old:
        assertContains(client.get(each), "leads to no shortlist", status_code=404)
    assertContains(client.get(new), "Ask Anna.")
    typed = change(client, "save", address, _version=1, note_c1="Typed in vain")
    assertContains(typed, "Typed in vain", status_code=404)
    assertNotContains(typed, ">save<", status_code=404)


def test_it_is_deleted_at_once_and_the_own_shortlist_stays(client, kept, address):
    links = f"{address}links/"
    page = client.get(links, {"ask": "delete"})
    assertContains(page, "Delete this shortlist now?")
    assertContains(page, "Your own shortlist, in your browser, stays.")
    assertContains(client.post(links, {"_delete": "1"}), "The shortlist is deleted")
    assert not Kept.objects.exists()
    assert ids(client) == kept
    assert client.get(address).status_code == 404
    assert change(client, "save", address, _version=1).status_code == 404


def test_guesses_lead_nowhere(client, address):
    plan = Kept.start(Kept.Kind.PLAN, {})
    for token in (new_change_token(), plan.token, address[11:-2], "0" * 33, "G" * 32):
        assert client.get(f"/shortlist/{token}/").status_code == 404


def test_nothing_is_stored_of_nothing_or_above_the_limit(client, kept, settings):
    settings.KEPT_PER_ADDRESS = 1
    assert get_link(Client())["Location"] == "/shortlist/"
    assert get_link(client).status_code == 302
    answer = get_link(client)
    assertContains(answer, "More was sent from your network", status_code=429)
    assertNotContains(answer, "suggestion", status_code=429)
    assert Kept.objects.count() == 1


def test_a_stored_list_is_copied_to_the_own_one(client, kept, address):
    page = Client().get(read_address(client, address)).text
    fields = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', page)
    reader = Client()
    data = {name: [v for n, v in fields if n == name] for name, _ in fields}
    reader.post("/shortlist/add/", data, headers=HERE)
    assert ids(reader) == kept
    shown = reader.get("/shortlist/").context["page"].shortlist
    assert shown.notes == {kept[0]: "Ask Anna."}
