"""Rows of a form whose records somebody deleted while it was open."""

import re

from casebase.desk.admin.views import LARGEST_KEY

# As many as a form may have; see LIMIT in casebase/desk/admin/base.py.
MOST_ROWS = 300


def with_gone_rows_as_new(data, prefix, model):
    """What was sent for a formset, with the rows of records that are gone as new ones.

    They come last, and their own sources are new too. Django would show these rows no
    more, and what was entered in them would be lost.
    """
    initial = number(data, f"{prefix}-INITIAL_FORMS")
    total = number(data, f"{prefix}-TOTAL_FORMS")
    gone = gone_rows(data, prefix, model, initial)
    if not gone:
        return data
    rows = [n for n in range(total) if n not in gone] + gone
    sent = moved(data, prefix, {str(n): place for place, n in enumerate(rows)})
    sent[f"{prefix}-INITIAL_FORMS"] = initial - len(gone)
    for place in range(total - len(gone), total):
        forget(sent, f"{prefix}-{place}")
    return sent


def number(data, name):
    text = data.get(name, "")
    return min(int(text), MOST_ROWS) if text.isdecimal() else 0


def gone_rows(data, prefix, model, initial):
    keys = {n: data.get(f"{prefix}-{n}-id", "") for n in range(initial)}
    keys = {n: int(key) for n, key in keys.items() if key.isdecimal()}
    keys = {n: key for n, key in keys.items() if key <= LARGEST_KEY}
    there = model.objects.filter(pk__in=keys.values())
    there = set(there.values_list("pk", flat=True))
    return [n for n, key in keys.items() if key not in there]


def moved(data, prefix, places):
    """The data with its rows in their new places."""
    row = re.compile(rf"({re.escape(prefix)})-(\d+)-(.+)")
    sent = data.copy()
    fields = [match for name in data if (match := row.fullmatch(name))]
    for field in fields:
        del sent[field[0]]
    for field in fields:
        if field[2] in places:
            name = f"{field[1]}-{places[field[2]]}-{field[3]}"
            sent.setlist(name, data.getlist(field[0]))
    return sent


def forget(sent, row):
    """Take from a row, and from the sources in it, whose records they were."""
    key = re.compile(rf"{re.escape(row)}-(sources-\d+-)?id")
    for name in [name for name in sent if key.fullmatch(name)]:
        sent[name] = ""
    if f"{row}-sources-INITIAL_FORMS" in sent:
        sent[f"{row}-sources-INITIAL_FORMS"] = 0
