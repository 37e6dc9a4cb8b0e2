"""The settings of gunicorn for connections, and how it stops."""

import re
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
# nginx, https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout
PROXY_KEEPALIVE_SECONDS = 60


def test_idle_connections_stay_open_longer_than_a_proxy_uses_them():
    seconds = SETTINGS["keepalive"]
    assert seconds > PROXY_KEEPALIVE_SECONDS
    manual = (ROOT / "docs/operating.md").read_text()
    assert f"stay open for {seconds} seconds" in manual


# Responds when it has the whole body, which the client sends when it likes.
WAITING_SITE = """
import sys

def application(environ, start_response):
    print("began", file=sys.stderr, flush=True)
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""


@pytest.fixture
def waiting_site(tmp_path):
    """A process of gunicorn with our workers, and its port."""
    (tmp_path / "waiting_site.py").write_text(WAITING_SITE)
    command = [sys.executable, "-m", "gunicorn", "waiting_site:application"]
    options = ["--config", "/dev/null", "--workers=2", "--chdir", tmp_path]
    with subprocess.Popen(
        [*command, *options, "--bind=127.0.0.1:0", "-k", SETTINGS["worker_class"]],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        listening = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")
        yield server, int(next(filter(None, map(listening.search, server.stderr)))[1])
        server.kill()


def accepts_connections(port):
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


def test_who_stops_refuses_connections_at_once_and_finishes_requests(waiting_site):
    server, port = waiting_site
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
        while "began" not in server.stderr.readline():
            continue
        server.terminate()
        while accepts_connections(port):
            continue
        assert server.poll() is None
        client.sendall(b"done")
        assert client.recv(1_000).startswith(b"HTTP/1.1 200 OK")
    assert server.wait() == 0
