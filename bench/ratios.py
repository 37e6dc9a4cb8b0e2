"""What the bars of lists are about: how much longer one thing takes than another."""

from collections.abc import Iterator
from typing import Any, NamedTuple

SEARCHES = ("a common word", "a rare word", "three words")
# A page that nobody has asked for before, and one that is remembered.
WAYS = {"made": "Casebase", "kept": "Casebase, kept"}


class Place(NamedTuple):
    database: str
    cases: int


class Medians:
    """Of a run: milliseconds by what was asked, of which server, and where."""

    def __init__(self, rows: list[dict[str, Any]]):
        self.taken = {
            (row["what"], row["server"], Place(row["database"], row["cases"])): row[
                "median"
            ]
            for row in rows
            if "median" in row
        }

    def of(self, what: str, server: str, place: Place) -> float:
        """Zero where it was not measured."""
        return self.taken.get((what, server, place), 0.0)

    def ratios(self, place: Place, smallest: Place) -> Iterator[tuple[str, float]]:
        """By name, those that were measured here."""
        for way, ours in WAYS.items():
            page = self.of("list", ours, place)
            for name, over, under in (
                ("Datasette / Casebase", self.of("list", "Datasette", place), page),
                ("Casebase / bare view", page, self.of("list", "bare view", place)),
                (f"here / {smallest.cases:,}", page, self.of("list", ours, smallest)),
            ):
                if over and under:
                    yield f"list {way}, {name}", over / under
            for what in SEARCHES:
                least = self.of(what, "bare query", place) + page
                if found := self.of(what, ours, place):
                    yield f"{what} {way} / bare query + list {way}", found / least
