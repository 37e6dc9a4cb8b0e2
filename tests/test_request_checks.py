"""Invalid requests are rejected before the body is read or the database is used."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.asserts import assertContains

from casebase.request_checks import MAX_CURATOR_FORM_BYTES, MAX_FORM_BYTES
from casebase.response_headers import HEADERS
from casebase.unsaved_forms import COOKIE
from casebase.wsgi import application
from tests.factories import InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESSES = [
    "/",
    "/about/",
    "/initiatives/",
    "/initiatives/weyhe/",
    "/initiatives/export/csv/",
    "/initiatives/weyhe/cite/",
    "/initiatives/weyhe/history/",
    "/initiatives/weyhe/suggest/thanks/",
    "/references/bibliography/",
    "/feeds/initiatives/",
    "/feeds/references/",
    "/unapi/",
    "/search/",
    "/sitemap.xml",
    "/health/",
    "/ready/",
    "/preview/a/",
    "/jobs/a/",
]
DESK = ["/admin/", "/admin/initiatives/initiative/", "/admin/merge/", "/admin/none/"]


@pytest.mark.parametrize("method", ["PROPFIND", "PUT", "DELETE", "TRACE", "X"])
@pytest.mark.parametrize("address", ["/", "/initiatives/weyhe/suggest/", "/none/"])
def test_unknown_methods_get_405_without_a_query(
    client, method, address, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.generic(method, address)
    assert answer.status_code == 405
    assert "no other method" in answer.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_read_only_pages_reject_forms_without_a_query(
    address, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert Client().post(address, {"a": "b"}).status_code == 405
        assert Client().options(address).status_code == 405


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "PROPFIND", "DELETE"])
def test_requests_that_may_not_write_do_not_wait_for_the_lock(
    concurrent_writer, method
):
    # Waiting would end with 503.
    for client in (Client(), Client(enforce_csrf_checks=True)):
        for address in (*ADDRESSES, *DESK, "/none/"):
            answer = client.generic(method, address)
            assert answer.status_code in (302, 403, 404, 405), address


def test_reading_does_not_wait_for_the_lock(client, concurrent_writer):
    for address in (*ADDRESSES, *DESK, "/admin/login/"):
        assert client.get(address).status_code in (200, 302, 400, 404), address


SIGN_IN_PAGES = ["/admin/code/", "/admin/second-factor/set-up/", "/admin/leave/"]


@pytest.mark.parametrize("address", SIGN_IN_PAGES)
def test_anonymous_forms_of_the_sign_in_do_not_wait_for_the_lock(
    client, concurrent_writer, address
):
    assert client.post(address, {"code": "1"}).status_code == 302


def test_a_form_of_another_site_does_not_wait_for_the_lock(concurrent_writer):
    concurrent_writer.rollback()
    InitiativeFactory(slug="weyhe")
    concurrent_writer.execute("BEGIN IMMEDIATE")
    client = Client(enforce_csrf_checks=True)
    for address in ("/initiatives/weyhe/suggest/", "/admin/login/"):
        assert client.post(address, {"a": "b"}).status_code == 403


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/admin/bring-in/works/"])
@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, COOKIE])
def test_large_forms_get_413(client, address, cookie):
    form = {"a": "b" * MAX_FORM_BYTES}
    assert client.post(address, form).status_code == 413
    client.cookies[cookie] = "a"
    assert client.post(address, form).status_code != 413
    size = str(MAX_CURATOR_FORM_BYTES + 1)
    assert client.post(address, CONTENT_LENGTH=size).status_code == 413


ENCODINGS = ["utf-7", "utf-16", "latin-1"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("address", ["/", "/admin/login/", "/none/"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_forms_in_other_encodings_get_415(client, encoding, address, kind):
    header = f"{kind}; charset={encoding}"
    answer = client.generic("POST", address, b"text=%e9", content_type=header)
    assertContains(answer, "sent in UTF-8", status_code=415)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "unknown", '"utf-8"', ""])
def test_forms_in_utf_8_are_accepted_however_it_is_spelt(client, encoding):
    header = f"application/x-www-form-urlencoded; charset={encoding}"
    sent = b"username=%c3%a9"
    form = client.generic("POST", "/admin/login/", sent, content_type=header)
    assertContains(form, 'value="é"')


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_query_strings_are_utf_8_whatever_the_header_says(client, encoding):
    address = "/search/?q=%C3%A9t%C3%A9"
    page = client.get(address, headers={"Content-Type": f"a/b; charset={encoding}"})
    assert page.content == client.get(address).content


@pytest.mark.parametrize(
    "content_type",
    [
        "a/b; charset*=none''x",
        "a/b; " + "x" * 20_000,
        *(f"a/b; charset={name}" for name in ("hex", "rot13", "undefined")),
    ],
)
def test_a_content_type_that_can_not_be_parsed_gets_400(rf, content_type):
    started = []
    environ = rf.get("/?q=%C3%A9").environ | {"CONTENT_TYPE": content_type}
    body = application(environ, lambda *answer: started.append(answer))
    [(status, headers)] = started
    assert status == "400 Bad Request"
    assert {*HEADERS, "Content-Security-Policy"} <= {name for name, _ in headers}
    assert b"".join(body) == b"The Content-Type of this request can not be read.\n"


def test_a_content_length_that_is_not_a_number_is_ignored(client):
    assert client.post("/", CONTENT_LENGTH="many").status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "a b", "testserver:x", "[::1"])
@pytest.mark.parametrize("address", ["/", "/initiatives/", "/admin/", "/none/"])
def test_unknown_hosts_get_400(client, host, address):
    answer = client.get(address, HTTP_HOST=host)
    assertContains(answer, "This request is not valid", status_code=400)
    assert "evil" not in answer.text
