"""A local server that stands in for Crossref, with answers set by a test."""

import json
from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import unquote


class FakeCrossref:
    """Gives the answers that were set for each DOI, one after the other."""

    def __init__(self):
        self.answers = defaultdict(list)
        self.requested = []
        self.user_agents = []
        # Set at the end of a test, to end responses that never end.
        self.is_over = Event()

    def add_work(self, doi, **message):
        body = {"status": "ok", "message": {"DOI": doi} | message}
        self.add_answer(doi, body=json.dumps(body).encode())

    def add_answer(self, doi, *, status=200, body=b"", never_ends=False, **headers):
        self.answers[doi].append((status, body, never_ends, headers))

    def next_answer(self, path):
        doi = unquote(path).removeprefix("/works/")
        self.requested.append(doi)
        answers = self.answers[doi] or [(404, b"Resource not found.", False, {})]
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Handler(BaseHTTPRequestHandler):
    def __init__(self, crossref, *request):
        self.crossref = crossref
        super().__init__(*request)

    def do_GET(self):
        self.crossref.user_agents.append(self.headers["User-Agent"])
        status, body, never_ends, headers = self.crossref.next_answer(self.path)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        if never_ends:
            self.wfile.flush()
            self.crossref.is_over.wait(30)

    def log_message(self, *_):
        pass


@contextmanager
def running_crossref():
    """Run the server; yield the fake and its address."""
    crossref = FakeCrossref()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, crossref))
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield crossref, f"http://127.0.0.1:{server.server_port}"
    finally:
        crossref.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()
