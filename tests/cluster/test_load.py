"""What is sent to the site on heavy days, and how its answers are counted."""

import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.cluster import load_report
from tests.cluster.fuzz import fuzz, request
from tests.cluster.load import NO_ANSWER, Client, Load, open_link

pytestmark = pytest.mark.once


class Site(BaseHTTPRequestHandler):
    """Answers with the status that the path names; /broken is not answered."""

    protocol_version = "HTTP/1.1"
    asked = []

    def do_GET(self):
        self.asked.append((self.path, self.headers["Cookie"]))
        if self.path == "/broken":
            self.close_connection = True
            return
        body = b'<link href="/static/a.css"><script src="/static/b.js"></script>'
        self.send_response(int(self.path[1:4]) if self.path[1:4].isdigit() else 200)
        self.send_header("Set-Cookie", "just-sent=1; Max-Age=0; Path=/")
        self.send_header("Set-Cookie", 'kept="a b"; Path=/; HttpOnly')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def address():
    Site.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_link_is_opened_by_each_reader_with_its_files(address):
    load = open_link(address, "/page", readers=3, seconds=0)
    assert load.counts == {
        ("3 readers", "page", 200): 3,
        ("3 readers", "file", 200): 6,
    }
    assert len(load.seconds["3 readers"]) == 3


def test_errors_of_the_site_are_told(address, capsys):
    load = Load(address, phase="cache killed")
    with closing(Client(address)) as client:
        for path in ("/200", "/404", "/503", "/broken", "/200"):
            load.count(client, "page", path)
    assert load.counts["cache killed", "page", NO_ANSWER] == 1
    assert load_report.report(load)
    told = capsys.readouterr().out
    assert "page 200: 2, page 404: 1, page 503: 1, page no answer: 1" in told
    assert "cache killed: page /503 503" in told
    assert "5 requests, 2 errors of the site." in told


def test_cookies_last_as_long_as_they_say(address):
    with closing(Client(address)) as client:
        client.send("/")
        client.send("/")
    assert Site.asked == [("/", ""), ("/", 'kept="a b"')]


def test_nonsense_is_the_same_each_time():
    requests = [request(number, "site") for number in range(500)]
    assert requests == [request(number, "site") for number in range(500)]
    assert len(set(requests)) > 450
    assert all(b"\r\nHost: site\r\n" in sent for sent in requests)


def test_nonsense_is_counted_by_its_answers(address):
    statuses = fuzz(address, first=0, n=40)
    assert statuses.total() == 40
    # The server knows no other methods, and refuses what is no request.
    assert {200, 501} <= statuses.keys()
