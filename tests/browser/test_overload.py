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


def status_of(site, path):
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


def pandocs():
    """Those that the server, a child of this process, and its children have started."""
    parents, names = {}, {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            stat = (process / "stat").read_text()
            names[int(process.name)] = (process / "cmdline").read_text()
        except OSError:  # It has ended just now.
            continue
        parents[int(process.name)] = int(stat.rpartition(")")[2].split()[1])
    return [
        pid
        for pid, name in names.items()
        if "pandoc\0+RTS" in name and os.getpid() in lineage(pid, parents)
    ]


def lineage(pid, parents):
    while pid:
        yield pid
        pid = parents.get(pid)


def crowd(site, looked):
    """What it is answered. It comes again, until somebody has ``looked``, in one style
    after the other and every reader in a language of their own, so that nothing is kept
    for them; half of them leave.
    """
    answers = []
    with ThreadPoolExecutor(READERS) as readers:
        for style in cycle(COMMON_STYLE_IDS):
            base = f"/references/bibliography/?style={style}&locale="
            paths = [base + code for code in LOCALES][:READERS]
            for path in paths[::2]:
                readers.submit(hang_up, site, path)
            answers += readers.map(status_of, [site] * READERS, paths[1::2])
            if looked.is_set():
                return answers


@contextmanager
def counted_pandocs():
    """The numbers of them that were seen at once."""
    seen, done = set(), Event()

    def count():
        while not done.wait(0.01):
            seen.add(len(pandocs()))

    counter = Thread(target=count)
    counter.start()
    yield seen
    done.set()
    counter.join()


def test_few_pandocs_run_and_plain_pages_answer(site):
    plain, looked = [], Event()
    with counted_pandocs() as seen, ThreadPoolExecutor(1) as pool:
        wanted = pool.submit(crowd, site, looked)
        try:
            while not wanted.done():
                plain += [status_of(site, path) for path in PLAIN]
                # Once might have been before the crowd came.
                if len(plain) > len(PLAIN):
                    looked.set()
        finally:
            looked.set()
        answers = wanted.result()
    assert 0 < max(seen) <= MAX_PROCESSES
    assert set(answers) <= {200, 503}
    assert len(plain) > len(PLAIN)
    assert set(plain) == {200}
    # Who was told to come back gets the list in the end.
    path = "/references/bibliography/?locale=de-DE"
    while status_of(site, path) == 503:
        continue
    assert status_of(site, path) == 200


def test_lists_that_nobody_waits_for_end_too(site):
    hang_up(site, "/references/bibliography/?style=din-1505-2")
    while pandocs():
        assert status_of(site, "/health/") == 200
