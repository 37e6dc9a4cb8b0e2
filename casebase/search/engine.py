"""What the index asks of a database: functions of postgresql.py and of sqlite.py."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from casebase.search.query_tree import Query, Term

# A row to be written: values in the order of the columns.
type Row = tuple[Any, ...]


class TablesInUseError(Exception):
    """Somebody reads tables that were to be replaced."""


class Engine(Protocol):
    """A module with the index of one database. ``table`` holds one kind of document."""

    COLUMNS: Sequence[str]

    def create(self, table: str) -> None: ...

    def matching(self, table: str, query: Query) -> list[int]: ...

    def named(self, table: str, query: Query) -> list[int]: ...

    def ranked(
        self, table: str, query: Query, candidates: Iterable[int], limit: int
    ) -> list[int]: ...

    def having(
        self, table: str, words: Collection[Term], limit: int
    ) -> list[tuple[int, int]]: ...

    def nearest(
        self,
        table: str,
        words: Mapping[Term, float],
        candidates: Iterable[int],
        limit: int,
    ) -> list[int]: ...

    def rows(self, streams: Mapping[int, Iterable[Collection[str]]]) -> list[Row]: ...

    def write(self, table: str, rows: Iterable[Row]) -> None: ...

    def erase(self, table: str, records: Iterable[int]) -> None: ...
