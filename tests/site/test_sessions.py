"""Help for those who lead a session."""

import pytest
from pytest_django.asserts import assertContains

from casebase.site.sessions import SESSIONS

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_its_parts_fill_a_session_without_a_gap(client):
    assert [session.minutes for session in SESSIONS] == [60, 180]
    for session in SESSIONS:
        begins, ends, _ = zip(*session.timed_parts, strict=True)
        assert begins == (0, *ends[:-1])
        assert ends[-1] == session.minutes


def test_the_page_says_what_happens_in_each_part(client):
    page = client.get("/plan/sessions/")
    for session in SESSIONS:
        for part in session.parts:
            for words in (part.title, part.text, part.leader, part.used, part.needed):
                assertContains(page, words)
        assertContains(page, session.result)
    assertContains(page, 'href="/plan/blank/"')
    for address in ("/", "/plan/"):
        assertContains(client.get(address), 'href="/plan/sessions/"')
