"""The buttons “Keep” of all pages, and that nobody else sees what they keep."""

import json

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from initiatives.shortlist.items import MOST, join_ids
from tests.factories import FindingFactory, InitiativeFactory
from tests.initiatives.shortlist.keeping import (
    HERE,
    buttons,
    ids,
    more_works,
    press,
    records,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
JSON = HERE | {"accept": "application/json"}


@pytest.fixture
def kept(client):
    """The ids of a case, a finding and a work, which are on the shortlist."""
    case, finding, work = records()
    every = [f"c{case.pk}", finding.short_id, f"r{work.pk}"]
    for item_id in every:
        press(client, "keep", item_id)
    return every


def test_all_kinds_are_kept_in_order_and_taken_off_again(client, kept):
    assert ids(client) == kept
    press(client, "keep", kept[1])
    assert ids(client) == kept
    press(client, "drop", kept[1])
    assert ids(client) == [kept[0], kept[2]]


def test_the_reader_comes_back_to_the_button(client):
    case, *_ = records()
    answer = press(client, "keep", f"c{case.pk}")
    assertRedirects(
        answer, f"/initiatives/?q=bus#keep-c{case.pk}", fetch_redirect_response=False
    )


@pytest.mark.parametrize(
    "back",
    [
        *("https://evil.example/", "//evil.example", "/\\evil.example", "", "\0"),
        *("javascript:alert(1)", "/initiatives/\r\nSet-Cookie: a=b", "http:///x"),
    ],
)
def test_nobody_is_sent_to_another_site(client, back):
    case, *_ = records()
    answer = press(client, "keep", f"c{case.pk}", data={"back": back})
    assert answer.status_code == 302
    assert answer["Location"].startswith(("/shortlist/", "/initiatives/"))
    assert "a=b" not in str(answer.cookies)


def test_each_page_has_the_button_and_says_what_is_kept(client, kept):
    case, finding, work = kept
    other = InitiativeFactory(slug="other", name="Other")
    pages = {
        "/initiatives/": {case: "drop", f"c{other.pk}": "keep"},
        "/initiatives/weyhe/": {case: "drop", finding: "drop"},
        "/findings/": {finding: "drop"},
        "/references/": {work: "drop"},
        "/compare/?case=weyhe&case=other": {case: "drop", f"c{other.pk}": "keep"},
        "/search/?q=Streetwatchers": {case: "drop"},
    }
    for address, expected in pages.items():
        page = client.get(address)
        assert expected.items() <= buttons(page).items(), address
        assertContains(page, 'id="shortlist-count">3<')
        plain = Client().get(address)
        assert {*buttons(plain).values()} == {"keep"}, address
        assertContains(plain, 'id="shortlist-count"><')
    term = client.get("/findings/").context["page"][0].concept
    assert buttons(client.get(term.get_absolute_url()))[finding] == "drop"
    page = client.get(f"/references/{client_work(client)}/")
    assert buttons(page)[work] == "drop"


def client_work(client):
    return client.get("/references/").context["page"][0].key


def test_the_page_of_an_invalid_request_has_the_link(client):
    page = client.get("/", headers={"host": "elsewhere.example"})
    assertContains(page, 'href="/shortlist/"', status_code=400)


def test_what_is_not_public_cannot_be_kept(client):
    draft = InitiativeFactory(status="draft")
    hidden = FindingFactory(initiative=draft)
    for item_id in (f"c{draft.pk}", hidden.short_id, "c999", "nonsense", ""):
        answer = press(client, "keep", item_id)
        assert answer["Location"] == "/shortlist/?not-kept=gone"
        assertContains(client.get(answer["Location"]), "not public any more")
    assert ids(client) == [""]
    press(client, "drop", "nonsense")
    press(client, "drop", "c999")
    assert ids(client) == [""]


def test_a_draft_has_no_button(admin_client):
    draft = InitiativeFactory(slug="draft", status="draft")
    FindingFactory(initiative=draft)
    assert buttons(admin_client.get("/initiatives/draft/preview/")) == {}


def test_the_51st_is_not_kept_and_the_page_says_what_to_do(client, kept):
    works = more_works(MOST)
    client.cookies["shortlist"] = join_ids(f"r{work.pk}" for work in works)
    answer = press(client, "keep", kept[0])
    page = client.get(answer["Location"])
    assertContains(page, "Your shortlist is full: it holds 50.")
    assert len(ids(client)) == MOST
    press(client, "keep", f"r{works[7].pk}")
    assert kept[0] not in ids(client)
    answer = press(client, "keep", kept[0], data={}, HTTP_ACCEPT="application/json")
    assert "full" in answer.json()["problem"]


def test_a_script_gets_what_is_kept(client, kept):
    address = "/shortlist/keep/"
    answer = client.post(address, {"drop": kept[0]}, headers=JSON)
    assert json.loads(answer.content) == {"ids": kept[1:], "problem": ""}
    answer = client.get("/shortlist/kept/")
    assert answer.json() == {"ids": kept[1:]}
    assert "no-store" in answer["Cache-Control"]
    answer = client.post(address, {"keep": "c999"}, headers=JSON)
    assert "not public" in answer.json()["problem"]


@pytest.mark.parametrize("address", ["keep/", "change/", "add/", "link/"])
def test_forms_of_other_sites_are_refused(client, kept, address):
    data = {"keep": "c1", "_act": "empty"}
    strange = {"sec-fetch-site": "cross-site"}
    answer = client.post(f"/shortlist/{address}", data, headers=strange)
    assert answer.status_code == 403
    assert ids(client) == kept
    assert client.get(f"/shortlist/{address}").status_code == 405


@pytest.mark.parametrize(
    "cookie",
    [
        *(
            "x" * 10_000,
            "c1." * 3_000,
            "\0",
            "ð\x9f¦",
            '"',
            "c1;c2",
            "<script>",
            "..c1..",
        ),
        *("null", "f" * 12, "c99999999999", "c1,c2", "%00", "é" * 500),
    ],
)
def test_no_cookie_breaks_a_page(client, cookie):
    records()
    client.cookies["shortlist"] = cookie
    for address in ("/initiatives/", "/shortlist/", "/nowhere/"):
        assert client.get(address).status_code in (200, 404)
    assertNotContains(client.get("/shortlist/"), "<script>alert")


@pytest.fixture
def page_cache(settings):
    """Pages are cached as on a public site."""
    locmem = "django.core.cache.backends.locmem.LocMemCache"
    answers = {"BACKEND": locmem, "LOCATION": "of the shortlist"}
    settings.CACHES = settings.CACHES | {"answers": answers}
    yield
    caches["answers"].clear()


@pytest.mark.parametrize("is_first", [True, False])
def test_no_other_reader_gets_a_page_with_what_somebody_keeps(
    client, kept, page_cache, is_first
):
    readers = [client, Client()] if is_first else [Client(), client]
    for reader in readers:
        reader.get("/initiatives/")
    own, shared = client.get("/initiatives/"), Client().get("/initiatives/")
    assert buttons(own)[kept[0]] == "drop"
    assert own["Cache-Control"] == "private, no-cache"
    assert not own.has_header("CDN-Cache-Control")
    assert buttons(shared)[kept[0]] == "keep"
    assert "public" in shared["Cache-Control"]
    assert own["ETag"] != shared["ETag"]
    for answer in (own, shared):
        assert "Cookie" in answer["Vary"].split(", ")


def test_readers_without_one_share_an_answer_and_the_others_revalidate(
    client, kept, page_cache, django_assert_num_queries
):
    Client().get("/initiatives/")
    with django_assert_num_queries(1):
        Client().get("/initiatives/")
    own = client.get("/initiatives/")
    unchanged = {"If-None-Match": own["ETag"]}
    with django_assert_num_queries(1):
        answer = client.get("/initiatives/", headers=unchanged)
    assert answer.status_code == 304
    assert answer["Cache-Control"] == "private, no-cache"
    press(client, "drop", kept[0])
    assert client.get("/initiatives/", headers=unchanged).status_code == 200


def test_the_address_and_the_name_in_a_button_are_text(client):
    case = InitiativeFactory(name='<img src=x onerror="1">')
    page = client.get('/initiatives/?utm_source="><script>x</script>')
    assertNotContains(page, "<img src=x")
    assertNotContains(page, "<script>x")
    assertContains(page, f'id="keep-c{case.pk}"')
