"""Fifty readers who ask the real server for different lists at the same time."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from references.styles.locales import LOCALES
from references.styles.pandoc import MAX_PROCESSES
from references.styles.style_search import COMMON_STYLE_IDS

READERS = 50
PLAIN = ("/about/", "/barriers/mistrust/", "/initiatives/?country=DE", "/health/")


def get_status(site, path):
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def hang_up(site, path):
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    connection.request("GET", path)
    connection.close()


def find_pandoc_processes():
    """Return the ids of the processes that the server and its children have started."""
    parents, names = {}, {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            stat = (process / "stat").read_text()
            names[int(process.name)] = (process / "cmdline").read_text()
        except OSError:  # The process has ended.
            continue
        parents[int(process.name)] = int(stat.rpartition(")")[2].split()[1])
    return [
        pid
        for pid, name in names.items()
        if "pandoc\0+RTS" in name and os.getpid() in ancestors(pid, parents)
    ]


def ancestors(pid, parents):
    while pid:
        yield pid
        pid = parents.get(pid)


def send_requests(site, is_enough):
    """Return the statuses of the responses to 50 readers, half of whom hang up.

    Requests are repeated in another style until ``is_enough`` is set, and each reader
    has another language, so that no response comes from a cache.
    """
    answers = []
    with ThreadPoolExecutor(READERS) as readers:
        for style in cycle(COMMON_STYLE_IDS):
            base = f"/references/bibliography/?style={style}&locale="
            paths = [base + code for code in LOCALES][:READERS]
            for path in paths[::2]:
                readers.submit(hang_up, site, path)
            answers += readers.map(get_status, [site] * READERS, paths[1::2])
            if is_enough.is_set():
                return answers


@contextmanager
def count_pandoc_processes():
    """Yield a set of the numbers of pandoc processes that ran at the same time."""
    seen, done = set(), Event()

    def count():
        while not done.wait(0.01):
            seen.add(len(find_pandoc_processes()))

    counter = Thread(target=count)
    counter.start()
    yield seen
    done.set()
    counter.join()


def test_few_pandoc_processes_run_and_plain_pages_answer(site):
    plain, is_enough = [], Event()
    with count_pandoc_processes() as seen, ThreadPoolExecutor(1) as pool:
        wanted = pool.submit(send_requests, site, is_enough)
        try:
            while not wanted.done():
                plain += [get_status(site, path) for path in PLAIN]
                # The first pages may have been requested before the others.
                if len(plain) > len(PLAIN):
                    is_enough.set()
        finally:
            is_enough.set()
        answers = wanted.result()
    assert 0 < max(seen) <= MAX_PROCESSES
    assert set(answers) <= {200, 503}
    assert len(plain) > len(PLAIN)
    assert set(plain) == {200}
    # A reader who got a 503 gets the list in the end.
    path = "/references/bibliography/?locale=de-DE"
    while get_status(site, path) == 503:
        continue
    assert get_status(site, path) == 200


def test_renderings_that_nobody_waits_for_end_too(site):
    hang_up(site, "/references/bibliography/?style=din-1505-2")
    while find_pandoc_processes():
        assert get_status(site, "/health/") == 200
