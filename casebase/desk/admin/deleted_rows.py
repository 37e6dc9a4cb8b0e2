"""Rows of a submitted form whose records somebody deleted while it was open."""

import re

from casebase.desk.admin.views import LARGEST_PRIMARY_KEY

# The maximum number of rows of a formset: see ROW_LIMIT in casebase/desk/admin/base.py.
MAX_ROWS = 300


def with_deleted_rows_as_new(data, prefix, model):
    """Return the data of a formset, with rows of deleted records turned into new rows.

    They come last, and their sources are new too. Django would drop these rows with all
    that was entered in them.
    """
    initial = read_number(data, f"{prefix}-INITIAL_FORMS")
    total = read_number(data, f"{prefix}-TOTAL_FORMS")
    deleted = find_deleted_rows(data, prefix, model, initial)
    if not deleted:
        return data
    order = [n for n in range(total) if n not in deleted] + deleted
    changed = reorder_rows(data, prefix, {str(n): to for to, n in enumerate(order)})
    changed[f"{prefix}-INITIAL_FORMS"] = initial - len(deleted)
    for n in range(total - len(deleted), total):
        clear_primary_keys(changed, f"{prefix}-{n}")
    return changed


def read_number(data, name):
    text = data.get(name, "")
    return min(int(text), MAX_ROWS) if text.isdecimal() else 0


def find_deleted_rows(data, prefix, model, initial):
    """Return the numbers of the rows whose records are not in the database."""
    keys = {n: data.get(f"{prefix}-{n}-id", "") for n in range(initial)}
    keys = {n: int(key) for n, key in keys.items() if key.isdecimal()}
    keys = {n: key for n, key in keys.items() if key <= LARGEST_PRIMARY_KEY}
    existing = model.objects.filter(pk__in=keys.values())
    existing = set(existing.values_list("pk", flat=True))
    return [n for n, key in keys.items() if key not in existing]


def reorder_rows(data, prefix, places):
    """Return a copy of the data with renumbered rows. ``places``: old → new number."""
    row = re.compile(rf"({re.escape(prefix)})-(\d+)-(.+)")
    changed = data.copy()
    fields = [match for name in data if (match := row.fullmatch(name))]
    for field in fields:
        del changed[field[0]]
    for field in fields:
        if field[2] in places:
            name = f"{field[1]}-{places[field[2]]}-{field[3]}"
            changed.setlist(name, data.getlist(field[0]))
    return changed


def clear_primary_keys(data, row):
    """Make a row and the sources in it new: remove their primary keys."""
    key = re.compile(rf"{re.escape(row)}-(sources-\d+-)?id")
    for name in [name for name in data if key.fullmatch(name)]:
        data[name] = ""
    if f"{row}-sources-INITIAL_FORMS" in data:
        data[f"{row}-sources-INITIAL_FORMS"] = 0
