"""Runs jobs in the process of the test, as a process of ``manage.py run_jobs`` does."""

from unittest.mock import patch

from casebase.jobs import running
from casebase.jobs.models import Job


def run_waiting_jobs():
    """Run each job that waits, once, and return them as they are afterwards.

    Without a beat: its thread would have a connection of its own.
    """
    jobs = list(Job.objects.waiting())
    with patch.object(running, "BEAT_SECONDS", 3600):
        for job in jobs:
            running.run_job.call(job.token, job.run)
            job.refresh_from_db()
    return jobs


def read_result(job):
    with job.open_result() as file:
        return file.read()
