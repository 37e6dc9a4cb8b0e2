"""Jobs: what readers and operators see of one, from its start to its end."""

import pytest
from django.db import transaction
from pytest_django.asserts import assertContains

from casebase.jobs import progress, queue
from casebase.jobs.models import Job, State, UnknownJobError, result_storage
from casebase.jobs.progress import JobLostError
from casebase.jobs.queue import cancel, start, take_up_lost_jobs
from casebase.jobs.running import FAILED, GONE, is_running_job, run_job
from casebase.jobs.specs import JobSpec
from casebase.semaphore import BusyError
from tests.jobs.waiting_jobs import read_result, run_waiting_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def spec(*lines, function="write_lines", **kwargs):
    return JobSpec(
        f"tests.jobs.functions.{function}",
        kwargs | {"lines": lines},
        "Two words",
        total=len(lines),
        file_name="a.txt",
        media_type="text/plain",
        address="/initiatives/export/xlsx/",
    )


def run_meanwhile(monkeypatch, act):
    """Let the functions of jobs report each record, and act at the first report."""
    monkeypatch.setattr(progress, "RECORDS_PER_REPORT", 1)
    monkeypatch.setattr("tests.jobs.functions.report_progress", act)
    return run_waiting_jobs()


def test_a_job_writes_its_file(client):
    job = start(spec("Clients", "Together"))
    assert (job.state, job.done, job.total) == (State.WAITING, 0, 2)
    assertContains(client.get(job.get_absolute_url()), "0 of 2 records are done.")
    [job] = run_waiting_jobs()
    assert (job.state, job.done, job.size) == (State.DONE, 2, 17)
    assert read_result(job) == b"Clients\nTogether\n"
    page = client.get(job.get_absolute_url())
    assertContains(page, "Download a.txt")
    file = client.get(f"{job.get_absolute_url()}file/")
    assert file.getvalue() == b"Clients\nTogether\n"
    assert file["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert file["Content-Type"] == "text/plain"


def test_the_same_work_has_one_job():
    job = start(spec("Clients"))
    assert start(spec("Clients")) == job
    assert start(spec("Clients", "Together")) != job
    run_waiting_jobs()
    assert start(spec("Clients")).state == State.DONE
    assert start(spec("Clients")._replace(version="8")).state == State.WAITING


def test_a_job_whose_result_is_gone_runs_again(client):
    start(spec("Clients"))
    [job] = run_waiting_jobs()
    result_storage().delete(job.result)
    assert client.get(f"{job.get_absolute_url()}file/").status_code == 404
    assertContains(client.get(job.get_absolute_url()), "It is no longer kept.")
    assert start(spec("Clients")).state == State.WAITING
    [job] = run_waiting_jobs()
    assert read_result(job) == b"Clients\n"


def test_a_job_begins_only_with_its_transaction():
    with transaction.atomic():
        job = start(spec("Clients"))
        transaction.set_rollback(True)
    assert not Job.objects.filter(pk=job.pk).exists()
    assert run_waiting_jobs() == []


def test_what_ended_before_is_begun_again_and_failures_forgotten():
    start(spec("Clients", error="This style sets notes only."))
    run_waiting_jobs()
    job = start(spec("Clients", error="This style sets notes only."))
    assert (job.state, job.failures, job.message) == (State.WAITING, 0, "")


def test_a_reader_is_told_why_it_can_never_be_done(client):
    start(spec("Clients", error="This style sets notes only."))
    [job] = run_waiting_jobs()
    assert (job.state, job.failures) == (State.FAILED, 1)
    page = client.get(job.get_absolute_url())
    assertContains(page, "could not be made: This style sets notes only.")
    assertContains(page, 'href="/initiatives/export/xlsx/">Try again')
    assert "Refresh" not in page


def test_an_unexpected_failure_is_tried_again_and_its_words_are_for_operators(client):
    start(spec("Clients", sources=1))
    for failures in (1, 2):
        [job] = run_waiting_jobs()
        assert (job.state, job.failures) == (State.WAITING, failures)
        page = client.get(job.get_absolute_url())
        assertContains(page, "It was interrupted and is begun again.")
        assert page["Refresh"] == "2"
    [job] = run_waiting_jobs()
    assert (job.state, job.message) == (State.FAILED, FAILED)
    assert "unexpected keyword argument 'sources'" in job.error
    assertContains(client.get(job.get_absolute_url()), FAILED)


def test_a_job_of_an_earlier_version_of_the_code_says_so():
    start(spec("Clients")._replace(function="casebase.files.jobs.gone"))
    [job] = run_waiting_jobs()
    assert (job.state, job.message) == (State.FAILED, GONE)


def test_a_run_begins_once():
    job = start(spec("Clients"))
    for _ in range(2):
        run_job.call(job.token, job.run)
    job.refresh_from_db()
    assert (job.run, job.state) == (1, State.DONE)
    run_job.call("0" * 32, 0)


def test_readers_see_how_many_wait_before_them(client):
    start(spec("Clients"))
    job = start(spec("Together"))
    start(spec("Slow")._replace(priority=-5))
    assertContains(client.get(job.get_absolute_url()), "1 other waits before it.")
    start(spec("Curators")._replace(priority=5))
    assertContains(client.get(job.get_absolute_url()), "2 others wait before it.")


def test_no_more_wait_than_can_be_done_soon(monkeypatch):
    monkeypatch.setattr(queue, "MAX_WAITING", 2)
    start(spec(1))
    start(spec(2))
    with pytest.raises(BusyError, match="Try again in a few minutes"):
        start(spec(3))
    assert start(spec(2)).state == State.WAITING
    run_waiting_jobs()
    start(spec(3))


@pytest.mark.parametrize("token", ["0" * 32, "x", "A" * 32])
def test_an_unknown_job_is_not_found(client, token):
    with pytest.raises(UnknownJobError):
        Job.objects.from_token(token)
    assert client.get(f"/jobs/{token}/").status_code == 404
    assert client.get(f"/jobs/{token}/file/").status_code == 404


def test_a_job_without_a_file_has_no_page(client):
    job = start(spec("Clients")._replace(file_name=""))
    run_waiting_jobs()
    assert client.get(f"/jobs/{job.token}/").status_code == 404
    assert client.get(f"/jobs/{job.token}/file/").status_code == 404


def test_a_waiting_job_that_is_cancelled_never_begins(client):
    job = start(spec("Clients"))
    assert cancel(job)
    assert not cancel(job)
    run_job.call(job.token, job.run)
    job.refresh_from_db()
    assert (job.state, job.run) == (State.CANCELLED, 0)
    page = client.get(job.get_absolute_url())
    assertContains(page, "could not be made: It was cancelled.")


def test_what_a_cancelled_job_has_made_is_thrown_away(monkeypatch):
    def cancel_meanwhile(lines, report):
        cancel(Job.objects.get())
        yield from lines

    start(spec("Clients"))
    [job] = run_meanwhile(monkeypatch, cancel_meanwhile)
    assert (job.state, job.result) == (State.CANCELLED, "")
    assert not job.has_result


def test_a_run_that_was_taken_over_can_not_write(monkeypatch):
    """Its process stood still for so long that it was thought to be gone."""

    def taken_over(lines, report):
        monkeypatch.undo()
        Job.objects.update(beat_at="2026-01-01T00:00Z")
        take_up_lost_jobs()
        run_waiting_jobs()
        yield "too late"

    job = start(spec("Clients"))
    run_meanwhile(monkeypatch, taken_over)
    job.refresh_from_db()
    assert (job.state, job.run, job.failures) == (State.DONE, 2, 1)
    assert read_result(job) == b"Clients\n"


def test_only_what_runs_as_a_job_says_so(monkeypatch):
    said = []

    def note(lines, report):
        said.append(is_running_job())
        yield from lines

    start(spec("Clients"))
    run_meanwhile(monkeypatch, note)
    assert said == [True]
    assert not is_running_job()


def test_records_are_reported_now_and_then(monkeypatch):
    monkeypatch.setattr(progress, "RECORDS_PER_REPORT", 2)
    reports = []
    assert list(progress.report_progress("abcde", reports.append)) == list("abcde")
    assert reports == [2, 4]
    assert issubclass(JobLostError, Exception)
