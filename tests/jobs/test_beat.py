"""The thread that tells of a running job; with real processes, see test_conformance."""

import pytest
from django.db import OperationalError

from casebase.jobs import running
from casebase.jobs.models import Job, State
from casebase.jobs.progress import JobLostError
from casebase.jobs.queue import take_up_lost_jobs
from casebase.jobs.running import Beat, end_run


class FailingBeat(Beat):
    """A beat whose first write fails, and which learns from the second it is lost."""

    n_written = 0

    def write(self):
        self.n_written += 1
        if self.n_written == 1:
            raise OperationalError("away")
        self.is_lost.set()


def test_a_beat_that_can_not_be_written_is_logged_and_tried_again(monkeypatch, caplog):
    monkeypatch.setattr(running, "BEAT_SECONDS", 0)
    beat = FailingBeat(Job(title="A list"))
    beat.run()
    assert beat.n_written == 2
    assert "The beat of “A list” was not written: away" in caplog.text
    with pytest.raises(JobLostError):
        beat.report(1)


@pytest.mark.once
@pytest.mark.django_db
def test_a_beat_writes_how_far_the_job_is_until_it_is_lost():
    job = Job.objects.create(key="k", title="A list", state=State.RUNNING, run=1)
    beat = Beat(job)
    beat.report(7)
    beat.write()
    job.refresh_from_db()
    assert job.done == 7
    assert job.beat_at
    Job.objects.update(run=2)
    beat.write()
    with pytest.raises(JobLostError):
        beat.report(8)
    job.run = 1
    assert not end_run(job, RuntimeError(), "")


@pytest.mark.once
@pytest.mark.django_db
def test_a_job_that_another_process_has_taken_up_is_left_alone(monkeypatch, caplog):
    Job.objects.create(
        key="k", title="A list", state=State.RUNNING, beat_at="2026-01-01T00:00Z"
    )
    monkeypatch.setattr("casebase.jobs.queue.end_run", lambda *_: False)
    take_up_lost_jobs()
    assert "taken up" not in caplog.text
