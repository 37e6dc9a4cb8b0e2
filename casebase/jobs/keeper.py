"""The thread of a process that takes up lost jobs and starts those that are due."""

import logging
import os
import signal
from threading import Event, Thread

from django.db import connection

from casebase.jobs.queue import take_up_lost_jobs
from casebase.jobs.schedules import start_due_jobs

SECONDS = 2

logger = logging.getLogger(__name__)


class Keeper(Thread):
    """Looks after the queue every few seconds, for as long as its process lives.

    Ends the process, after its current job, when ``parent`` is no longer its parent.
    """

    def __init__(self, parent: int) -> None:
        super().__init__(daemon=True)
        self.parent = parent

    def run(self) -> None:
        pause = Event()
        while os.getppid() == self.parent:
            self.look_after_jobs()
            pause.wait(SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    def look_after_jobs(self) -> None:
        """Errors, for example of a database that is away, are logged."""
        for chore in (take_up_lost_jobs, start_due_jobs):
            try:
                chore()
            except Exception:
                logger.exception("Jobs could not be looked after.")
        connection.close()
