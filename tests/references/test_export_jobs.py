"""Tests of exports that are so large that a job writes them."""

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

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NO_JOB = "0" * 32


@pytest.fixture
def started_jobs(monkeypatch, settings, tmp_path):
    """Make every export large. Jobs hold their permits until the test runs them.

    The fixture is a dictionary from ids of jobs to permits.
    """
    settings.CACHE_DIR = tmp_path
    monkeypatch.setattr(exports, "LARGE", 1)
    permits = {}
    monkeypatch.setattr(jobs, "spawn", permits.__setitem__)
    yield permits
    for permit in permits.values():
        permit.close()


@pytest.mark.parametrize("name", ["html", "text", "docx", "xlsx"])
def test_a_job_writes_the_file_which_can_be_downloaded(client, started_jobs, name):
    ReferenceFactory.create_batch(2)
    page = client.get(f"/references/export/{name}/?type=report", follow=True)
    assertContains(page, "0 of 2 records are done.")
    assert page["Refresh"] == "2"
    [job] = started_jobs
    jobs.run_job(job)
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "The file contains all 2 records.")
    assert "Refresh" not in page
    file = client.get(f"/jobs/{job}/file/")
    assert len(file.getvalue()) > 30
    assert file["Content-Type"] == exports.ALL_FORMATS[name].media_type
    named = 'attachment; filename="casebase-works-report-2'
    assert file["Content-Disposition"].startswith(named)


def test_the_file_has_the_works_of_the_query_in_order(client, started_jobs):
    ReferenceFactory(title="Of no case")
    finding = FindingFactory(sources=0)
    for year, name in ((2012, "Abel"), (2014, "Zorn")):
        work = ReferenceFactory(issued_year=year)
        ContributionFactory(reference=work, person__family=name)
        SourceFactory(finding=finding, reference=work)
    chosen = f"cited={finding.initiative.slug}&sort=newest&page=7"
    query = f"?{chosen}&style=nlm-citation-sequence"
    client.get(f"/references/export/text/{query}")
    [job] = started_jobs
    jobs.run_job(job)
    lines = jobs.result_of(job).read_text().split("\n\n")
    assert [line[:7] for line in lines] == ["1. Zorn", "2. Abel"]


def test_a_long_bibliography_starts_a_job_once_a_style_is_chosen(client, started_jobs):
    ReferenceFactory.create_batch(2)
    client.cookies["style"] = "nlm-citation-sequence"
    page = client.get("/references/bibliography/?type=report")
    assertContains(page, "So many works are set as a file")
    assertContains(page, 'value="nlm-citation-sequence" autocomplete')
    assert not started_jobs
    page = client.get("/references/bibliography/?type=report&style=apa")
    [job] = started_jobs
    assert page["Location"] == f"/jobs/{job}/"
    assert page.cookies["style"].value == "apa"
    assert jobs.spec_of(job).kwargs["query"] == "?type=report"


@pytest.mark.parametrize("name", ["html", "text", "docx"])
def test_a_list_that_is_too_long_to_render_says_what_to_do(
    client, started_jobs, monkeypatch, name
):
    form = replace(exports.ALL_FORMATS[name], max_works=2)
    monkeypatch.setitem(exports.ALL_FORMATS, name, form)
    ReferenceFactory.create_batch(3)
    address = f"/references/export/{name}/"
    words = "holds 2 works at most, and this one has 3. Narrow it"
    assertContains(client.get(address), words, status_code=400)
    assert not started_jobs
    if name == "html":
        page = client.get("/references/bibliography/?style=apa")
        assertContains(page, words, status_code=400)
    Reference.objects.first().delete()
    assert client.get(address).status_code == 302


def test_only_data_formats_have_no_limit():
    limits = {name: form.max_works for name, form in exports.ALL_FORMATS.items()}
    for name in ("docx", "html", "text"):
        assert limits.pop(name) == exports.MAX_STYLED_WORKS == 15_000
    assert set(limits.values()) == {inf}


def test_formats_that_stream_need_no_job(client, started_jobs):
    ReferenceFactory.create_batch(2)
    assert client.get("/references/export/ris/").status_code == 200
    assert not started_jobs


def test_a_job_that_stopped_says_so_and_can_be_started_again(client, started_jobs):
    ReferenceFactory.create_batch(2)
    page = client.get("/references/bibliography/?type=report&style=apa", follow=True)
    job, permit = started_jobs.popitem()
    permit.close()
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "It was stopped before it was done. Try again.")
    again = "/references/export/html/?type=report&amp;style=apa"
    assertContains(page, f'href="{again}"')
    page = client.get(unescape(again), follow=True)
    assertContains(page, "0 of 2 records are done.")
    assert list(started_jobs) == [job]


@pytest.mark.parametrize(("name", "is_copied"), [("html", True), ("text", False)])
def test_a_finished_list_can_be_copied_with_its_formatting(
    client, started_jobs, name, is_copied
):
    ReferenceFactory.create_batch(2)
    client.get(f"/references/export/{name}/")
    [job] = started_jobs
    jobs.run_job(job)
    page = client.get(f"/jobs/{job}/")
    assert (f'data-copy-from="/jobs/{job}/file/"' in page.text) is is_copied


def test_a_style_without_a_bibliography_fails_with_a_message(client, started_jobs):
    ReferenceFactory.create_batch(2)
    page = client.get("/references/export/text/?style=bluebook-inline", follow=True)
    [job] = started_jobs
    with pytest.raises(jobs.JobError):
        jobs.run_job(job)
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "sets notes only, and no list of works")


@pytest.mark.parametrize("job", [NO_JOB, "x"])
def test_an_unknown_job_is_not_found(client, started_jobs, job):
    assert client.get(f"/jobs/{job}/").status_code == 404
    assert client.get(f"/jobs/{job}/file/").status_code == 404


def test_too_many_jobs_are_answered_with_503(client, started_jobs):
    ReferenceFactory.create_batch(2)
    answers = [
        client.get(f"/references/export/text/?locale={code}")
        for code in ("en-GB", "de-DE", "fr-FR")
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 503]
    assertContains(answers[2], "Too many large files are being made", status_code=503)
    assert answers[2]["Retry-After"] == answers[2]["Refresh"] == "10"
