"""Merges two records: the chosen fields, every use and the old address."""

import hashlib
import json
from datetime import date

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from casebase.change_tracking.transactions import lock_for_writing, tracked_transaction
from casebase.desk.merging.journal import (
    ChangedSinceError,
    Journal,
    column_names,
    undo_steps,
)
from casebase.desk.merging.mergeable import PEOPLE_AND_BODIES, ROLES, TERMS, WORKS
from casebase.desk.merging.models import Merge
from casebase.desk.merging.relations import pointers_to
from references.models import Contribution, Reference

KEPT, GONE = "kept", "gone"
# Columns with editorial remarks on a work, which don't appear in citations.
EDITORIAL_COLUMNS = {"note", "correction", "chapter_position"}


class MergeError(Exception):
    """A merge can't be made or undone; ``sentences`` are the reasons."""

    def __init__(self, sentences):
        self.sentences = list(sentences)
        super().__init__(self.sentences)


class StaleComparisonError(Exception):
    """One of the two records was changed since the comparison was shown."""


def get_pair(kind, kept, gone):
    """Return the two records with these primary keys.

    Raises LookupError if one of them does not exist.
    """
    found = kind.model.objects.in_bulk([kept, gone])
    if len(found) < 2:
        raise LookupError(kept, gone)
    return found[kept], found[gone]


def differing_fields(kind, kept, gone):
    """Yield (field, text of kept, text of gone, proposed side) where the two differ."""
    for field in kind.fields:
        ours, theirs = field.format(kept), field.format(gone)
        # When a term is merged with a narrower one, the broader term of the upper
        # one is used, so there is nothing to choose.
        is_settled = field.name == "broader" and (
            is_narrower(kept, gone) or is_narrower(gone, kept)
        )
        if ours != theirs and not is_settled:
            yield field, ours, theirs, KEPT if ours else GONE


def is_narrower(term, other):
    """Whether ``term`` is a narrower term of ``other``, at any depth."""
    above, seen = term.broader, set()
    while above and above.pk not in seen:
        if above.pk == other.pk:
            return True
        seen.add(above.pk)
        above = above.broader
    return False


def compute_mark(kind, kept, gone):
    """Return a digest of the two records and of the rows that point to them."""
    rows = kind.model.objects.filter(pk__in=[kept.pk, gone.pk])
    parts = [sorted(rows.values_list(*column_names(kind.model)), key=str)]
    for pointer in pointers_to(kind.model):
        rows = pointer.model._base_manager.filter(
            **{f"{pointer.column}__in": [kept.pk, gone.pk]}
        )
        parts.append(sorted(rows.values_list("pk", pointer.column)))
    text = json.dumps(parts, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def merge(kind, keep, drop, *, sides, mark, by):
    """Merge the record with the primary key ``drop`` into the one with ``keep``.

    ``sides`` maps names of fields to KEPT or GONE. ``mark`` is the digest of the
    comparison that was shown. Returns the Merge. Raises LookupError if a record does
    not exist, StaleComparisonError if one was changed since, and MergeError if they
    can't be merged; nothing is written in these cases.
    """
    with transaction.atomic():
        with tracked_transaction(by=by, action="merge", why="") as tracked:
            lock_for_writing()
            kept, gone = get_pair(kind, keep, drop)
            if compute_mark(kind, kept, gone) != mark:
                raise StaleComparisonError
            tracked.why = f"Merged: “{gone}” into “{kept}”"
            row = Merge(kind=kind.name, kept=str(kept)[:300], gone=str(gone)[:300])
            journal = Journal()
            merge_rows(journal, kind, kept, gone, sides)
        row.by, row.edit, row.steps = by, tracked.edit, journal.steps
        row.save()
    return row


def merge_rows(journal, kind, kept, gone, sides):
    check_schemes(kind, kept, gone)
    columns = chosen_columns(kind, kept, gone, sides)
    if kind is WORKS:
        columns |= merge_contributions(journal, kept, gone, sides, columns)
    if kind is TERMS and is_narrower(kept, gone):
        # This comes before the narrower terms of ``gone`` are moved to ``kept``, which
        # would otherwise become its own broader term.
        row = kind.model.objects.filter(pk=kept.pk)
        journal.change(row, broader_id=gone.broader_id)
    if kind is PEOPLE_AND_BODIES:
        update_revision_dates(journal, kept, gone, columns)
    for pointer in pointers_to(kind.model):
        pointer.repoint(journal, kept, gone)
    journal.delete(kind.model.objects.filter(pk=gone.pk))
    check_result(kind, kept, columns)
    journal.change(kind.model.objects.filter(pk=kept.pk), **columns)
    if kind.address:
        former, column = kind.former
        name = {kind.address: getattr(gone, kind.address)}
        journal.create(former, **name, **{f"{column}_id": kept.pk})


def check_schemes(kind, kept, gone):
    if kind is TERMS and kept.scheme_id != gone.scheme_id:
        raise MergeError(["Terms of two schemes can’t be merged."])


def chosen_columns(kind, kept, gone, sides):
    """Return the columns and values that ``kept`` takes over from ``gone``."""
    return {
        column: getattr(gone, column)
        for field, _, _, proposed in differing_fields(kind, kept, gone)
        if sides.get(field.name, proposed) == GONE
        for column in field.columns
    }


def merge_contributions(journal, kept, gone, sides, columns):
    """Keep the contributions of the chosen sides; return the dates of the work.

    ``added_on`` is the earlier of the two dates, and ``revised_on`` is today if
    anything in the citation changes.
    """
    changed = set(columns) - EDITORIAL_COLUMNS
    for role in ROLES:
        contributions = Contribution.objects.filter(role=role)
        chosen = sides.get(role) or (
            KEPT if contributions.filter(reference=kept) else GONE
        )
        unused = gone if chosen == KEPT else kept
        before = list(
            contributions.filter(reference=kept).values_list("person", flat=True)
        )
        journal.delete(contributions.filter(reference=unused))
        journal.change(contributions.filter(reference=gone), reference_id=kept.pk)
        after = list(
            contributions.filter(reference=kept).values_list("person", flat=True)
        )
        changed |= {role} if before != after else set()
    revised = {"revised_on": date.today()} if changed else {}
    return {"added_on": min(kept.added_on, gone.added_on)} | revised


def update_revision_dates(journal, kept, gone, columns):
    """Set the revision date of works whose printed names change."""
    people = [kept, gone] if columns else [gone]
    works = Reference.objects.filter(contributions__person__in=people)
    keys = set(works.values_list("pk", flat=True))
    journal.change(Reference.objects.filter(pk__in=keys), revised_on=date.today())


def check_result(kind, kept, columns):
    """Raise MergeError if the merged record would not be valid."""
    record = kind.model.objects.get(pk=kept.pk)
    vars(record).update(columns)
    try:
        record.full_clean()
    except ValidationError as error:
        raise MergeError(error.messages) from None


def unmerge(row, *, by):
    """Restore both records.

    Raises MergeError, and writes nothing, if the merge was undone already or if
    something that it wrote was changed since.
    """
    why = f"Undone: the merge of “{row.gone}” into “{row.kept}”"
    try:
        with tracked_transaction(by=by, action="undo", why=why, undoes=row.edit):
            lock_for_writing()
            row.refresh_from_db()
            if not row.can_be_undone:
                raise MergeError(["This merge was undone already."])
            undo_steps(row.steps)
            row.undone_at = timezone.now()
            row.save(update_fields=["undone_at"])
    except ChangedSinceError as error:
        sentence = f"A {error} of the merge was changed since; nothing is undone."
        raise MergeError([sentence]) from None
