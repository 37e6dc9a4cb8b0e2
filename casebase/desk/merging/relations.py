"""Finds the rows that point to a record, and makes them point to another.

The relations are read from the models, so that new ones are included.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import UniqueConstraint

# Apps whose rows are derived from the records, and rebuilt when these change.
DERIVED_APPS = ("upkeep",)
# Two rows are duplicates if they are equal in all columns except these.
IGNORED_COLUMNS = {"initiatives.Source": {"id", "position"}}
# Flags that are set when two rows are merged and either of them has it set.
FLAGS_TO_COMBINE = {"initiatives.Documentation": ("is_cited_by_chapter", "is_read")}
# Columns that are taken together from the deleted row if the kept one has no values.
COLUMNS_TO_FILL = {
    "initiatives.Documentation": ("standing", "is_peer_reviewed", "standing_note")
}
USE_NAMES = {
    "initiatives.Finding_strategies": ("response", "responses"),
    "initiatives.Initiative_service_areas": ("case", "cases"),
    "initiatives.Concept": ("narrower term", "narrower terms"),
    "initiatives.Source": ("use as a source", "uses as a source"),
}


@dataclass(frozen=True)
class Pointer:
    """A column that points to a record.

    Two rows that point to the same record are duplicates if they are equal in the
    ``compared_columns``.
    """

    model: Any
    column: str
    compared_columns: tuple[str, ...]
    # The row’s other columns that point to records of the same model.
    twins: tuple[str, ...] = ()

    def rows(self, record):
        return self.model._base_manager.filter(**{self.column: record.pk})

    def describe_uses(self, record):
        """Return the number of uses, as “3 findings”; an empty string for none."""
        n = self.rows(record).count()
        meta = self.model._meta
        words = meta.verbose_name, meta.verbose_name_plural
        one, many = USE_NAMES.get(meta.label, words)
        return f"{n} {one if n == 1 else many}" if n else ""

    def repoint(self, journal, kept, gone):
        """Make all rows that point to ``gone`` point to ``kept``; delete duplicates."""
        rows = self.rows(gone)
        # A row must not come to point from a record to itself.
        for column in self.twins:
            journal.delete(rows.filter(**{column: kept.pk}))
        if self.compared_columns:
            existing = {row[1:]: row[0] for row in self.compared_values(kept)}
            duplicates = {
                pk: existing[tuple(values)]
                for pk, *values in self.compared_values(gone)
                if tuple(values) in existing
            }
            for duplicate, row in duplicates.items():
                self.combine_flags(journal, row, duplicate)
                self.fill_columns(journal, row, duplicate)
            journal.delete(rows.filter(pk__in=duplicates))
        # A term must not become its own broader term.
        own = {"pk": kept.pk} if self.model is type(kept) else {"pk": None}
        journal.change(rows.exclude(**own), **{self.column: kept.pk})

    def compared_values(self, record):
        return list(self.rows(record).values_list("pk", *self.compared_columns))

    def combine_flags(self, journal, row, duplicate):
        for column in FLAGS_TO_COMBINE.get(self.model._meta.label, ()):
            if self.model._base_manager.filter(pk=duplicate, **{column: True}).exists():
                rows = self.model._base_manager.filter(pk=row)
                journal.change(rows, **{column: True})

    def fill_columns(self, journal, row, duplicate):
        if columns := COLUMNS_TO_FILL.get(self.model._meta.label):
            rows = self.model._base_manager.filter(pk=row)
            if not any(rows.values_list(*columns).get()):
                others = self.model._base_manager.filter(pk=duplicate)
                journal.change(rows, **others.values(*columns).get())


def pointers_to(model):
    """Return all pointers to a model, those in many-to-many tables included."""
    return [
        Pointer(rel.related_model, rel.field.attname, unique_beside(rel), twins_of(rel))
        for rel in model._meta.get_fields(include_hidden=True)
        if rel.auto_created and not rel.concrete and not rel.many_to_many
        if rel.related_model._meta.app_label not in DERIVED_APPS
    ]


def unique_beside(rel):
    """Return the columns that are unique together with the relation's own column."""
    meta, field = rel.related_model._meta, rel.field
    if meta.label in IGNORED_COLUMNS:
        ignored = IGNORED_COLUMNS[meta.label] | {field.attname}
        return tuple(
            f.attname for f in meta.concrete_fields if f.attname not in ignored
        )
    rules = [
        constraint.fields
        for constraint in meta.constraints
        if isinstance(constraint, UniqueConstraint) and not constraint.condition
    ]
    for names in (*rules, *meta.unique_together):
        if field.name in names:
            others = (meta.get_field(name).attname for name in names)
            return tuple(name for name in others if name != field.attname)
    return ()


def twins_of(rel):
    """Return the other columns of the relation's model that point to the same model."""
    return tuple(
        field.attname
        for field in rel.related_model._meta.concrete_fields
        if field.related_model is rel.field.related_model and field != rel.field
    )
