"""Sheets into cases."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casebase.content.entries import Entry, match, touched
from casebase.content.load_summary import Changes
from casebase.content.parsed_file import Refusal, Written, each, refuse
from initiatives.loading.case_writer import case_refusals, write_case
from initiatives.loading.lookups import Known
from initiatives.loading.sheet_checks import misfits
from initiatives.loading.short_ids import give_ids, refuse_foreign_ids
from initiatives.models import FormerSlug, Initiative
from initiatives.sheet_serializers import WITH_SHEET, sheet_of
from initiatives.sheets import Sheet

type SheetEntry = Entry[Sheet]
type Track = Callable[[list[SheetEntry]], Iterable[SheetEntry]]


@dataclass(frozen=True)
class Compared:
    """Sheets beside the cases they describe; those that differ are ``changed``."""

    known: Known
    entries: list[SheetEntry]
    changed: list[SheetEntry]
    changes: Changes
    given_ids: list[str]


def import_sheets(
    *, files: Iterable[Written], track: Track = iter
) -> tuple[Changes, list[str]]:
    """Create and update cases, none is deleted; also the ids that were given.

    Raises RefusedError with all that is wrong. ``track`` shows how far the writing is.
    """
    return write_sheets(compare_sheets(files), track=track)


def write_sheets(
    compared: Compared, *, track: Track = iter
) -> tuple[Changes, list[str]]:
    """As ``import_sheets``, of sheets that were compared."""
    check_cases(compared)
    for entry in track(compared.changed):
        write_case(entry, compared.known)
    return compared.changes, compared.given_ids


def compare_sheets(files: Iterable[Written]) -> Compared:
    """Only reads. Raises RefusedError with what is wrong in the sheets themselves."""
    return compare(each(files, lambda written: Entry(written, written.read_as(Sheet))))


def compare(entries: list[SheetEntry]) -> Compared:
    """As ``compare_sheets``. A new case will fill the record of its entry, if any."""
    known = Known.now()
    refuse(
        entry.refusal(*place, sentence=sentence)
        for entry in entries
        for place, sentence in misfits(entry.form, known)
    )
    match_cases(entries)
    refuse([*refuse_foreign_ids(entries), *names_said_twice(entries)])
    given = give_ids(entries)
    for entry in entries:
        entry.form = known.in_order(entry.form)
    changes = Changes("cases")
    return Compared(known, entries, touched(entries, changes), changes, given)


def check_cases(compared: Compared, *, track: Track = iter) -> None:
    """Only reads. Raises RefusedError with what the models say against the sheets."""
    refuse(
        refusal
        for entry in track(compared.changed)
        for refusal in case_refusals(entry, compared.known)
    )


def names_said_twice(entries: list[SheetEntry]) -> Iterator[Refusal]:
    """The database would find out only when the first of them is written."""
    seen: set[str] = set()
    former: set[str] = set()
    for entry in entries:
        if entry.form.name in seen:
            sentence = f"“{entry.form.name}” stands in these files twice."
            yield entry.refusal("name", sentence=sentence)
        seen.add(entry.form.name)
        for slug in former.intersection(entry.form.former_slugs):
            sentence = f"“{slug}” stands in these files twice."
            yield entry.refusal("former_slugs", sentence=sentence)
        former.update(entry.form.former_slugs)


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
