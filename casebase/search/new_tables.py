"""New tables for the index, which are filled beside the old ones and replace them.

Nobody waits while they are filled, neither readers nor those who save records.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from casebase.search import name_index, postgresql_new_tables, sqlite_new_tables
from casebase.search.engine import Row
from casebase.search.index import Index
from casebase.search.models import Document, Name, Word
from casebase.search.searched_records import searched

ENGINES: dict[str, Any] = {
    "postgresql": postgresql_new_tables,
    "sqlite": sqlite_new_tables,
}

# Rows to be inserted: a table, its columns, and values in their order.
type Rows = tuple[str, Sequence[str], Iterable[Row]]


class NewTables:
    """One new table for each table of the index."""

    def __init__(self) -> None:
        self.engine = ENGINES[connection.vendor]
        self.of_models = [model._meta.db_table for model in (Document, Word, Name)]
        indexes = [*map(Index, searched), name_index.INDEX]
        self.of_indexes = [index.table for index in indexes]

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Create them, and drop those that nobody needs when the block has ended."""
        with self.engine.filling([*self.of_models, *self.of_indexes]):
            for table in self.of_models:
                self.engine.copy(table)
            for table in self.of_indexes:
                self.engine.create(table)
            yield

    def insert(self, *groups: Rows) -> None:
        """Insert rows into the new tables for these tables."""
        with self.engine.writing():
            for table, columns, rows in groups:
                self.engine.insert(table, columns, rows)

    def complete(self) -> None:
        """Make queries of them fast, once all rows are there."""
        self.engine.complete(self.of_indexes)

    def replace(self) -> None:
        """Let them replace the old ones. Needs a transaction.

        Raises TablesInUseError if the old ones are being read and can't be replaced.
        """
        self.engine.replace(self.of_models, self.of_indexes)
