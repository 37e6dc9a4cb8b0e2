"""Forms on cached pages, which are refused if another site sent them."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from casebase.same_site import own_forms_only

pytestmark = pytest.mark.once


@own_forms_only
def view(request):
    return HttpResponse("done")


def post(**headers):
    return view(RequestFactory().post("/", headers=headers)).status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver"},
        {"referer": "http://testserver/initiatives/?q=bus"},
    ],
)
def test_forms_of_this_site_are_accepted(headers):
    assert post(**headers) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver.example.org"},
        {"origin": "http://[broken", "referer": "http://testserver/"},
        {"referer": "http://example.org/http://testserver/"},
    ],
)
def test_other_forms_are_refused(headers):
    assert post(**headers) == 403


def test_reading_is_not_limited():
    assert view(RequestFactory().get("/")).status_code == 200
