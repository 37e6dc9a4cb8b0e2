"""The processes of a machine that run jobs, one job at a time each."""

import multiprocessing
import os
import signal

from django.conf import settings
from django.core.management import call_command

from casebase.jobs.keeper import Keeper

LOOK_SECONDS = 1
ENDING = {signal.SIGTERM, signal.SIGINT}


def keep_processes(parent: int | None = None) -> None:
    """Keep ``JOB_PROCESSES`` processes, until SIGTERM or until ``parent`` is gone.

    They are forks, which share the memory of what they have imported. Dead ones are
    replaced. Returns when each has ended its current job.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    fork = multiprocessing.get_context("fork")
    me = os.getpid()
    processes: list[multiprocessing.process.BaseProcess] = []
    while parent in (None, os.getppid()):
        processes = [process for process in processes if process.is_alive()]
        while len(processes) < settings.JOB_PROCESSES:
            processes.append(fork.Process(target=run_jobs, args=[me]))
            processes[-1].start()
        if signal.sigtimedwait(ENDING, LOOK_SECONDS):
            break
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


def run_jobs(parent: int) -> None:
    """Run jobs until SIGTERM, or until the process ``parent`` is gone."""
    Keeper(parent).start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    call_command(*settings.JOB_WORKER_COMMAND)
