"""The metrics and logs of a server with two workers, one of which is killed."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.browser.server import build_environment
from tests.monitoring.samples import value

pytestmark = pytest.mark.once

BOOTED = re.compile(r"Booting worker with pid: (\d+)")
OPEN = re.compile(r"Open (http://127\.0\.0\.1:\d+) in a browser")


class Server:
    """gunicorn in a process of its own, with an empty database and logs in JSON."""

    def __init__(self, folder):
        self.access_log = folder / "access.log"
        options = ["--bind=127.0.0.1:0", f"--access-logfile={self.access_log}"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "casebase.wsgi", *options],
            env=build_environment(folder)
            | {"LOG_FORMAT": "json", "JOB_PROCESSES": "0"},
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines = SimpleQueue()
        # All is read at once: a server whose pipe is full would wait for us.
        Thread(target=self.read_lines, daemon=True).start()
        self.workers = []
        self.address = self.wait_for(OPEN)
        while len(self.workers) < 2:
            self.wait_for(BOOTED)

    def read_lines(self):
        for line in self.process.stderr:
            self.lines.put(line)
        self.lines.put("")
        self.process.stderr.close()

    def wait_for(self, pattern):
        """Return the group of the next line that has this; note workers on the way."""
        for line in iter(self.lines.get, ""):
            if booted := BOOTED.search(line):
                self.workers.append(int(booted[1]))
            if found := pattern.search(line):
                return found[1]
        raise AssertionError(f"The server ended without {pattern.pattern}")

    def send(self, method, path):
        request = Request(self.address + path, method=method)  # noqa: S310
        try:
            with urlopen(request) as answer:  # noqa: S310
                return answer.read().decode()
        except HTTPError as error:
            return error.read().decode()

    def folder(self):
        """Return the folder of its workers, from what one has mapped into memory."""
        maps = Path(f"/proc/{self.workers[-1]}/maps").read_text()
        return Path(re.search(r"\S+/casebase-metrics-[^/]+", maps)[0])

    def stop(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def server(tmp_path):
    started = Server(tmp_path)
    yield started
    started.stop()


def wait_until_counting(folder, worker):
    """Return when the worker, which says before that it is there, has its file."""
    end = monotonic() + 60
    while not (folder / f"gauge_livemax_{worker}.db").exists():
        assert monotonic() < end


def test_counts_are_those_of_all_workers_also_of_killed_ones(server):
    def refused():
        metrics = server.send("GET", "/metrics/")
        return value("casebase_requests_total", metrics, method="other", status="405")

    for _ in range(5):
        assert "no other method" in server.send("PUT", f"/plan/{'0' * 32}/")
    assert refused() == 5
    killed, folder = server.workers[0], server.folder()
    os.kill(killed, signal.SIGKILL)
    server.wait_for(BOOTED)
    assert refused() == 5
    assert not [*folder.glob(f"*_{killed}.db")]
    wait_until_counting(folder, server.workers[-1])
    assert value("casebase_workers", server.send("GET", "/metrics/")) == 2
    server.stop()
    assert not folder.exists()
    logged = [json.loads(line) for line in server.access_log.read_text().splitlines()]
    assert len(logged) == 8
    assert (logged[0]["path"], logged[0]["status"]) == ("/plan/…/", 405)
    assert re.fullmatch("[0-9a-f]{12}", logged[0]["request_id"])
