"""What is turned away before anything is read, looked up or locked."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.asserts import assertContains

from casebase.request_checks import MAX_CURATOR_FORM_BYTES, MAX_FORM_BYTES
from casebase.response_headers import HEADERS
from casebase.unsaved_forms import COOKIE
from casebase.wsgi import application
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db

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
    "/preview/a/",
    "/jobs/a/",
]
DESK = ["/admin/", "/admin/initiatives/initiative/", "/admin/merge/", "/admin/none/"]


@pytest.mark.parametrize("method", ["PROPFIND", "PUT", "DELETE", "TRACE", "X"])
@pytest.mark.parametrize("address", ["/", "/initiatives/weyhe/suggest/", "/none/"])
def test_methods_that_no_page_knows_are_refused_at_once(
    client, method, address, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.generic(method, address)
    assert answer.status_code == 405
    assert "no other method" in answer.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_that_only_read_refuse_forms_without_a_look(
    address, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert Client().post(address, {"a": "b"}).status_code == 405
        assert Client().options(address).status_code == 405


@pytest.mark.parametrize("address", [*ADDRESSES, *DESK, "/none/"])
@pytest.mark.parametrize("method", ["POST", "OPTIONS", "PROPFIND", "DELETE"])
def test_who_may_not_write_waits_for_nobody(someone_writes, method, address):
    # A wait would end in 503.
    for client in (Client(), Client(enforce_csrf_checks=True)):
        assert client.generic(method, address).status_code in (302, 403, 404, 405)


@pytest.mark.parametrize("address", [*ADDRESSES, *DESK, "/admin/login/"])
def test_who_reads_waits_for_nobody(client, someone_writes, address):
    assert client.get(address).status_code in (200, 302, 400, 404)


WAY_IN = ["/admin/code/", "/admin/second-factor/set-up/", "/admin/leave/"]


@pytest.mark.parametrize("address", WAY_IN)
def test_a_stranger_on_the_way_in_waits_for_nobody(client, someone_writes, address):
    assert client.post(address, {"code": "1"}).status_code == 302


def test_a_form_of_another_site_waits_for_nobody(someone_writes):
    someone_writes.rollback()
    InitiativeFactory(slug="weyhe")
    someone_writes.execute("BEGIN IMMEDIATE")
    client = Client(enforce_csrf_checks=True)
    for address in ("/initiatives/weyhe/suggest/", "/admin/login/"):
        assert client.post(address, {"a": "b"}).status_code == 403


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/admin/bring-in/works/"])
@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, COOKIE])
def test_forms_that_are_too_large_are_not_read(client, address, cookie):
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
def test_forms_in_another_encoding_are_refused(client, encoding, address, kind):
    told = f"{kind}; charset={encoding}"
    answer = client.generic("POST", address, b"text=%e9", content_type=told)
    assertContains(answer, "sent in UTF-8", status_code=415)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "unknown", '"utf-8"', ""])
def test_forms_in_utf_8_are_taken_however_it_is_spelt(client, encoding):
    told = f"application/x-www-form-urlencoded; charset={encoding}"
    sent = b"username=%c3%a9"
    form = client.generic("POST", "/admin/login/", sent, content_type=told)
    assertContains(form, 'value="é"')


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_address_is_read_in_one_way_whatever_a_header_says(client, encoding):
    address = "/search/?q=%C3%A9t%C3%A9"
    told = client.get(address, headers={"Content-Type": f"a/b; charset={encoding}"})
    assert told.content == client.get(address).content


@pytest.mark.parametrize(
    "told",
    [
        "a/b; charset*=none''x",
        "a/b; " + "x" * 20_000,
        *(f"a/b; charset={name}" for name in ("hex", "rot13", "undefined")),
    ],
)
def test_a_header_that_can_not_be_read_is_a_bad_request(rf, told):
    said = []
    environ = rf.get("/?q=%C3%A9").environ | {"CONTENT_TYPE": told}
    body = application(environ, lambda *answer: said.append(answer))
    [(status, headers)] = said
    assert status == "400 Bad Request"
    assert {*HEADERS, "Content-Security-Policy"} <= {name for name, _ in headers}
    assert b"".join(body) == b"The Content-Type of this request can not be read.\n"


def test_a_length_that_is_no_number_is_no_error_of_ours(client):
    assert client.post("/", CONTENT_LENGTH="many").status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "a b", "testserver:x", "[::1"])
@pytest.mark.parametrize("address", ["/", "/initiatives/", "/admin/", "/none/"])
def test_a_host_that_is_not_ours_is_told_so(client, host, address):
    answer = client.get(address, HTTP_HOST=host)
    assertContains(answer, "We can’t make sense of this request", status_code=400)
    assert "evil" not in answer.text
