"""A local server that stands in for Crossref, with answers set by a test."""

import json
from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import unquote


class StandIn:
    """Gives the answers that were set for each DOI, one after the other."""

    def __init__(self):
        self.said = defaultdict(list)
        self.asked = []
        self.agents = []
        # Set at the end of a test, to end responses that never end.
        self.over = Event()

    def knows(self, doi, **message):
        body = {"status": "ok", "message": {"DOI": doi} | message}
        self.answers(doi, body=json.dumps(body).encode())

    def answers(self, doi, *, status=200, body=b"", never_ends=False, **headers):
        self.said[doi].append((status, body, never_ends, headers))

    def answer_to(self, path):
        doi = unquote(path).removeprefix("/works/")
        self.asked.append(doi)
        answers = self.said[doi] or [(404, b"Resource not found.", False, {})]
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Handler(BaseHTTPRequestHandler):
    def __init__(self, stand_in, *request):
        self.stand_in = stand_in
        super().__init__(*request)

    def do_GET(self):
        self.stand_in.agents.append(self.headers["User-Agent"])
        status, body, never_ends, headers = self.stand_in.answer_to(self.path)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        if never_ends:
            self.wfile.flush()
            self.stand_in.over.wait(30)

    def log_message(self, *_):
        pass


@contextmanager
def running():
    """Run the server; yield the stand-in and its address."""
    stand_in = StandIn()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, stand_in))
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield stand_in, f"http://127.0.0.1:{server.server_port}"
    finally:
        stand_in.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
