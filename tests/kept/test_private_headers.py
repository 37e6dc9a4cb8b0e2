"""The headers of all that private links lead to, errors among them."""

import pytest
from django.test import Client

from casebase.kept.models import Kept
from casebase.response_headers import PRIVATE_HEADERS

pytestmark = [pytest.mark.django_db, pytest.mark.once]
GUESSED = "0123456789abcdef" * 2


def headers_of(answer):
    return {name: answer.headers.get(name) for name in PRIVATE_HEADERS}


def test_pages_and_errors_behind_a_link_are_private():
    token = Kept.start(Kept.Kind.PLAN, {}).token
    client, answers = Client(), {}
    for path in (
        *(f"/plan/{token}/", f"/plan/{token}/no-step/", f"/plan/{token}"),
        *(f"/plan/{GUESSED}/", f"/shortlist/{GUESSED}/", f"/preview/{GUESSED}/"),
    ):
        answers[path] = client.get(path)
    answers["options"] = client.options(f"/plan/{token}/")
    answers["large"] = client.post(f"/plan/{token}/", {}, CONTENT_LENGTH="900000")
    statuses = [answer.status_code for answer in answers.values()]
    assert statuses == [200, 404, 301, 404, 404, 404, 405, 413]
    for answer in answers.values():
        assert headers_of(answer) == PRIVATE_HEADERS


def test_other_pages_are_not():
    for path in ("/plan/", "/shortlist/", "/plan/sessions/"):
        answer = Client().get(path)
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "X-Robots-Tag" not in answer.headers
