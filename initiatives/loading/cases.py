"""The import of sheets as cases: compare, validate, write."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from casebase.content.entries import Entry, match_records, select_changed
from casebase.content.load_summary import Changes
from casebase.content.parsed_file import (
    ErrorDetail,
    ParsedFile,
    map_collecting_errors,
    raise_errors,
)
from initiatives.loading.case_writer import case_errors, write_changed_case
from initiatives.loading.lookups import Lookups
from initiatives.loading.new_cases import write_new_cases
from initiatives.loading.sheet_checks import case_sheet_errors
from initiatives.loading.short_ids import assign_ids, foreign_id_errors, ids_in
from initiatives.models import FormerSlug, Initiative
from initiatives.sheet_serializers import WITH_SHEET, case_sheet_of
from initiatives.sheets import CaseSheet

type SheetEntry = Entry[CaseSheet]
# Wraps a list to show the progress of what iterates over it.
type Track = Callable[[list[SheetEntry]], Iterable[SheetEntry]]

# Sheets at a time: a case may have a hundred findings.
CHUNK = 50


@dataclass(frozen=True)
class ImportContext:
    """What the sheets of one import have in common, however many are read at a time.

    ``slugs`` are those of all its sheets, ``ids`` the ids of findings in all of them
    and those that were assigned. ``seen`` has what may stand in one sheet alone, of
    those that were compared: key → values.
    """

    lookups: Lookups
    slugs: set[str]
    ids: set[str]
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, sheets: Iterable[CaseSheet]) -> "ImportContext":
        """Return the context of these sheets. Three queries."""
        slugs: set[str] = set()
        ids: set[str] = set()
        for sheet in sheets:
            slugs.add(sheet.slug)
            ids |= ids_in(sheet)
        return cls(Lookups.load(), slugs, ids)


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
    entries = map_collecting_errors(files, read_sheet)
    return write_sheets(compare_entries(entries), track=track)


def read_sheet(parsed: ParsedFile) -> SheetEntry:
    """Return the file as a valid sheet. Raises InvalidFileError."""
    return Entry(parsed, parsed.validate_as(CaseSheet))


def write_sheets(
    comparison: SheetComparison, *, track: Track = iter
) -> tuple[Changes, list[str]]:
    """Do as ``import_sheets``, for sheets that have been compared."""
    validate_cases(comparison)
    for entries in batched(track(comparison.changed), CHUNK):
        write_cases(entries, comparison.lookups)
    return comparison.changes, comparison.assigned_ids


def write_cases(entries: Sequence[SheetEntry], lookups: Lookups) -> None:
    """Write the cases of valid sheets."""
    write_new_cases([entry for entry in entries if not entry.before], lookups)
    for entry in entries:
        if entry.before:
            write_changed_case(entry, lookups)


def compare_entries(
    entries: list[SheetEntry], context: ImportContext | None = None
) -> SheetComparison:
    """Compare sheets with the database, without writing.

    Raises InvalidFileError with all errors in the sheets themselves; what the models
    find, ``validate_cases`` raises. A new case is saved as the entry’s record, if any.
    Without a context, these are all sheets of the import.
    """
    context = context or ImportContext.of(entry.data for entry in entries)
    lookups = context.lookups
    raise_errors(
        entry.error_at(*key_path, sentence=sentence)
        for entry in entries
        for key_path, sentence in case_sheet_errors(entry.data, lookups)
    )
    match_cases(entries, context.slugs)
    foreign = foreign_id_errors(entries, context.seen["id"])
    raise_errors([*foreign, *duplicate_errors(entries, context.seen)])
    assigned_ids = assign_ids(entries, context.ids)
    for entry in entries:
        entry.data = lookups.normalize(entry.data)
    changes = Changes("cases")
    changed = select_changed(entries, changes)
    return SheetComparison(lookups, entries, changed, changes, assigned_ids)


def validate_cases(comparison: SheetComparison, *, track: Track = iter) -> None:
    """Raise InvalidFileError with what the models find wrong with the changed cases."""
    raise_errors(
        error
        for entries in batched(track(comparison.changed), CHUNK)
        for error in case_errors(entries, comparison.lookups)
    )


def duplicate_errors(
    entries: list[SheetEntry], seen: dict[str, set[str]]
) -> Iterator[ErrorDetail]:
    """Yield an error for each name or slug that two sheets share.

    The database would detect it only after the first of them is written. ``seen`` has
    those of earlier sheets, and gets those of these.
    """
    for entry in entries:
        for key, values in (
            ("slug", [entry.data.slug]),
            ("name", [entry.data.name]),
            ("former_slugs", entry.data.former_slugs),
        ):
            for value in sorted(seen[key].intersection(values)):
                sentence = f"“{value}” stands in these files twice."
                yield entry.error_at(key, sentence=sentence)
            seen[key].update(values)


def match_cases(entries: list[SheetEntry], slugs: set[str]) -> None:
    """Set the case of each entry, and its sheet before the import.

    ``slugs`` are those of all sheets of the import.
    """
    names = {name for e in entries for name in (e.data.slug, *e.data.former_slugs)}
    cases = Initiative.objects.filter(slug__in=names).prefetch_related(*WITH_SHEET)
    former = FormerSlug.objects.filter(initiative__isnull=False, slug__in=names)
    match_records(
        entries,
        model=Initiative,
        records={case.slug: case for case in cases},
        former=dict(former.values_list("slug", "initiative__slug")),
        serialize=case_sheet_of,
        incoming=slugs,
    )
