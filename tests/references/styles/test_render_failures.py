"""Tests of pages and files when nothing can be rendered: without a folder or pandoc."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from references.styles import pandoc
from references.styles.style_search import COMMON_STYLE_IDS
from tests.factories import FindingFactory, InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def no_folder(monkeypatch, settings, tmp_path):
    """Fails like a CACHE_DIR of another user, but also for root."""
    (tmp_path / "file").touch()
    settings.CACHE_DIR = tmp_path / "file" / "cache"


def no_pandoc(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(pandoc, "PROGRAM", "/nowhere/pandoc")


def pandoc_killed(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(pandoc, "CPU_LIMIT_COMMAND", ["/bin/sh", "-c", "kill -9 $$"])


@pytest.fixture(params=[no_folder, no_pandoc, pandoc_killed], autouse=True)
def failing_renderer(request, monkeypatch, settings, tmp_path):
    request.param(monkeypatch, settings, tmp_path)


@pytest.fixture
def work():
    days = {"published_on": date(2026, 11, 29), "revised_on": date(2026, 11, 29)}
    case = InitiativeFactory(slug="weyhe", name="Streetwatchers", **days)
    work = FindingFactory(initiative=case).sources.get().reference
    work.title = "A title in no other test"
    work.save()
    return work


def assert_can_be_retried(answer):
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    return answer


def test_a_case_has_plain_citations_and_is_not_cached(client, work):
    page = client.get("/initiatives/weyhe/")
    assertContains(page, work.title)
    assert page["Cache-Control"] == "no-store"
    assert not page.has_header("ETag")


def test_the_citation_of_a_case_is_plain(client, work):
    page = assert_can_be_retried(client.get("/initiatives/weyhe/cite/"))
    plain = "(29 November 2026). Streetwatchers. http://testserver/initiatives/weyhe/"
    assertContains(page, plain, status_code=503)


def test_an_unknown_style_is_still_a_client_error(client, work):
    page = client.get("/initiatives/weyhe/cite/?style=none")
    assertNotContains(page, "(29 November 2026)", status_code=400)


def test_a_bibliography_is_plain(client, work):
    page = assert_can_be_retried(client.get("/references/bibliography/?cited=weyhe"))
    assertContains(page, work.title, status_code=503)
    assertContains(page, "as we cite them ourselves", status_code=503)


@pytest.mark.parametrize("name", ["docx", "html", "text"])
def test_files_in_a_style_can_be_requested_later(client, work, name):
    for place in ("references/export", "initiatives/weyhe/cite"):
        address = f"/{place}/{name}/?style={COMMON_STYLE_IDS[0]}"
        assert "style" in assert_can_be_retried(client.get(address)).text


def test_a_negotiated_citation_can_be_requested_later(client, work):
    headers = {"Accept": "text/x-bibliography"}
    assert_can_be_retried(client.get(work.get_absolute_url(), headers=headers))


@pytest.mark.parametrize("name", ["ris", "bibtex", "csl-json", "csv"])
def test_data_need_no_style(client, work, name):
    assert client.get(f"/references/export/{name}/").status_code == 200
    assert client.get(f"/initiatives/weyhe/cite/{name}/").status_code == 200


def test_styles_can_still_be_found(client):
    assertContains(client.get("/references/styles/?q=nature"), "nature")
