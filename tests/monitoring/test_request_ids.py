"""Request ids: in responses, in the log, and on pages about errors."""

import logging
import re
from threading import Thread

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.views.defaults import bad_request

from casebase.monitoring.request_ids import add_request_id, current_request_id
from casebase.semaphore import BusyError

pytestmark = pytest.mark.once

SENT = "5f0c-of-the-proxy"


def id_for(sent=""):
    headers = {"X-Request-ID": sent} if sent else {}
    request = RequestFactory().get("/", headers=headers)
    return add_request_id(lambda _: HttpResponse())(request)["X-Request-ID"]


def test_each_request_has_an_id_of_its_own():
    ids = {id_for() for _ in range(50)}
    assert len(ids) == 50
    assert all(re.fullmatch("[0-9a-f]{12}", each) for each in ids)


def test_readers_can_not_choose_the_id():
    assert id_for(SENT) != SENT


def test_a_proxy_chooses_the_id(settings):
    settings.BEHIND_PROXY = True
    assert id_for(SENT) == SENT


@pytest.mark.parametrize(
    "sent",
    ["short", "x" * 65, "with spaces", "<script>alert</script>", "ümläut-ümläut"],
)
def test_a_proxy_can_not_choose_anything_else(settings, sent):
    settings.BEHIND_PROXY = True
    assert re.fullmatch("[0-9a-f]{12}", id_for(sent))


def test_threads_do_not_see_the_ids_of_others():
    found = {}

    def view(request):
        found[request.path] = current_request_id()
        if request.path == "/":
            other = Thread(target=lambda: respond(RequestFactory().get("/other/")))
            other.start()
            other.join()
        return HttpResponse(current_request_id())

    respond = add_request_id(view)
    response = respond(RequestFactory().get("/"))
    assert response.text == response["X-Request-ID"] == found["/"] != found["/other/"]


def quoted(response):
    """Return the number that the page asks readers to quote."""
    return re.search(r"quote the number <code>(.+?)</code>", response.text)[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"), [(ValueError("?"), 500), (BusyError("Later.", "jobs"), 503)]
)
def test_pages_about_errors_quote_the_id(client, monkeypatch, caplog, error, status):
    def fail():
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr("casebase.site.views.public_statistics", fail)
    page = client.get("/about/")
    assert page.status_code == status
    assert quoted(page) == page["X-Request-ID"]


@pytest.mark.django_db
def test_pages_about_refusals_quote_the_id(client, admin_client, django_user_model):
    host = client.get("/", headers={"host": "elsewhere.example"})
    client.force_login(django_user_model.objects.create_user("c", is_staff=True))
    forbidden = client.get("/admin/system/")
    for page, status in ((host, 400), (forbidden, 403)):
        assert page.status_code == status
        assert quoted(page) == page["X-Request-ID"]
    assert "You may not see this" in forbidden.text


def test_the_page_about_a_bad_request_needs_no_request():
    page = bad_request(RequestFactory().get("/"), ValueError())
    assert page.status_code == 400


@pytest.mark.django_db
def test_the_log_has_the_id(client, caplog):
    from casebase.logging_config import make_formatter

    with caplog.at_level(logging.WARNING):
        page = client.get("/nowhere/")
    [record] = [each for each in caplog.records if each.name == "django.request"]
    line = make_formatter("text").format(record)
    wanted = f"WARNING django.request [{page['X-Request-ID']}]: Not Found: /nowhere/"
    assert line.endswith(wanted)
