"""Steady load on an address: readers who never pause, and one curator who saves."""

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import lxml.html

CURATOR = {"username": "curator", "password": "the desk by the window"}
PAGES = [
    "/",
    "/initiatives/",
    "/initiatives/?country=DE",
    "/initiatives/?q=trust&sort=name",
    "/initiatives/export/csv/",
    "/initiatives/streetwatchers-weyhe/",
    "/initiatives/streetwatchers-weyhe/history/",
    "/barriers/mistrust/",
    "/findings/",
    "/matrix/",
    "/references/?q=co-production",
    "/references/export/bibtex/",
    "/search/?q=neighbours",
    "/feeds/initiatives/",
    "/admin/login/",
    "/ready/",
]
FILE = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
# What a request gets if the connection breaks or nobody answers.
NO_ANSWER = 0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TERM = "/admin/initiatives/barrier/"


class Client:
    """A connection that stays open, with the cookies that the site set."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}
        self.connect()

    def connect(self) -> None:
        netloc = urlsplit(self.address).netloc
        self.connection = http.client.HTTPConnection(netloc, timeout=60)

    def send(
        self, path: str, fields: dict[str, str] | None = None
    ) -> tuple[int, bytes, str]:
        """Return status, body and Location; a form with these fields is a POST."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Origin": self.address, "Referer": self.address}
        body = None if fields is None else urlencode(fields)
        method = "GET" if fields is None else "POST"
        try:
            self.connection.request(method, path, body, headers | FORM)
            response = self.connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connect()
            return NO_ANSWER, b"", ""
        for header in response.headers.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, content, response.getheader("Location", "")


@dataclass
class Load:
    """``phase`` names what happens now; ``counts`` has (phase, what, status) → n."""

    address: str
    phase: str = "start"
    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def count(self, client: Client, what: str, path: str, **options) -> bytes:
        """Send a request, count its status and return the body."""
        phase, began = self.phase, time.monotonic()
        status, content, _ = client.send(path, **options)
        took = time.monotonic() - began
        self.counts[phase, what, status] += 1
        self.slowest[phase] = max(took, self.slowest.get(phase, 0))
        if status == NO_ANSWER or status >= 500:
            self.errors.append(f"{phase}: {what} {path} {status} after {took:.2f} s")
        return content

    def read(self, seed: int) -> None:
        """Ask for pages and all files that they name, in an order of its own."""
        choose, client = random.Random(seed), Client(self.address)  # noqa: S311
        seen: set[bytes] = set()
        while not self.stopped.is_set():
            content = self.count(client, "page", choose.choice(PAGES))
            for path in set(FILE.findall(content)) - seen:
                seen.add(path)
                self.count(client, "file", path.decode())
            if choose.random() < 0.05:
                kept = {"keep": "c1", "back": "/"}
                self.count(client, "form", "/shortlist/keep/", fields=kept)

    def curate(self) -> None:
        """Sign in, and save the definition of a term again and again."""
        client = Client(self.address)
        login = self.fill_in(client, "/admin/login/?next=/admin/")
        self.count(client, "sign-in", "/admin/login/", fields=login | CURATOR)
        listed = self.count(client, "desk", TERM).decode()
        term = re.search(rf"{TERM}\d+/change/", listed)
        assert term, "the curator could not sign in"
        n = 0
        while not self.stopped.wait(0.2):
            n += 1
            # A page of an error has no form; the errors are counted.
            if form := self.fill_in(client, term[0]):
                form["definition"] = f"Saved {n} times under load."
                form["_save"] = "Save"
                self.count(client, "save", term[0], fields=form)

    def fill_in(self, client: Client, path: str) -> dict[str, str]:
        """Return what the page's form would send unchanged; empty without a form."""
        # As text: of bytes, lxml would not believe that they are UTF-8.
        page = lxml.html.fromstring(self.count(client, "desk", path).decode() or "<p>")
        forms = [f for f in page.forms if "csrfmiddlewaretoken" in f.fields]
        main = max(forms, key=lambda form: len(form.fields), default=None)
        return {} if main is None else dict(main.form_values())


@contextmanager
def steady_load(address: str, readers: int = 4) -> Iterator[Load]:
    """Yield a load that goes on meanwhile: some readers and a curator."""
    load = Load(address)
    targets = [(load.read, (seed,)) for seed in range(readers)] + [(load.curate, ())]
    threads = [threading.Thread(target=f, args=args) for f, args in targets]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.stopped.set()
        for thread in threads:
            thread.join()
