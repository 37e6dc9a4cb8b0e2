"""Tests of exports that are so large that a job writes them."""

from dataclasses import replace
from html import unescape
from math import inf

import pytest
from pytest_django.asserts import assertContains

from casebase.change_tracking.transactions import tracked_transaction
from casebase.jobs.models import Job
from casebase.jobs.queue import cancel
from references import exports
from references.models import Reference
from tests.factories import (
    ContributionFactory,
    FindingFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.jobs.waiting_jobs import read_result, run_waiting_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _every_export_is_large(monkeypatch):
    monkeypatch.setattr(exports, "LARGE", 1)


@pytest.mark.parametrize("name", ["html", "text", "docx", "xlsx"])
def test_a_job_writes_the_file_which_can_be_downloaded(client, name):
    ReferenceFactory.create_batch(2)
    page = client.get(f"/references/export/{name}/?type=report", follow=True)
    assertContains(page, "0 of 2 records are done.")
    assert page["Refresh"] == "2"
    [job] = run_waiting_jobs()
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "The file contains all 2 records.")
    assert "Refresh" not in page
    file = client.get(f"/jobs/{job.token}/file/")
    assert len(file.getvalue()) > 30
    assert file["Content-Type"] == exports.ALL_FORMATS[name].media_type
    named = 'attachment; filename="casebase-works-report-2'
    assert file["Content-Disposition"].startswith(named)


def test_the_file_has_the_works_of_the_query_in_order(client):
    ReferenceFactory(title="Of no case")
    finding = FindingFactory(sources=0)
    for year, name in ((2012, "Abel"), (2014, "Zorn")):
        work = ReferenceFactory(issued_year=year)
        ContributionFactory(reference=work, person__family=name)
        SourceFactory(finding=finding, reference=work)
    chosen = f"cited={finding.initiative.slug}&sort=newest&page=7"
    query = f"?{chosen}&style=nlm-citation-sequence"
    client.get(f"/references/export/text/{query}")
    [job] = run_waiting_jobs()
    lines = read_result(job).decode().split("\n\n")
    assert [line[:7] for line in lines] == ["1. Zorn", "2. Abel"]


def test_a_long_bibliography_starts_a_job_once_a_style_is_chosen(client):
    ReferenceFactory.create_batch(2)
    client.cookies["style"] = "nlm-citation-sequence"
    page = client.get("/references/bibliography/?type=report")
    assertContains(page, "So many works are set as a file")
    assertContains(page, 'value="nlm-citation-sequence" autocomplete')
    assert not Job.objects.exists()
    page = client.get("/references/bibliography/?type=report&style=apa")
    job = Job.objects.get()
    assert page["Location"] == f"/jobs/{job.token}/"
    assert page.cookies["style"].value == "apa"
    assert job.kwargs["query"] == "?type=report"


@pytest.mark.parametrize("name", ["html", "text", "docx"])
def test_a_list_that_is_too_long_to_render_says_what_to_do(client, monkeypatch, name):
    form = replace(exports.ALL_FORMATS[name], max_works=2)
    monkeypatch.setitem(exports.ALL_FORMATS, name, form)
    ReferenceFactory.create_batch(3)
    address = f"/references/export/{name}/"
    words = "holds 2 works at most, and this one has 3. Narrow it"
    assertContains(client.get(address), words, status_code=400)
    assert not Job.objects.exists()
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


def test_formats_that_stream_need_no_job(client):
    ReferenceFactory.create_batch(2)
    assert client.get("/references/export/ris/").status_code == 200
    assert not Job.objects.exists()


def test_a_file_that_could_not_be_made_can_be_asked_for_again(client):
    ReferenceFactory.create_batch(2)
    page = client.get("/references/bibliography/?type=report&style=apa", follow=True)
    cancel(Job.objects.get())
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "It was cancelled.")
    again = "/references/export/html/?type=report&amp;style=apa"
    assertContains(page, f'href="{again}"')
    page = client.get(unescape(again), follow=True)
    assertContains(page, "0 of 2 records are done.")
    assert Job.objects.count() == 1


def test_a_file_is_made_again_only_when_records_have_changed(client):
    works = ReferenceFactory.create_batch(2)
    with tracked_transaction():
        pass
    for _ in range(2):
        page = client.get("/references/export/text/", follow=True)
        run_waiting_jobs()
    assertContains(page, "The file contains all 2 records.")
    with tracked_transaction():
        works[0].title = "Another title"
        works[0].save()
    page = client.get("/references/export/text/", follow=True)
    assertContains(page, "0 of 2 records are done.")
    assert Job.objects.count() == 2


@pytest.mark.parametrize(("name", "is_copied"), [("html", True), ("text", False)])
def test_a_finished_list_can_be_copied_with_its_formatting(client, name, is_copied):
    ReferenceFactory.create_batch(2)
    client.get(f"/references/export/{name}/")
    [job] = run_waiting_jobs()
    page = client.get(f"/jobs/{job.token}/")
    assert (f'data-copy-from="/jobs/{job.token}/file/"' in page.text) is is_copied


def test_a_style_without_a_bibliography_fails_with_a_message(client):
    ReferenceFactory.create_batch(2)
    page = client.get("/references/export/text/?style=bluebook-inline", follow=True)
    run_waiting_jobs()
    page = client.get(page.redirect_chain[-1][0])
    assertContains(page, "sets notes only, and no list of works")


def test_too_many_jobs_are_answered_with_503(client, monkeypatch):
    monkeypatch.setattr("casebase.jobs.queue.MAX_WAITING", 2)
    ReferenceFactory.create_batch(2)
    answers = [
        client.get(f"/references/export/text/?locale={code}")
        for code in ("en-GB", "de-DE", "fr-FR")
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 503]
    assertContains(answers[2], "Too many large files are being made", status_code=503)
    assert answers[2]["Retry-After"] == answers[2]["Refresh"] == "10"
