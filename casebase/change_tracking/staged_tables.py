"""New rows that are written beside their tables, and inserted into them in an instant.

While the rows are prepared, temporary tables take the names of the tables, and both
databases look there first. So the code that writes and reads the rows is the same as
ever, but it locks nobody out, and nobody else sees them. The temporary tables have all
constraints but foreign keys, which are checked when the rows are published.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import F

from casebase.change_tracking import postgresql_staging, sqlite_staging
from casebase.change_tracking.models import Counter, Touched
from casebase.change_tracking.tracked_tables import tracked
from casebase.registry import kind_of
from casebase.sql import execute

ENGINES = {"postgresql": postgresql_staging, "sqlite": sqlite_staging}
PREFIX = "staged_"
NOTE = """
INSERT INTO changes_touched (kind, key, version, is_followed)
SELECT %s, {table}.id, version, FALSE FROM {table}, changes_counter
WHERE {table}.id > %s
ON CONFLICT (kind, key) DO NOTHING
"""


class StagedTables:
    """Temporary tables for new rows of some models.

    ``copied`` are models whose existing rows are read beside new ones, ``models``
    the others, in an order in which their rows can be inserted. ``keys`` are columns
    that hold primary keys of a model without being foreign keys.
    """

    def __init__(
        self, copied: Sequence[Any], models: Sequence[Any], keys: Mapping[str, Any]
    ) -> None:
        self.copied, self.models, self.keys = copied, [*copied, *models], keys
        self.engine: Any = ENGINES[connection.vendor]
        # Model → the last primary key in its table when the temporary one was made, and
        # how many others have been added since.
        self.bases: dict[Any, int] = {}
        self.shifts: dict[Any, int] = {}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Within this block, queries read and write the temporary tables."""
        with self.engine.reading_transaction():
            for model in self.models:
                self._create(model)
            self._rename("", PREFIX)
            yield
            self._rename(PREFIX, "")

    def publish(self, **constants: Any) -> None:
        """Insert the new rows into the tables. What is derived of them is told to be
        up to date.

        Needs a transaction that blocks other writers, and in which nothing else was
        written so far. Rows that were added since keep their primary keys: the new ones
        follow them. ``constants`` are values of columns that were not known before.
        """
        for model, base in self.bases.items():
            self.shifts[model] = self.engine.last_key(model._meta) - base
        with self.engine.without_triggers():
            for model in self.models:
                self._insert(model, constants)
            Counter.objects.update(version=F("version") + 1)
            for model in filter(lambda model: kind_of(model) in tracked, self.models):
                last = self.bases[model] + self.shifts[model]
                note = NOTE.format(table=model._meta.db_table)
                execute(note, [kind_of(model), last])
        Touched.objects.pending().update(is_followed=True)

    def drop(self) -> None:
        for model in self.bases:
            execute(f'DROP TABLE IF EXISTS "{PREFIX}{model._meta.db_table}"')
        self.bases.clear()

    def _create(self, model: Any) -> None:
        table = model._meta.db_table
        self.bases[model] = self.engine.last_key(model._meta)
        self.engine.create(model._meta, PREFIX + table, self.bases[model])
        if model in self.copied:
            execute(f'INSERT INTO "{PREFIX}{table}" SELECT * FROM "{table}"')  # noqa: S608

    def _rename(self, after: str, before: str) -> None:
        for model in self.models:
            table = model._meta.db_table
            execute(f'ALTER TABLE "{before}{table}" RENAME TO "{after}{table}"')

    def _insert(self, model: Any, constants: Mapping[str, Any]) -> None:
        fields, key = model._meta.concrete_fields, model._meta.pk
        given = [field.column for field in fields if field.column in constants]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        values = ", ".join(
            "%s" if field.column in given else self._shifted(field) for field in fields
        )
        # Tables and columns are named by models alone.
        statement = f"""
            INSERT INTO "{model._meta.db_table}" ({columns})
            SELECT {values} FROM "{PREFIX}{model._meta.db_table}"
            WHERE "{key.column}" > %s ORDER BY "{key.column}"
        """  # noqa: S608
        base = self.bases[self._target(key)]
        execute(statement, [*(constants[column] for column in given), base])
        self.engine.advance(model._meta)

    def _shifted(self, field: Any) -> str:
        """Return SQL for the value of a column, moved if it is a new primary key."""
        target = self._target(field)
        if target and (shift := self.shifts[target]):
            name, base = f'"{field.column}"', self.bases[target]
            return f"CASE WHEN {name} > {base} THEN {name} + {shift} ELSE {name} END"
        return f'"{field.column}"'

    def _target(self, field: Any) -> Any:
        """Return the staged model whose primary keys are in a column, or None."""
        model = self.keys.get(field.column)
        if field.is_relation:
            model = field.related_model._meta.concrete_model
        elif field.primary_key:
            model = field.model
        return model if model in self.bases else None


@contextmanager
def staged_tables(
    copied: Sequence[Any], models: Sequence[Any], keys: Mapping[str, Any]
) -> Iterator[StagedTables]:
    """Yield StagedTables, and drop them at the end."""
    staged = StagedTables(copied, models, keys)
    with staged.engine.session():
        try:
            yield staged
        finally:
            # What is rolled back has no temporary tables any more.
            if not connection.needs_rollback:
                staged.drop()
