"""Plays heavy days: a class that opens one link, mixed load, and parts that fail.

    python -m tests.cluster.heavy_days one|cluster [--minutes 60] [--readers 4] ...

Prints what readers and two curators got, by phase: for how long there were errors, and
which. At the end it looks whether anything is missing of what curators were told is
saved, and exits with 1 if so. Memory and files of the web machines are printed as they
grow. Disks are filled only in a folder of less than 4 GB: make a small file system
and name it with TMPDIR. Clocks are turned by libfaketime, if it is there.
"""

import argparse
import signal
import sys
import time

from tests.cluster import servers
from tests.cluster.failures import Failure, failures
from tests.cluster.load import ADD_CURATOR, Load, open_link, steady_load
from tests.cluster.load_report import report, report_phase, report_total
from tests.cluster.processes import usage
from tests.cluster.releases import ROOT, Release
from tests.cluster.topology import Cluster, OneMachine, running_cluster

LINK = "/initiatives/streetwatchers-weyhe/"
# How often memory is looked at in the hour of mixed load.
SAMPLES = 12
KINDS = {"one": OneMachine, "cluster": Cluster}
# An import of sheets and a check of links, as curators and the schedule begin them.
START_JOBS = """
from django.contrib.auth.models import User
from bench.imports import create_upload, look
from casebase.desk.imports.apply_upload import job_of
from casebase.jobs.schedules import SCHEDULES, start_now
upload = create_upload({sheets}, by=User.objects.get())
look(upload)
job_of(upload)
start_now(next(s for s in SCHEDULES if s.name == "check-links"), by=None)
"""
WRITE_SAVED = """
from casebase.history.models import Version
texts = Version.objects.filter(kind="concept").values_list("content", flat=True)
open({file!r}, "w").write("\\n".join(texts))
"""
PRINT_JOBS = """
from casebase.jobs.models import Job
for job in Job.objects.order_by("pk"):
    print(job.state, job.title, job.message, job.failures, sep=", ")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--minutes", type=float, default=60, help="of mixed load")
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--sheets", type=int, default=1_000, help="to import")
    parser.add_argument("--link", type=int, default=500, help="who open one link")
    parser.add_argument("--seconds", type=float, default=20, help="of each failure")
    options = parser.parse_args()
    if options.kind == "cluster" and (lacking := servers.missing()):
        sys.exit(f"This machine lacks {lacking}.")
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    with running_cluster(kind=KINDS[options.kind]) as cluster:
        release = cluster.release(ROOT)
        cluster.start_site(release)
        release.manage("shell", "--no-imports", "--command", ADD_CURATOR)
        report(open_link(cluster.address, LINK, options.link, seconds=60))
        with steady_load(cluster.address, options.readers, curators=2) as load:
            play_hour(cluster, release, load, options)
            for name, failure in failures(cluster):
                play(name, failure, load, options.seconds)
        report_total(load)
        release.manage("shell", "--no-imports", "--command", PRINT_JOBS)
        sys.exit(is_anything_lost(cluster, release, load))


def play_hour(
    cluster: Cluster, release: Release, load: Load, options: argparse.Namespace
) -> None:
    """Begin an import and a check of links, and let the load go on, watching memory."""
    load.phase = "import begins"
    jobs = START_JOBS.format(sheets=options.sheets)
    release.manage("shell", "--no-imports", "--command", jobs)
    report_phase(load, load.phase)
    load.phase = "mixed load"
    for _ in range(SAMPLES):
        used = (f"{n}: {usage(cluster.parts[n])}" for n in cluster.web_names)
        print(*used, sep=", ", flush=True)
        time.sleep(60 * options.minutes / SAMPLES)
    report_phase(load, load.phase)


def play(name: str, failure: Failure, load: Load, seconds: float) -> None:
    """Let a part fail, mend it after some seconds, and watch for as long again."""
    load.phase = name
    failure.begin()
    time.sleep(seconds)
    report_phase(load, name)
    load.phase = f"{name}, mended"
    failure.end()
    time.sleep(seconds)
    report_phase(load, load.phase)


def is_anything_lost(cluster: Cluster, release: Release, load: Load) -> bool:
    """Whether the history lacks what curators were told is saved, which it prints."""
    file = cluster.folder / "saved.txt"
    command = WRITE_SAVED.format(file=str(file))
    release.manage("shell", "--no-imports", "--command", command)
    stored = file.read_text()
    lost = [text for text in load.saved if text not in stored]
    print(f"{len(load.saved)} times saved, {len(lost)} of them lost.", *lost[:20])
    return bool(lost)


if __name__ == "__main__":
    main()
