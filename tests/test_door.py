"""What is turned away before anything is read, looked up or locked."""

import pytest
from django.conf import settings
from django.test import Client

from casebase.door import OF_CURATORS, OF_STRANGERS
from casebase.unsaved_forms import COOKIE
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
    form = {"a": "b" * OF_STRANGERS}
    assert client.post(address, form).status_code == 413
    client.cookies[cookie] = "a"
    assert client.post(address, form).status_code != 413
    size = str(OF_CURATORS + 1)
    assert client.post(address, CONTENT_LENGTH=size).status_code == 413


def test_a_length_that_is_no_number_is_no_error_of_ours(client):
    assert client.post("/", CONTENT_LENGTH="many").status_code == 405
