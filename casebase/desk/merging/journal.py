"""Records changes to database rows so that each change can be undone exactly."""

import json

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

# The number of rows in an update; databases limit the parameters of a query.
CHUNK_SIZE = 500


class ChangedSinceError(Exception):
    """A row was changed since, so that undoing would lose the later change."""


class Journal:
    """Changes, deletes and creates rows, and records each row before and after.

    ``steps`` are dictionaries that can be stored as JSON.
    """

    def __init__(self):
        self.steps = []

    def change(self, rows, **columns):
        """Set the columns to the same values in all rows."""
        names = [rows.model._meta.get_field(name).attname for name in columns]
        after = dict(zip(names, columns.values(), strict=True))
        before = {row.pop("pk"): row for row in rows.values("pk", *names)}
        changed = {pk: row for pk, row in before.items() if row != after}
        for pk, row in changed.items():
            self._add_step("change", rows.model, pk, before=row, after=after)
        keys = list(changed)
        for start in range(0, len(keys), CHUNK_SIZE):
            chunk = rows.model._base_manager.filter(
                pk__in=keys[start : start + CHUNK_SIZE]
            )
            chunk.update(**columns)

    def delete(self, rows):
        """Delete rows that no other rows refer to."""
        for row in rows.values(*column_names(rows.model)):
            pk = row[rows.model._meta.pk.attname]
            self._add_step("delete", rows.model, pk, before=row)
        rows.model._base_manager.filter(
            pk__in=list(rows.values_list("pk", flat=True))
        ).delete()

    def create(self, model, **columns):
        row = model._base_manager.create(**columns)
        after = {name: getattr(row, name) for name in column_names(model)}
        self._add_step("create", model, row.pk, after=after)

    def _add_step(self, act, model, pk, **rows):
        step = {"act": act, "model": model._meta.label, "pk": pk, **rows}
        # A round trip through JSON, as the database does it: dates become strings.
        self.steps.append(json.loads(json.dumps(step, cls=DjangoJSONEncoder)))


def column_names(model):
    return [field.attname for field in model._meta.concrete_fields]


def undo_steps(steps):
    """Undo the steps, the last first.

    Raises ChangedSinceError if a row was changed since. Some steps may be undone by
    then, so the caller has to roll back the transaction.
    """
    for step in reversed(steps):
        model = apps.get_model(step["model"])
        try:
            with transaction.atomic():
                UNDO_FUNCTIONS[step["act"]](model, step)
        except IntegrityError:
            raise ChangedSinceError(model_name(step)) from None


def undo_change(model, step):
    check_unchanged(model, step)
    row = model._base_manager.filter(pk=step["pk"])
    row.update(**parse_values(model, step["before"]))


def undo_delete(model, step):
    model._base_manager.bulk_create([model(**parse_values(model, step["before"]))])


def undo_create(model, step):
    check_unchanged(model, step)
    model._base_manager.filter(pk=step["pk"]).delete()


UNDO_FUNCTIONS = {"change": undo_change, "delete": undo_delete, "create": undo_create}


def check_unchanged(model, step):
    expected = parse_values(model, step["after"])
    current = model._base_manager.filter(pk=step["pk"]).values(*expected).first()
    if current != expected:
        raise ChangedSinceError(model_name(step))


def parse_values(model, row):
    return {
        name: model._meta.get_field(name).to_python(value)
        for name, value in row.items()
    }


def model_name(step):
    return apps.get_model(step["model"])._meta.verbose_name
