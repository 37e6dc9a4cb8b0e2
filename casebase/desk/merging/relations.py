"""Everything that points to one record, and has to point to another.

The models themselves say what there is, so that a new one is not forgotten.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import UniqueConstraint

# Found anew from the records whenever they are written.
DERIVED = ("upkeep",)
# Rows that say the same when all but these columns are the same.
ALIKE_BUT = {"initiatives.Source": {"id", "position"}}
# Of two rows that become one, what either says holds.
EITHER = {"initiatives.Documentation": ("is_cited_by_chapter", "is_read")}
WORDS = {
    "initiatives.Finding_strategies": ("response", "responses"),
    "initiatives.Initiative_service_areas": ("case", "cases"),
    "initiatives.Concept": ("narrower term", "narrower terms"),
    "initiatives.Source": ("use as a source", "uses as a source"),
}


@dataclass(frozen=True)
class Pointer:
    """A column that leads to a record; rows alike in the ``same`` columns are one."""

    model: Any
    column: str
    same: tuple[str, ...]

    def rows(self, record):
        return self.model._base_manager.filter(**{self.column: record.pk})

    def counted(self, record):
        """“3 findings”, or nothing."""
        n = self.rows(record).count()
        options = self.model._meta
        words = options.verbose_name, options.verbose_name_plural
        one, many = WORDS.get(options.label, words)
        return f"{n} {one if n == 1 else many}" if n else ""

    def repoint(self, journal, kept, gone):
        """Have all rows of the one that goes lead to the one that stays."""
        rows = self.rows(gone)
        if self.same:
            there = {row[1:]: row[0] for row in self.said_of(kept)}
            doubles = {
                pk: there[tuple(said)]
                for pk, *said in self.said_of(gone)
                if tuple(said) in there
            }
            for double, row in doubles.items():
                self.join(journal, row, double)
            journal.delete(rows.filter(pk__in=doubles))
        # A broader term does not become its own.
        own = {"pk": kept.pk} if self.model is type(kept) else {"pk": None}
        journal.change(rows.exclude(**own), **{self.column: kept.pk})

    def said_of(self, record):
        return list(self.rows(record).values_list("pk", *self.same))

    def join(self, journal, row, double):
        for column in EITHER.get(self.model._meta.label, ()):
            if self.model._base_manager.filter(pk=double, **{column: True}).exists():
                rows = self.model._base_manager.filter(pk=row)
                journal.change(rows, **{column: True})


def pointers_to(model):
    """All of them, many-to-many tables included."""
    return [
        Pointer(rel.related_model, rel.field.attname, same_in(rel))
        for rel in model._meta.get_fields(include_hidden=True)
        if rel.auto_created and not rel.concrete and not rel.many_to_many
        if rel.related_model._meta.app_label not in DERIVED
    ]


def same_in(rel):
    """The columns of which two rows may not have the same beside this one."""
    options, field = rel.related_model._meta, rel.field
    if options.label in ALIKE_BUT:
        leave = ALIKE_BUT[options.label] | {field.attname}
        return tuple(
            f.attname for f in options.concrete_fields if f.attname not in leave
        )
    rules = [
        constraint.fields
        for constraint in options.constraints
        if isinstance(constraint, UniqueConstraint) and not constraint.condition
    ]
    for names in (*rules, *options.unique_together):
        if field.name in names:
            others = (options.get_field(name).attname for name in names)
            return tuple(name for name in others if name != field.attname)
    return ()
