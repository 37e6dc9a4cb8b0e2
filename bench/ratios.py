"""Ratios of times, which the targets of docs/performance.md are about."""

from collections.abc import Iterator
from typing import Any, NamedTuple

SEARCHES = ("a common word", "a rare word", "three words")
# Name of a comparison → the number of its cases.
COMPARED = {"two cases compared": 2, "four cases compared": 4}
# Whether a page is rendered or comes from the cache → the name of the server.
SERVERS = {"rendered": "Casebase", "cached": "Casebase, cached"}


class Setup(NamedTuple):
    database: str
    cases: int


class Medians:
    """The median times of a run in milliseconds."""

    def __init__(self, rows: list[dict[str, Any]]):
        self.times = {
            (row["what"], row["server"], Setup(row["database"], row["cases"])): row[
                "median"
            ]
            for row in rows
            if "median" in row
        }

    def of(self, what: str, server: str, setup: Setup) -> float:
        """Return a median, or 0 if it was not measured."""
        return self.times.get((what, server, setup), 0.0)

    def ratios(self, setup: Setup, smallest: Setup) -> Iterator[tuple[str, float]]:
        """Yield the names and values of the ratios that were measured in a setup.

        ``smallest`` is the setup with the same database and the fewest cases.
        """
        for state, server in SERVERS.items():
            page = self.of("list", server, setup)
            for name, over, under in (
                ("Datasette / Casebase", self.of("list", "Datasette", setup), page),
                ("Casebase / bare view", page, self.of("list", "bare view", setup)),
                (f"here / {smallest.cases:,}", page, self.of("list", server, smallest)),
            ):
                if over and under:
                    yield f"list {state}, {name}", over / under
            yield from self.beside_list(setup, state)
            for what in SEARCHES:
                bare = self.of(what, "bare query", setup) + page
                if search := self.of(what, server, setup):
                    yield f"{what} {state} / bare query + list {state}", search / bare
            for what, n in COMPARED.items():
                pages = n * self.of("case", server, setup)
                if pages and (compared := self.of(what, server, setup)):
                    yield f"{what} {state} / {n} × case {state}", compared / pages

    def beside_list(self, setup: Setup, state: str) -> Iterator[tuple[str, float]]:
        """Yield those of pages that are compared with the list of cases."""
        server = SERVERS[state]
        for what in ("findings", "matrix", "map"):
            if time := self.of(what, server, setup):
                ratio = time / self.of("list", server, setup)
                yield f"{what} {state} / list {state}", ratio
        over, under = (
            self.of("matrix", "Datasette", setup),
            self.of("matrix", server, setup),
        )
        if over and under:
            yield f"matrix {state}, Datasette / Casebase", over / under
