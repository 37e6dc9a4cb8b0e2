"""Sets too long for a page to wait for."""

import pytest
from pytest_django.asserts import assertContains

from references.styles import jobs
from tests.factories import ReferenceFactory

pytestmark = pytest.mark.django_db
NO_JOB = "0" * 32


@pytest.fixture
def begun(monkeypatch, settings, tmp_path):
    """Everything is long, and jobs hold their slots until the test carries them out."""
    settings.CACHE_DIR = tmp_path
    monkeypatch.setattr(jobs, "LONGEST_IN_A_PAGE", 1)
    held = {}
    monkeypatch.setattr(jobs, "spawn", held.__setitem__)
    yield held
    for slot in held.values():
        slot.close()


@pytest.mark.parametrize("name", ["html", "text", "docx"])
def test_are_set_beside_the_site_and_can_be_fetched(client, begun, name):
    ReferenceFactory.create_batch(2)
    page = client.get(f"/references/export/{name}/", follow=True)
    assertContains(page, "0 of 2 works are done.")
    assert page["Refresh"] == "2"
    [job] = begun
    jobs.carry_out(job)
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "All 2 works are set.")
    assert "Refresh" not in page
    file = client.get(f"/references/bibliography/{name}/{job}/file/")
    assert len(file.getvalue()) > 30
    assert file["Content-Disposition"].startswith("attachment")


def test_the_page_of_a_long_bibliography_leads_to_its_job(client, begun):
    ReferenceFactory.create_batch(2)
    page = client.get("/references/bibliography/", follow=True)
    assert page.redirect_chain[0][0].startswith("/references/bibliography/html/")


def test_formats_without_a_style_are_written_at_once(client, begun):
    ReferenceFactory.create_batch(2)
    assert client.get("/references/export/ris/").status_code == 200
    assert not begun


def test_a_job_that_stopped_says_so(client, begun):
    ReferenceFactory.create_batch(2)
    page = client.get("/references/bibliography/", follow=True)
    begun.popitem()[1].close()
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "It was stopped before it was done. Try again.")


@pytest.mark.parametrize(
    "address", [f"html/{NO_JOB}/", f"html/{NO_JOB}/file/", "html/x/", "marc/x/file/"]
)
def test_a_job_that_never_was_is_not_found(client, begun, address):
    assert client.get(f"/references/bibliography/{address}").status_code == 404


def test_too_many_at_once_are_asked_to_come_back(client, begun):
    ReferenceFactory.create_batch(2)
    statuses = [
        client.get(f"/references/export/text/?locale={code}").status_code
        for code in ("en-GB", "de-DE", "fr-FR", "it-IT")
    ]
    assert statuses[0] == 302
    assert statuses[-1] == 503
