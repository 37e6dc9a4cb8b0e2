"""Sheets into cases."""

from collections.abc import Callable, Iterable
from typing import Any

from casebase.content.changes import Changes
from casebase.content.entries import Entry, match, touched
from casebase.content.written import Written, each, refuse
from initiatives.as_sheets import WITH_SHEET, sheet_of
from initiatives.importing.ids import give_ids, refuse_foreign_ids
from initiatives.importing.known import Known
from initiatives.importing.misfits import misfits
from initiatives.importing.writing import write_case
from initiatives.models import FormerSlug, Initiative
from initiatives.sheets import Sheet

type SheetEntry = Entry[Sheet]


def import_sheets(
    *, files: Iterable[Written], track: Callable[[list[Any]], Iterable[Any]] = iter
) -> tuple[Changes, list[str]]:
    """Create and update cases, none is deleted; also the ids that were given.

    Raises RefusedError with all that is wrong; then some of it may be written, and
    the transaction must be rolled back. ``track`` shows how far the writing is.
    """
    known = Known.now()
    entries = each(files, lambda written: Entry(written, written.read_as(Sheet)))
    refuse(
        entry.refusal(*place, sentence=sentence)
        for entry in entries
        for place, sentence in misfits(entry.form, known)
    )
    match_cases(entries)
    refuse(refuse_foreign_ids(entries))
    given = give_ids(entries)
    for entry in entries:
        entry.form = known.in_order(entry.form)
    changes = Changes("cases")
    cases = track(touched(entries, changes))
    refuse(refusal for entry in cases for refusal in write_case(entry, known))
    return changes, given


def match_cases(entries: list[SheetEntry]) -> None:
    names = {name for e in entries for name in (e.form.slug, *e.form.former_slugs)}
    cases = Initiative.objects.filter(slug__in=names).prefetch_related(*WITH_SHEET)
    former = FormerSlug.objects.filter(initiative__isnull=False)
    match(
        entries,
        model=Initiative,
        records={case.slug: case for case in cases},
        former=dict(former.values_list("slug", "initiative__slug")),
        form_of=sheet_of,
    )
