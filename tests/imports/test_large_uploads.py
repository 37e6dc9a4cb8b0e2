"""Large uploads, which jobs preview and import."""

import json

import pytest
from pytest_django.asserts import assertContains

from casebase.desk.imports import apply_upload, case_import, models
from casebase.desk.imports.archives import pack
from casebase.desk.imports.models import Upload
from casebase.jobs.models import result_storage
from initiatives.models import Initiative
from tests.imports.importer import error_lines, text
from tests.jobs.waiting_jobs import run_waiting_jobs


@pytest.fixture(autouse=True)
def _two_sheets_are_many(monkeypatch):
    monkeypatch.setattr(models, "MAX_FILES_WITHOUT_JOB", 1)


def two(sheet):
    essex = sheet(("slug: kent", "slug: essex"), ("Kent", "Essex"))
    return pack([("kent.yaml", sheet().encode()), ("essex.yaml", essex.encode())])


def test_large_uploads_are_previewed_and_imported_by_jobs(importer, sheet):
    page = importer.preview("cases", ("cases.zip", two(sheet)))
    assertContains(page, "Reading cases.zip: 0 of 2")
    assert page["Refresh"] == "2"
    run_waiting_jobs()
    preview = importer.client.get(page.request["PATH_INFO"])
    assert "2 new, 0 changed, 0 unchanged" in text(preview)
    waiting = importer.decide(preview)
    assertContains(waiting, "Importing cases.zip: 0 of 2")
    assert not Initiative.objects.filter(slug="kent").exists()
    run_waiting_jobs()
    done = importer.client.get(page.request["PATH_INFO"])
    assertContains(done, "?slug=essex")
    assert Initiative.objects.filter(slug__in=["kent", "essex"]).count() == 2


@pytest.mark.once
def test_one_invalid_sheet_is_reported_and_nothing_is_written(importer, sheet):
    content = pack([("kent.yaml", sheet().encode()), ("essex.yaml", b"slug: [")])
    page = importer.preview("cases", ("cases.zip", content))
    run_waiting_jobs()
    preview = importer.client.get(page.request["PATH_INFO"])
    [line] = error_lines(preview)
    assert line.startswith("essex.yaml:2: The YAML can’t be read")


def test_a_stale_preview_is_built_again(importer, sheet):
    page = importer.preview("cases", ("cases.zip", two(sheet)))
    run_waiting_jobs()
    importer.decide(importer.client.get(page.request["PATH_INFO"]))
    Initiative.objects.filter(slug="surrey").update(slug="kent")
    run_waiting_jobs()
    again = importer.client.get(page.request["PATH_INFO"], follow=True)
    assertContains(again, "Reading cases.zip")
    run_waiting_jobs()
    assert (
        "mark" not in importer.client.get(page.request["PATH_INFO"]).context["preview"]
    )
    assert Upload.objects.get().state == "open"


@pytest.mark.once
def test_an_import_can_be_cancelled_and_begun_again(importer, sheet):
    page = importer.preview("cases", ("cases.zip", two(sheet)))
    cancelled = importer.decide(page, cancel="yes")
    assertContains(cancelled, "Nothing was written: It was cancelled.")
    assert "Refresh" not in cancelled
    again = importer.decide(cancelled, again="yes")
    assertContains(again, "Reading cases.zip")


@pytest.mark.once
def test_a_page_loaded_as_the_job_ends_shows_the_report(importer, sheet, monkeypatch):
    page = importer.preview("cases", ("cases.zip", two(sheet)))
    run_waiting_jobs()
    importer.decide(importer.client.get(page.request["PATH_INFO"]))
    job_of = apply_upload.job_of

    def as_it_ends(upload):
        job_of(upload)
        run_waiting_jobs()
        return job_of(upload)

    monkeypatch.setattr(apply_upload, "job_of", as_it_ends)
    done = importer.client.get(page.request["PATH_INFO"], follow=True)
    assertContains(done, "?slug=essex")


