"""The import of works from CSL-JSON into the database."""

from collections.abc import Iterable, Iterator
from datetime import date

from casebase.content.entries import (
    Entry,
    match_records,
    rename_record,
    save_former_names,
    select_changed,
)
from casebase.content.load_summary import Changes
from casebase.content.model_errors import validation_errors
from casebase.content.parsed_file import (
    ErrorDetail,
    ParsedFile,
    map_collecting_errors,
    raise_errors,
)
from references.csl import OTHERS, Work, listed_names
from references.csl_serializers import (
    COLUMNS,
    HAS_OTHERS_COLUMNS,
    WORK_PREFETCHES,
    serialize_work,
)
from references.models import Contribution, FormerKey, Reference
from references.person_names import build_person, get_or_create_people

# The variables whose change revises the citation: all but our own remarks.
CITED_VARIABLES = Work.model_fields.keys() - {"note", "custom"}
CSL_NAMES = {"key": "id", "url": "URL", "doi": "DOI", "chapter_position": "custom"}

type WorkEntry = Entry[Work]


def import_works(*, files: Iterable[ParsedFile]) -> Changes:
    """Create and update works; no work is deleted. Needs a transaction.

    Raises InvalidFileError with all errors of all files. Some works may then have been
    written, so the transaction must be rolled back.
    """
    parts = (part for parsed in files for part in parsed.parts())
    return write_works(
        map_collecting_errors(parts, lambda part: Entry(part, part.validate_as(Work)))
    )


def write_works(entries: list[WorkEntry]) -> Changes:
    """Do as ``import_works``. A new work is saved as the entry's record, if any."""
    if entries:
        match_works(entries)
    changes = Changes("works")
    changed = select_changed(entries, changes)
    fill_records(changed)
    write_records(changed)
    return changes


def match_works(entries: list[WorkEntry]) -> None:
    keys = {key for e in entries for key in (e.data.key, *e.data.former_names)}
    works = Reference.objects.filter(key__in=keys).prefetch_related(*WORK_PREFETCHES)
    former = FormerKey.objects.filter(key__in=keys)
    match_records(
        entries,
        model=Reference,
        records={work.key: work for work in works},
        former=dict(former.values_list("key", "reference__key")),
        serialize=serialize_work,
    )


def fill_records(entries: list[WorkEntry]) -> None:
    errors: list[ErrorDetail] = []
    for entry in entries:
        rename_record(entry)
        errors += fill_record(entry)
    raise_errors([*errors, *duplicate_position_errors(entries)])


def fill_record(entry: WorkEntry) -> Iterator[ErrorDetail]:
    """Fill the record, unsaved, and yield the validation errors of the models."""
    entry.record = entry.record or Reference()
    for column, value in column_values(entry.data).items():
        setattr(entry.record, column, value)
    if entry.has_changed(*CITED_VARIABLES):
        entry.record.revised_on = date.today()
    for column, sentence in validation_errors(entry.record):
        yield entry.error_at(csl_variable(column), sentence=sentence)
    yield from name_errors(entry)


def name_errors(entry: WorkEntry) -> Iterator[ErrorDetail]:
    for role in ("author", "editor"):
        for name in listed_names(getattr(entry.data, role)):
            for _, sentence in validation_errors(build_person(name, slug="name")):
                yield entry.error_at(role, sentence=sentence)


def column_values(work: Work) -> dict[str, object]:
    """Return the values of the columns of a work's record."""
    columns: dict[str, object] = {
        column: getattr(work, column) or "" for column in COLUMNS
    }
    for when in ("issued", "accessed"):
        parts = getattr(work, when) or (None, None, None)
        for unit, part in zip(("year", "month", "day"), parts, strict=True):
            columns[f"{when}_{unit}"] = part
    for role, column in HAS_OTHERS_COLUMNS.items():
        columns[column] = OTHERS in getattr(work, role)
    return columns | {
        "title_markup": work.title_markup or "",
        "correction": work.custom.correction or "",
        "chapter_position": work.custom.chapter_position,
    }


def csl_variable(column: str) -> str:
    name = column.removesuffix("_month").removesuffix("_day").replace("_", "-")
    return CSL_NAMES.get(column, name)


def duplicate_position_errors(entries: list[WorkEntry]) -> Iterable[ErrorDetail]:
    """Yield an error for each place in the chapter's list that another work has."""
    changing = {entry.record.pk for entry in entries}
    listed = Reference.objects.exclude(chapter_position=None)
    taken = {
        work.chapter_position: work.key for work in listed if work.pk not in changing
    }
    for entry in entries:
        position = entry.data.custom.chapter_position
        if position in taken:
            sentence = f"Place {position} of the chapter’s list is “{taken[position]}”."
            yield entry.error_at("custom", sentence=sentence)
        elif position is not None:
            taken[position] = entry.data.key


def write_records(entries: list[WorkEntry]) -> None:
    Reference.objects.bulk_create(e.record for e in entries if not e.before)
    updated = [entry.record for entry in entries if entry.before]
    if updated:
        # The column is unique, and two works may have swapped their places.
        freed = Reference.objects.filter(pk__in=[record.pk for record in updated])
        freed.update(chapter_position=None)
    for record in updated:
        record.save()
    write_contributions([e for e in entries if e.has_changed("author", "editor")])
    for entry in entries:
        if entry.has_changed("former_names"):
            save_former_names(entry, entry.record)


def write_contributions(entries: list[WorkEntry]) -> None:
    updated = [entry.record for entry in entries if entry.before]
    Contribution.objects.filter(reference__in=updated).delete()
    people = get_or_create_people(
        name
        for entry in entries
        for name in listed_names(entry.data.author + entry.data.editor)
    )
    Contribution.objects.bulk_create(
        Contribution(
            reference=entry.record, person=people[name], role=role, position=position
        )
        for entry in entries
        for role in ("author", "editor")
        for position, name in enumerate(
            listed_names(getattr(entry.data, role)), start=1
        )
    )
