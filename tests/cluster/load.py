"""Steady load on an address: readers who never pause, and curators who save."""

import http.client
import math
import random
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import urlencode, urlsplit

import lxml.html

CURATOR = {"username": "curator", "password": "the desk by the window"}
# For `manage.py shell`.
ADD_CURATOR = f"""
from django.contrib.auth.models import User
User.objects.create_superuser(**{CURATOR})
"""
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
PAUSE = 0.5
# What who saves a form gets if it is stored.
REDIRECT = 302
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TERM = "/admin/initiatives/barrier/"


class Client:
    """A connection that stays open, with the cookies that the site set."""

    def __init__(self, address: str) -> None:
        self.address = address
        # Name → value, and when it expires, by time.monotonic().
        self.cookies: dict[str, tuple[str, float]] = {}
        self.connect()

    def connect(self) -> None:
        netloc = urlsplit(self.address).netloc
        self.connection = http.client.HTTPConnection(netloc, timeout=60)

    def close(self) -> None:
        self.connection.close()

    def send(
        self, path: str, fields: dict[str, str] | None = None
    ) -> tuple[int, bytes, str]:
        """Return status, body and Location; a form with these fields is a POST."""
        headers = {"Cookie": self.cookie(), "Origin": self.address}
        headers["Referer"] = self.address
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
            self.keep(header)
        return response.status, content, response.getheader("Location", "")

    def keep(self, header: str) -> None:
        """Keep what Set-Cookie says, for as long as it says."""
        for name, cookie in SimpleCookie(header).items():
            seconds = float(cookie["max-age"] or math.inf)
            self.cookies[name] = cookie.coded_value, time.monotonic() + seconds

    def cookie(self) -> str:
        """Return the cookies that have not expired, as a header has them."""
        now = time.monotonic()
        kept = {name: value for name, (value, end) in self.cookies.items() if end > now}
        return "; ".join(f"{name}={value}" for name, value in kept.items())


def is_error(status: int) -> bool:
    """Whether the status is an error of the site."""
    return status == NO_ANSWER or status >= 500


@dataclass
class Load:
    """``phase`` names what happens now; ``counts`` has (phase, what, status) → n."""

    address: str
    phase: str = "start"
    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    # Phase → seconds that each page or form took.
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    # Phase → when the first and the last error came, by time.monotonic().
    failing: dict[str, tuple[float, float]] = field(default_factory=dict)
    # Texts of terms that curators saved, as the site told them.
    saved: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def count(self, client: Client, what: str, path: str, **options) -> bytes:
        """Send a request, count its status and return the body."""
        return self.ask(client, what, path, **options)[1]

    def ask(
        self, client: Client, what: str, path: str, **options
    ) -> tuple[int, bytes, str]:
        """Send a request, and count its status and time."""
        phase, began = self.phase, time.monotonic()
        answer = status, _, _ = client.send(path, **options)
        now = time.monotonic()
        self.counts[phase, what, status] += 1
        if what != "file":
            self.seconds[phase].append(now - began)
        if is_error(status):
            told = f"{phase}: {what} {path} {status} after {now - began:.2f} s"
            self.errors.append(told)
            first, _ = self.failing.get(phase, (began, now))
            self.failing[phase] = first, now
        if status == NO_ANSWER:
            # As somebody who loads the page again.
            self.stopped.wait(PAUSE)
        return answer

    def read(self, seed: int) -> None:
        """Ask for pages and all files that they name, in an order of its own."""
        choose = random.Random(seed)  # noqa: S311 -- the same for each run, no secret
        seen: set[bytes] = set()
        with closing(Client(self.address)) as client:
            while not self.stopped.is_set():
                self.open(client, choose.choice(PAGES), seen)
                if choose.random() < 0.05:
                    kept = {"keep": "c1", "back": "/"}
                    self.count(client, "form", "/shortlist/keep/", fields=kept)

    def open(self, client: Client, path: str, seen: set[bytes]) -> None:
        """Ask for a page and for all files of it that were not seen yet."""
        content = self.count(client, "page", path)
        for file in set(FILE.findall(content)) - seen:
            seen.add(file)
            self.count(client, "file", file.decode())

    def visit(self, path: str, after: float) -> None:
        """Open a link that was not opened before, after some seconds."""
        if not self.stopped.wait(after):
            with closing(Client(self.address)) as client:
                self.open(client, path, set())

    def curate(self, number: int = 0) -> None:
        """Sign in, and save the definition of a term of one's own again and again."""
        term = ""
        with closing(Client(self.address)) as client:
            for n in count(1):
                if self.stopped.wait(0.2):
                    return
                # An error has no form; it is counted. Sessions end.
                form = term and self.fill_in(client, term)
                if not form or "definition" not in form:
                    term = self.sign_in(client, number)
                    continue
                form["definition"] = f"Saved {n} times by curator {number}."
                self.save(client, term, form | {"_save": "Save"})

    def save(self, client: Client, term: str, form: dict[str, str]) -> None:
        """Send the form of a term, and note if the site says that it is saved."""
        status, _, location = self.ask(client, "save", term, fields=form)
        if status == REDIRECT and location == TERM:
            self.saved.append(form["definition"])

    def sign_in(self, client: Client, number: int) -> str:
        """Sign in; return the address of the term of that number, or nothing."""
        if login := self.fill_in(client, "/admin/login/?next=/admin/"):
            self.count(client, "sign-in", "/admin/login/", fields=login | CURATOR)
        listed = self.count(client, "desk", TERM).decode()
        terms = sorted(set(re.findall(rf"{TERM}\d+/change/", listed)))
        return terms[number] if terms else ""

    def fill_in(self, client: Client, path: str) -> dict[str, str]:
        """Return what the page's form would send unchanged; empty without a form."""
        # As text: of bytes, lxml would not believe that they are UTF-8.
        page = lxml.html.fromstring(self.count(client, "desk", path).decode() or "<p>")
        forms = [f for f in page.forms if "csrfmiddlewaretoken" in f.fields]
        main = max(forms, key=lambda form: len(form.fields), default=None)
        return {} if main is None else dict(main.form_values())


@contextmanager
def steady_load(address: str, readers: int = 4, curators: int = 1) -> Iterator[Load]:
    """Yield a load that goes on meanwhile: some readers and curators."""
    load = Load(address)
    targets = [(load.read, (seed,)) for seed in range(readers)]
    targets += [(load.curate, (number,)) for number in range(curators)]
    with running(targets):
        try:
            yield load
        finally:
            load.stopped.set()


def open_link(address: str, path: str, readers: int, seconds: float) -> Load:
    """Let so many readers open a link, each once, spread over these seconds."""
    load = Load(address, phase=f"{readers} readers")
    with running([(load.visit, (path, n * seconds / readers)) for n in range(readers)]):
        return load


@contextmanager
def running(targets: Sequence[tuple[Callable[..., None], tuple]]) -> Iterator[None]:
    """Run these functions in threads, and wait for them in the end."""
    threads = [threading.Thread(target=f, args=args) for f, args in targets]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()
