"""A busy site gives a form back whose page browsers may not store."""

from html import escape

from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking import decorators
from casebase.kept.models import Kept


def test_a_form_that_meets_a_busy_site_can_be_sent_again(
    client, concurrent_writer, monkeypatch
):
    monkeypatch.setattr(decorators, "ANONYMOUS_TIMEOUT_SECONDS", 0)
    concurrent_writer.rollback()
    token = Kept.start(Kept.Kind.PLAN, {"start": {}}).token
    concurrent_writer.execute("BEGIN IMMEDIATE")
    address, text = f"/plan/{token}/start/", 'A "bus"\nat night'
    page = client.post(f"{address}?a=1", {"_version": "1", "title": text})
    assertContains(page, f'action="{address}?a=1"', status_code=503)
    hidden = '<input type="hidden" name="{}" value="{}">'
    for name, value in (("_version", "1"), ("title", text)):
        assertContains(page, hidden.format(name, escape(value)), status_code=503)
    headers = {"sec-fetch-site": "same-origin"}
    page = client.post("/plan/", {"title": "Bus"}, headers=headers)
    assertContains(page, hidden.format("title", "Bus"), status_code=503)
    page = client.post("/admin/login/", {"username": "ada", "password": "x"})
    assertNotContains(page, "Send it again", status_code=503)
