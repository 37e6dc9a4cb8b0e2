"""Times the import of many sheets, and how long it holds up readers and curators.

    python -m bench.configured bench.imports [sheets]

On each database with the cases of fixtures/: so many new cases (1,000) are previewed
and written, each step by a process of its own, as jobs do it. Meanwhile a reader
requests uncached pages of the site, and a curator saves a case again and again.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import count
from statistics import median
from threading import Event
from time import perf_counter, process_time
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from bench import databases, servers
from bench.sheets import copied_sheets, copied_works
from bench.timing import fetch_page
from casebase.change_tracking.lock_timeout import write_lock_timeout
from casebase.change_tracking.transactions import tracked_transaction
from casebase.content.parsed_file import ParsedFile
from casebase.desk.imports import apply_upload
from casebase.desk.imports.archives import pack
from casebase.desk.imports.models import Upload
from casebase.desk.imports.upload_kinds import KINDS
from initiatives.models import Initiative
from references.loading import import_works

SHEETS, QUIET_SECONDS = 1_000, 10
LOCK_TIMEOUT_SECONDS, PAUSE_SECONDS = 120, 0.05
STEPS = {}
PAGES = ("/initiatives/", "/findings/", "/barriers/mistrust/", "/")
FORMAT = (
    "{database}, {step}: {seconds:.1f} s, processor {processor:.1f} s, "
    "peak {peak:.0f} MB\n  reader: median {reader_median:.0f} ms, longest "
    "{reader_longest:.0f} ms; curator: median {curator_median:.0f} ms, longest "
    "{curator_longest:.0f} ms\n"
)


def main() -> None:
    words = sys.argv[1:]
    if words and words[0] in STEPS:
        json.dump(run_step(*words), sys.stdout)
    elif len(words) > 1:
        json.dump(measure(int(words[0])), sys.stdout)
    else:
        sheets = [int(word) for word in words] or [SHEETS]
        for row in databases.measure("imports", "bench.imports", sheets)["rows"]:
            sys.stdout.write(FORMAT.format(**row))


def measure(n: int) -> list[dict[str, Any]]:
    """Return a row for a quiet site, one for the preview and one for the writing."""
    servers.set_up_site()
    call_command("load_content", verbosity=0, stdout=sys.stderr)
    upload = create_upload(n, by=User.objects.create_superuser("curator"))
    call_command("rebuild_search", verbosity=0, stdout=sys.stderr)
    with servers.casebase() as server:
        visit_while(server.port, lambda: Event().wait(QUIET_SECONDS))
        rows = [visit_while(server.port, wait_quietly)]
        rows += [
            visit_while(server.port, lambda step=step: start_step(step, upload))
            for step in STEPS
        ]
    connection.close()
    return [{"database": connection.vendor, "sheets": n} | row for row in rows]


def create_upload(n: int, by: User) -> Upload:
    """Return an upload of so many sheets, with their works in the database."""
    sheets = copied_sheets(n)
    with tracked_transaction():
        import_works(files=[ParsedFile("works", copied_works(sheets), {})])
    return Upload.objects.create(
        kind=Upload.Kind.CASES,
        by=by,
        name="sheets.zip",
        n_files=n,
        content=pack((sheet.name, sheet.text.encode()) for sheet in sheets),
    )


def wait_quietly() -> dict[str, Any]:
    Event().wait(QUIET_SECONDS)
    figures = {"seconds": QUIET_SECONDS, "processor": 0, "peak": 0}
    return {"step": "without an import"} | figures


def start_step(step: str, upload: Upload) -> dict[str, Any]:
    """Run a step in a process of its own, and return its figures."""
    command = [sys.executable, "-m", "bench.configured", "bench.imports"]
    done = subprocess.run(  # noqa: S603 -- a module of ours
        [*command, step, upload.token],
        env=os.environ,
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def run_step(step: str, token: str) -> dict[str, Any]:
    upload = Upload.objects.get(token=token)
    start, start_processor = perf_counter(), process_time()
    STEPS[step](upload)
    return {
        "step": step,
        "seconds": perf_counter() - start,
        "processor": process_time() - start_processor,
        "peak": servers.memory_mb("VmHWM"),
    }


def look(upload: Upload) -> None:
    preview = KINDS[upload.kind].build_preview(upload, iter)
    upload.confirm(preview["mark"], {})


def write(upload: Upload) -> None:
    """Raises RuntimeError if nothing is written."""
    if reasons := apply_upload.try_to_apply(upload):
        raise RuntimeError(reasons)


STEPS |= {"look": look, "write": write}


def visit_while(port: int, work: Callable[[], Any]) -> dict[str, Any]:
    """Return the figures of the work, and the times of those who visit meanwhile."""
    done = Event()
    with ThreadPoolExecutor(2) as pool:
        visits = {
            "reader": pool.submit(repeat, read_pages(port), done),
            "curator": pool.submit(repeat, save_case, done),
        }
        try:
            figures = work()
        finally:
            done.set()
    row = dict(figures) if isinstance(figures, dict) else {}
    for who, times in visits.items():
        row |= {f"{who}_median": median(times.result())}
        row |= {f"{who}_longest": max(times.result())}
    return row


def repeat(visit: Callable[[], None], done: Event) -> list[float]:
    """Return the milliseconds of each visit, until the work is done."""
    times = []
    while not times or not done.wait(PAUSE_SECONDS):
        start = perf_counter()
        visit()
        times.append((perf_counter() - start) * 1000)
    connection.close()
    return times


def read_pages(port: int) -> Callable[[], None]:
    client, numbers = HTTPConnection("127.0.0.1", port, timeout=600), count()

    def read() -> None:
        n = next(numbers)
        fetch_page(client, f"{PAGES[n % len(PAGES)]}?utm_source={n}")

    return read


def save_case() -> None:
    """Change a public case, as the desk does."""
    with write_lock_timeout(LOCK_TIMEOUT_SECONDS), tracked_transaction(action="form"):
        case = Initiative.objects.published().first()
        case.tagline = f"Saved at {perf_counter()}"
        case.save()


if __name__ == "__main__":
    main()
