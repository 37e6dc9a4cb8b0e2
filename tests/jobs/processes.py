"""Real processes of ``manage.py run_jobs``."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


class JobProcesses:
    """A running ``manage.py run_jobs``, and what it logs."""

    def __init__(self, process):
        self.process = process

    def wait_for(self, *texts):
        """Read its log until each text was in a line of it."""
        missing = list(texts)
        for line in self.process.stderr:
            if found := next((text for text in missing if text in line), None):
                missing.remove(found)
            if not missing:
                return
        raise AssertionError(f"It ended, and never logged {missing}.")

    def end(self):
        self.process.terminate()
        self.process.stderr.read()
        assert self.process.wait() == 0


@contextmanager
def run_jobs(url, n, folder):
    """Run jobs of the database in n processes; results are in the folder."""
    environment = {
        "DATABASE_URL": url,
        "CACHE_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "JOB_PROCESSES": str(n),
        "JOB_RETRY_SECONDS": "0,0",
    }
    with subprocess.Popen(
        [sys.executable, "manage.py", "run_jobs"],
        cwd=ROOT,
        env=os.environ | environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        jobs = JobProcesses(process)
        try:
            yield jobs
            jobs.end()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