@pytest.mark.once
def test_a_deleted_preview_is_built_again(importer, sheet, monkeypatch):
    page = importer.preview("cases", ("cases.zip", two(sheet)))
    [job] = run_waiting_jobs()
    result_storage().delete(job.result)
    again = importer.client.get(page.request["PATH_INFO"])
    assertContains(again, "Reading cases.zip: 0 of 2")
    [job] = run_waiting_jobs()
    job_of = apply_upload.job_of

    def swept_after(upload):
        job = job_of(upload)
        result_storage().delete(job.result)
        return job

    monkeypatch.setattr(apply_upload, "job_of", swept_after)
    answer = importer.client.get(page.request["PATH_INFO"])
    assert answer["Location"] == page.request["PATH_INFO"]


def test_only_one_of_two_simultaneous_imports_writes(importer, sheet, monkeypatch):
    preview = importer.preview("cases", ("kent.yaml", sheet()))
    first = Upload.objects.get()
    first.confirm(preview.context["preview"]["mark"], {})
    second = Upload.objects.get()
    assert apply_upload.try_to_apply(first) == []
    second.content = pack([("kent.yaml", sheet().encode())])
    [reason] = apply_upload.try_to_apply(second)
    assert "Something has changed since the preview" in reason
    second.refresh_from_db()
    assert second.state == "done"


def test_what_was_previewed_is_not_compared_again(importer, sheet, monkeypatch):
    page = importer.preview("cases", ("cases.zip", two(sheet)))
    run_waiting_jobs()
    importer.decide(importer.client.get(page.request["PATH_INFO"]))
    monkeypatch.setattr(case_import, "read_upload_sheets", None)
    run_waiting_jobs()
    done = importer.client.get(page.request["PATH_INFO"])
    assert "2 new" in text(done) or "?slug=essex" in done.content.decode()
    assert Initiative.objects.filter(slug__in=["kent", "essex"]).count() == 2
    assert Upload.objects.get().preview is None


@pytest.mark.once
@pytest.mark.parametrize(
    "damage",
    [
        # One line with all sheets, as releases before wrote it.
        lambda head, sheets: [head | {"n_sheets": None, "sheets": sheets}],
        lambda head, sheets: [head, *sheets[:-1]],
    ],
    ids=["of a release before", "without its end"],
)
def test_a_preview_of_another_form_is_made_again(importer, sheet, damage):
    page = importer.preview("cases", ("cases.zip", two(sheet)))
    run_waiting_jobs()
    importer.decide(importer.client.get(page.request["PATH_INFO"]))
    upload = Upload.objects.get()
    head, *sheets = map(json.loads, bytes(upload.preview).splitlines())
    upload.preview = "\n".join(map(json.dumps, damage(head, sheets))).encode()
    upload.save()
    run_waiting_jobs()
    assert Initiative.objects.filter(slug__in=["kent", "essex"]).count() == 2


@pytest.mark.parametrize(
    ("column", "slug"), [("name", "Young people in Kent"), ("slug", "kent")]
)
def test_a_name_that_is_given_meanwhile_makes_the_preview_stale(
    importer, sheet, column, slug
):
    page = importer.preview("cases", ("cases.zip", two(sheet)))
    run_waiting_jobs()
    importer.decide(importer.client.get(page.request["PATH_INFO"]))
    Initiative.objects.create(**{"slug": "other", "name": "Other", column: slug})
    run_waiting_jobs()
    assert not Initiative.objects.filter(slug="essex").exists()
    again = importer.client.get(page.request["PATH_INFO"], follow=True)
    assertContains(again, "Reading cases.zip")


@pytest.mark.once
def test_a_slug_that_another_case_had_makes_the_preview_stale(importer, sheet):
    page = importer.preview("cases", ("cases.zip", two(sheet)))
    run_waiting_jobs()
    importer.decide(importer.client.get(page.request["PATH_INFO"]))
    weyhe = Initiative.objects.get(slug="weyhe")
    weyhe.rename(slug="kent")
    weyhe.rename(slug="weyhe-again")
    run_waiting_jobs()
    assert not Initiative.objects.filter(slug="kent").exists()
