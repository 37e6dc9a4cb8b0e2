"""Sets of works too large for a page or a download to wait for."""

from dataclasses import replace
from html import unescape
from math import inf

import pytest
from pytest_django.asserts import assertContains

from casebase.files import jobs
from references import exports
from references.models import Reference
from tests.factories import (
    ContributionFactory,
    FindingFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
NO_JOB = "0" * 32


@pytest.fixture
def begun(monkeypatch, settings, tmp_path):
    """Everything is large; jobs hold their slots until the test carries them out."""
    settings.CACHE_DIR = tmp_path
    monkeypatch.setattr(exports, "LARGE", 1)
    held = {}
    monkeypatch.setattr(jobs, "spawn", held.__setitem__)
    yield held
    for slot in held.values():
        slot.close()


@pytest.mark.parametrize("name", ["html", "text", "docx", "xlsx"])
def test_are_written_beside_the_site_and_can_be_fetched(client, begun, name):
    ReferenceFactory.create_batch(2)
    page = client.get(f"/references/export/{name}/?type=report", follow=True)
    assertContains(page, "0 of 2 records are done.")
    assert page["Refresh"] == "2"
    [job] = begun
    jobs.run_job(job)
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "All 2 records are in it.")
    assert "Refresh" not in page
    file = client.get(f"/jobs/{job}/file/")
    assert len(file.getvalue()) > 30
    assert file["Content-Type"] == exports.ALL_FORMATS[name].media_type
    named = 'attachment; filename="casebase-works-report-2'
    assert file["Content-Disposition"].startswith(named)


def test_hold_exactly_the_works_of_their_query_in_its_order(client, begun):
    ReferenceFactory(title="Of no case")
    finding = FindingFactory(sources=0)
    for year, name in ((2012, "Abel"), (2014, "Zorn")):
        work = ReferenceFactory(issued_year=year)
        ContributionFactory(reference=work, person__family=name)
        SourceFactory(finding=finding, reference=work)
    chosen = f"cited={finding.initiative.slug}&sort=newest&page=7"
    query = f"?{chosen}&style=nlm-citation-sequence"
    client.get(f"/references/export/text/{query}")
    [job] = begun
    jobs.run_job(job)
    lines = jobs.result_of(job).read_text().split("\n\n")
    assert [line[:7] for line in lines] == ["1. Zorn", "2. Abel"]


def test_a_long_bibliography_is_begun_once_a_style_is_chosen(client, begun):
    ReferenceFactory.create_batch(2)
    client.cookies["style"] = "nlm-citation-sequence"
    page = client.get("/references/bibliography/?type=report")
    assertContains(page, "So many works are set as a file")
    assertContains(page, 'value="nlm-citation-sequence" autocomplete')
    assert not begun
    page = client.get("/references/bibliography/?type=report&style=apa")
    [job] = begun
    assert page["Location"] == f"/jobs/{job}/"
    assert page.cookies["style"].value == "apa"
    assert jobs.spec_of(job).kwargs["query"] == "?type=report"


@pytest.mark.parametrize("name", ["html", "text", "docx"])
def test_a_list_that_no_renderer_can_hold_says_what_to_do(
    client, begun, monkeypatch, name
):
    form = replace(exports.ALL_FORMATS[name], max_works=2)
    monkeypatch.setitem(exports.ALL_FORMATS, name, form)
    ReferenceFactory.create_batch(3)
    address = f"/references/export/{name}/"
    words = "holds 2 works at most, and this one has 3. Narrow it"
    assertContains(client.get(address), words, status_code=400)
    assert not begun
    if name == "html":
        page = client.get("/references/bibliography/?style=apa")
        assertContains(page, words, status_code=400)
    Reference.objects.first().delete()
    assert client.get(address).status_code == 302


def test_only_data_has_no_limit():
    limits = {name: form.max_works for name, form in exports.ALL_FORMATS.items()}
    for name in ("docx", "html", "text"):
        assert limits.pop(name) == exports.MAX_STYLED_WORKS == 15_000
    assert set(limits.values()) == {inf}


def test_formats_that_stream_are_written_at_once(client, begun):
    ReferenceFactory.create_batch(2)
    assert client.get("/references/export/ris/").status_code == 200
    assert not begun


def test_a_job_that_stopped_says_so_and_is_begun_anew(client, begun):
    ReferenceFactory.create_batch(2)
    page = client.get("/references/bibliography/?type=report&style=apa", follow=True)
    job, slot = begun.popitem()
    slot.close()
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "It was stopped before it was done. Try again.")
    again = "/references/export/html/?type=report&amp;style=apa"
    assertContains(page, f'href="{again}"')
    page = client.get(unescape(again), follow=True)
    assertContains(page, "0 of 2 records are done.")
    assert list(begun) == [job]


@pytest.mark.parametrize(("name", "is_copied"), [("html", True), ("text", False)])
def test_a_finished_list_can_be_copied_with_its_formatting(
    client, begun, name, is_copied
):
    ReferenceFactory.create_batch(2)
    client.get(f"/references/export/{name}/")
    [job] = begun
    jobs.run_job(job)
    page = client.get(f"/jobs/{job}/")
    assert (f'data-copy-from="/jobs/{job}/file/"' in page.text) is is_copied


def test_a_style_that_sets_no_list_says_so(client, begun):
    ReferenceFactory.create_batch(2)
    page = client.get("/references/export/text/?style=bluebook-inline", follow=True)
    [job] = begun
    with pytest.raises(jobs.JobError):
        jobs.run_job(job)
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "sets notes only, and no list of works")


@pytest.mark.parametrize("job", [NO_JOB, "x"])
def test_a_job_that_never_was_is_not_found(client, begun, job):
    assert client.get(f"/jobs/{job}/").status_code == 404
    assert client.get(f"/jobs/{job}/file/").status_code == 404


def test_too_many_at_once_are_asked_to_come_back(client, begun):
    ReferenceFactory.create_batch(2)
    answers = [
        client.get(f"/references/export/text/?locale={code}")
        for code in ("en-GB", "de-DE", "fr-FR")
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 503]
    assertContains(answers[2], "Too many large files are being made", status_code=503)
    assert answers[2]["Retry-After"] == answers[2]["Refresh"] == "10"
