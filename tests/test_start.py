"""What gunicorn prints when the site starts."""

import os
import re
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest


@pytest.fixture
def server(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "SECRET_KEY": "q7-a-long-random-text-of-a-site-that-nobody-can-guess-02468",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DEBUG": "on",
    }
    command = [sys.executable, "-m", "gunicorn", "casebase.wsgi"]
    with subprocess.Popen(
        [*command, "--bind=127.0.0.1:0", f"--access-logfile={tmp_path / 'access.log'}"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        yield started
        started.terminate()
        started.stderr.read()


def test_the_address_is_printed_and_private_links_are_not(server, tmp_path):
    line = re.compile(r"Open (http://127\.0\.0\.1:\d+) in a browser\.")
    address = next(filter(None, map(line.match, server.stderr)))[1]
    with urlopen(f"{address}/static/favicon.svg") as answer:  # noqa: S310
        assert answer.status == 200
    with pytest.raises(HTTPError):
        urlopen(f"{address}/static/plan/{'0' * 32}/")  # noqa: S310
    server.terminate()
    server.wait()
    assert "/static/plan/…/ HTTP" in (tmp_path / "access.log").read_text()
