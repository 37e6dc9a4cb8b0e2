"""The item of a page as a line of text: text/x-bibliography."""

import pytest
from pytest_django.asserts import assertContains

from references.styles import rendering
from tests.factories import ContributionFactory, InitiativeFactory, ReferenceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def star():
    star = ReferenceFactory(
        key="loeffler-2015", type="book", title="The star", issued_year=2015
    )
    ContributionFactory(reference=star, person__family="Loeffler", person__given="E.")
    InitiativeFactory(slug="weyhe", name="Streetwatchers", revised_on="2026-11-24")


def ask(client, accept, path="/references/loeffler-2015/"):
    return client.get(path, headers={"Accept": accept})


def test_a_work_is_set_in_the_style_asked_for(client):
    page = ask(client, "text/x-bibliography; style=apa")
    assert page.text == "Loeffler, E. (2015). The star.\n"
    assert page["Content-Type"].startswith("text/x-bibliography")
    page = ask(client, "text/x-bibliography; style=nlm-citation-sequence; locale=de-DE")
    assert page.text == "1. Loeffler E. The star. 2015.\n"


@pytest.mark.parametrize(
    "accept",
    [
        "text/x-bibliography",
        "text/x-bibliography; charset=utf-8",
        "TEXT/X-Bibliography; Style=apa; Locale=en-US; q=0.9, text/html;q=0.1",
        'text/x-bibliography;style="apa", text/x-bibliography;style=mla;q=0.5',
        "text/x-bibliography;style=mla;q=0, text/x-bibliography;style=apa",
    ],
)
def test_without_another_style_it_is_apa(client, accept):
    assert "(2015)" in ask(client, accept).text


def test_a_style_that_is_refused_is_not_set(client):
    page = ask(client, "text/x-bibliography;style=apa;q=0")
    assert page.status_code == 406


def test_a_case_is_set_as_its_own_item(client):
    page = ask(client, "text/x-bibliography", "/initiatives/weyhe/")
    assert page.text.startswith("Casebase. (2026, November 24). Streetwatchers")


def test_the_page_wins_where_it_is_liked_as_much(client):
    page = ask(client, "text/html, text/x-bibliography;q=0.5")
    assertContains(page, "<h1")
    page = ask(client, "text/html;q=0.4, text/x-bibliography;q=0.5")
    assert page.text.startswith("Loeffler")


@pytest.mark.parametrize("parameter", ["style=nope", "style=../../etc", "locale=xx"])
def test_what_is_unknown_is_not_acceptable(client, parameter):
    page = ask(client, f"text/x-bibliography; {parameter}")
    assert page.status_code == 406


def test_a_style_that_sets_no_lists_says_so(client):
    page = ask(client, "text/x-bibliography; style=bluebook-inline")
    assertContains(page, "sets notes only", status_code=406)


def test_a_renderer_that_runs_out_of_time_says_so(client, monkeypatch):
    monkeypatch.setattr(rendering, "timeout_seconds", lambda n: 0.001)
    page = ask(client, "text/x-bibliography; style=din-1505-2")
    assertContains(page, "took too long", status_code=503)
