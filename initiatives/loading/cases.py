"""The import of sheets as cases: compare, validate, write."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casebase.content.entries import Entry, match_records, select_changed
from casebase.content.load_summary import Changes
from casebase.content.parsed_file import (
    ErrorDetail,
    ParsedFile,
    map_collecting_errors,
    raise_errors,
)
from initiatives.loading.case_writer import case_errors, write_case
from initiatives.loading.lookups import Lookups
from initiatives.loading.sheet_checks import case_sheet_errors
from initiatives.loading.short_ids import assign_ids, foreign_id_errors
from initiatives.models import FormerSlug, Initiative
from initiatives.sheet_serializers import WITH_SHEET, case_sheet_of
from initiatives.sheets import CaseSheet

type SheetEntry = Entry[CaseSheet]
# Wraps a list to show the progress of what iterates over it.
type Track = Callable[[list[SheetEntry]], Iterable[SheetEntry]]


@dataclass(frozen=True)
class SheetComparison:
    """Sheets with the cases that they describe, and which of them differ.

    An entry of ``assigned_ids`` is the slug of the case and the new id of a finding.
    """

    lookups: Lookups
    entries: list[SheetEntry]
    changed: list[SheetEntry]
    changes: Changes
    assigned_ids: list[str]


def import_sheets(
    *, files: Iterable[ParsedFile], track: Track = iter
) -> tuple[Changes, list[str]]:
    """Create and update cases; no case is deleted.

    Returns the changes and the ids that were assigned to findings. Raises
    InvalidFileError with all errors of all sheets. ``track`` shows the progress of the
    writing.
    """
    return write_sheets(compare_sheets(files), track=track)


def write_sheets(
    comparison: SheetComparison, *, track: Track = iter
) -> tuple[Changes, list[str]]:
    """Do as ``import_sheets``, for sheets that have been compared."""
    validate_cases(comparison)
    for entry in track(comparison.changed):
        write_case(entry, comparison.lookups)
    return comparison.changes, comparison.assigned_ids


def compare_sheets(files: Iterable[ParsedFile]) -> SheetComparison:
    """Compare sheets with the database, without writing.

    Raises InvalidFileError with all errors in the sheets themselves; what the models
    find, ``validate_cases`` raises.
    """

    def read(parsed: ParsedFile) -> SheetEntry:
        return Entry(parsed, parsed.validate_as(CaseSheet))

    return compare_entries(map_collecting_errors(files, read))


def compare_entries(entries: list[SheetEntry]) -> SheetComparison:
    """Do as ``compare_sheets``. A new case is saved as the entry’s record, if any."""
    lookups = Lookups.load()
    raise_errors(
        entry.error_at(*key_path, sentence=sentence)
        for entry in entries
        for key_path, sentence in case_sheet_errors(entry.data, lookups)
    )
    match_cases(entries)
    raise_errors([*foreign_id_errors(entries), *duplicate_errors(entries)])
    assigned_ids = assign_ids(entries)
    for entry in entries:
        entry.data = lookups.normalize(entry.data)
    changes = Changes("cases")
    changed = select_changed(entries, changes)
    return SheetComparison(lookups, entries, changed, changes, assigned_ids)


def validate_cases(comparison: SheetComparison, *, track: Track = iter) -> None:
    """Raise InvalidFileError with what the models find wrong with the changed cases."""
    raise_errors(
        error
        for entry in track(comparison.changed)
        for error in case_errors(entry, comparison.lookups)
    )


def duplicate_errors(entries: list[SheetEntry]) -> Iterator[ErrorDetail]:
    """Yield an error for each name or former slug that two sheets share.

    The database would detect it only after the first of them is written.
    """
    seen: set[str] = set()
    former: set[str] = set()
    for entry in entries:
        if entry.data.name in seen:
            sentence = f"“{entry.data.name}” stands in these files twice."
            yield entry.error_at("name", sentence=sentence)
        seen.add(entry.data.name)
        for slug in former.intersection(entry.data.former_slugs):
            sentence = f"“{slug}” stands in these files twice."
            yield entry.error_at("former_slugs", sentence=sentence)
        former.update(entry.data.former_slugs)


def match_cases(entries: list[SheetEntry]) -> None:
    names = {name for e in entries for name in (e.data.slug, *e.data.former_slugs)}
    cases = Initiative.objects.filter(slug__in=names).prefetch_related(*WITH_SHEET)
    former = FormerSlug.objects.filter(initiative__isnull=False)
    match_records(
        entries,
        model=Initiative,
        records={case.slug: case for case in cases},
        former=dict(former.values_list("slug", "initiative__slug")),
        serialize=case_sheet_of,
    )
