"""The files of deploy/nginx/ in a real nginx, in front of two small web servers."""

import http.client
import json
import re
import socket
import subprocess
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.cluster import servers

pytestmark = pytest.mark.once


class Machine(BaseHTTPRequestHandler):
    """Responds with its port and the headers that it got."""

    protocol_version = "HTTP/1.1"
    statuses = {}

    def do_GET(self):
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        port = self.server.server_port
        if self.headers.get("X-Break"):
            self.server.broken += 1
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        body = json.dumps({"port": port} | dict(self.headers)).encode()
        self.send_response(self.server.statuses.get(self.path, 200))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_):
        pass


@contextmanager
def running_machine(port=0):
    machine = ThreadingHTTPServer((servers.HOST, port), Machine)
    machine.statuses, machine.broken = {}, 0
    Thread(target=machine.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield machine
    finally:
        machine.shutdown()
        machine.server_close()


@pytest.fixture
def machines():
    with running_machine() as one, running_machine() as two:
        yield one, two


@pytest.fixture
def port():
    return servers.free_ports(1)[0]


@pytest.fixture
def proxy(tmp_path, machines, port):
    """nginx in front of the machines."""
    if not servers.nginx_program():
        pytest.skip("needs nginx")
    tmp_path.chmod(0o755)
    proxy = servers.proxy(tmp_path, port, [m.server_port for m in machines])
    proxy.start()
    yield proxy
    proxy.stop()


@pytest.fixture
def send(proxy, port):
    """A function that sends a request to nginx; it returns the status and the body."""

    def ask(method, path, **headers):
        connection = http.client.HTTPConnection(servers.HOST, port, timeout=10)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        is_ours = body.startswith(b"{")
        return response.status, json.loads(body) if is_ours else {}

    return ask


def test_headers_of_clients_about_themselves_are_replaced(send):
    forged = {
        "X_Forwarded_For": "192.0.2.1",
        "X_Forwarded_Proto": "https",
        "X_Request_ID": "mine",
        "Host": "casebase.example",
    }
    status, got = send("GET", "/", **forged)
    assert status == 200
    assert got["X-Forwarded-For"] == servers.HOST
    assert got["X-Forwarded-Proto"] == "http"
    assert re.fullmatch(r"[0-9a-f]{32}", got["X-Request-ID"])
    assert got["Host"] == "casebase.example"


def test_readers_do_not_notice_a_machine_that_is_gone(send, machines):
    assert {send("GET", "/")[1]["port"] for _ in range(4)} == {
        machine.server_port for machine in machines
    }
    machines[0].shutdown()
    machines[0].server_close()
    for method in ("GET", "POST", "HEAD") * 3:
        status, got = send(method, "/")
        assert status == 200
        assert not got or got["port"] == machines[1].server_port


def test_a_page_is_asked_for_again_if_the_connection_breaks_but_no_form_is(
    send, machines
):
    """Both machines break the connection after they have read the request."""
    assert send("GET", "/", X_Break="1")[0] == 502
    assert [machine.broken for machine in machines] == [1, 1]


def test_a_form_that_was_sent_is_not_sent_again(send, machines):
    assert send("POST", "/", X_Break="1")[0] == 502
    assert sum(machine.broken for machine in machines) == 1


def test_a_machine_that_is_busy_is_not_left_alone(send, machines):
    for machine in machines:
        machine.statuses["/busy/"] = 503
    assert {send("GET", "/busy/")[0] for _ in range(4)} == {503}
    assert send("GET", "/")[0] == 200


def test_files_of_another_release_come_from_the_machine_that_has_them(send, machines):
    machines[0].statuses["/static/css/base.1a2b3c.css"] = 404
    machines[0].statuses["/none/"] = machines[1].statuses["/none/"] = 404
    for _ in range(2):
        status, got = send("GET", "/static/css/base.1a2b3c.css")
        assert (status, got["port"]) == (200, machines[1].server_port)
    assert send("GET", "/none/")[0] == 404


def test_metrics_are_not_public(send):
    assert send("GET", "/metrics/")[0] == 404


def test_many_forms_from_one_address_are_refused_and_pages_are_not(send):
    assert {send("GET", "/")[0] for _ in range(100)} == {200}
    assert {send("POST", "/")[0] for _ in range(100)} == {200, 429}


def test_private_links_are_not_logged(send, proxy, tmp_path):
    assert send("GET", f"/plan/{'a' * 32}/?page=2")[0] == 200
    assert send("GET", "/plan/sessions/?page=3")[0] == 200
    # nginx logs after it has responded.
    proxy.stop()
    log = (tmp_path / "nginx-access.log").read_text()
    assert "aaaa" not in log
    assert "a private link" in log
    assert "/plan/sessions/?page=3" in log


def test_the_cluster_and_the_sample_leave_machines_alone_for_the_same_time():
    sample = (servers.DEPLOY / "nginx/casebase.conf").read_text()
    assert sample.count(servers.WEB_PARAMETERS) == 2


def make_certificate(tmp_path):
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-nodes", "-subj", "/CN=casebase.example"),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-keyout", "casebase.key", "-out", "casebase.crt"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )


def test_the_sample_is_valid(tmp_path):
    """With names and a certificate that this machine has."""
    if not servers.nginx_program():
        pytest.skip("needs nginx")
    sample = (servers.DEPLOY / "nginx/casebase.conf").read_text()
    for name, value in {
        "include casebase/": f"include {servers.DEPLOY}/nginx/",
        "web-1": servers.HOST,
        "web-2": servers.HOST,
        "/var/log/nginx/": f"{tmp_path}/",
        "tls/casebase": f"{tmp_path}/casebase",
    }.items():
        sample = sample.replace(name, value)
    make_certificate(tmp_path)
    main = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {sample} }}"
    (tmp_path / "nginx.conf").write_text(main)
    tested = subprocess.run(
        [servers.nginx_program(), "-t", "-c", tmp_path / "nginx.conf", "-e", "stderr"],
        capture_output=True,
        text=True,
    )
    assert tested.returncode == 0, tested.stderr
