"""Imports the evidence sheets of an upload: its preview, its plan and its report."""

from dataclasses import asdict
from operator import attrgetter

from django.core.paginator import Paginator

from casebase.change_tracking.models import Counter
from casebase.content.parsed_file import InvalidFileError
from casebase.desk.imports import stored_previews
from casebase.desk.imports.forms import SheetsForm
from casebase.desk.imports.packed_sheets import (
    context_of,
    pack_all,
    read_sheets,
    sheet_snapshot,
)
from casebase.desk.imports.sheet_changes import compare, preview_changes
from casebase.desk.imports.tables.rows_to_sheets import convert_rows_to_sheets
from casebase.desk.imports.tables.table_reader import read_table
from casebase.history.differences import differences
from casebase.registry import kind_of
from initiatives.history.current_names import CurrentNames
from initiatives.models import Initiative

PERMISSIONS = ["initiatives.add_initiative", "initiatives.change_initiative"]
TEMPLATE_PREFIX = "cases"
Form = SheetsForm
CASES_PER_PAGE = 10


def plan_import(upload, track):
    """Return the changes to write. Raises InvalidFileError with all errors."""
    if stored := stored_previews.load(upload):
        return stored
    return preview_changes(read_upload_sheets(upload), upload.by, track)


def read_upload_sheets(upload, only=None):
    """Return the sheets of the upload. Raises InvalidFileError with all errors.

    ``only`` are names of files in a zip; by default, all are read.
    """
    content = bytes(upload.content)
    if upload.kind == "cases":
        return read_sheets(content, upload.name, only)
    rows = read_table(content, upload.name)
    removes = upload.options["removes"]
    return pack_all(convert_rows_to_sheets(rows, upload.name, removes=removes))


def build_preview(upload, track):
    """Return the counts and slugs of the changes, or the validation errors.

    The result is stored as JSON; errors are under the key “refusals”.
    """
    version = Counter.objects.current()
    try:
        preview = preview_changes(read_upload_sheets(upload), upload.by, track)
    except InvalidFileError as error:
        errors = sorted(error.errors, key=attrgetter("path", "line"))
        return {"refusals": [asdict(detail) for detail in errors]}
    if upload.is_large:
        stored_previews.store(upload, preview, version)
    return {
        "mark": preview.mark,
        "slugs": [sheet.slug for sheet in preview.sheets],
        "paths": {sheet.slug: sheet.file.path for sheet in preview.sheets},
        "new": len(preview.changes.created),
        "changed": len(preview.changes.changed),
        "unchanged": preview.changes.unchanged,
    }


def read_choices(sent):
    """Return no choices: sheets are imported as they are."""
    return {}


def preview_context(upload, preview, query):
    """Return one page of the cases that would change, with their differences."""
    cases = Paginator(preview.get("slugs", []), CASES_PER_PAGE).get_page(
        query.get("page")
    )
    if cases.object_list:
        paths = {slug: preview["paths"][slug] for slug in cases.object_list}
        cases.object_list = list(case_changes(upload, paths))
    return {"page": cases}


def find_records(slugs):
    """Return a dictionary from slug to case; slugs without a case are missing."""
    return Initiative.objects.in_bulk(slugs, field_name="slug")


def case_changes(upload, paths):
    """Yield the entry of each of these cases with its differences by field.

    ``paths``: slug → file of the sheet.
    """
    sheets = read_upload_sheets(upload, only={*paths.values()})
    chosen = [sheet for sheet in sheets if sheet.slug in paths]
    names = CurrentNames()
    for entry in compare(chosen, upload.by, context_of(chosen)).changed:
        before, after = sheet_snapshot(entry.before), sheet_snapshot(entry.data)
        changes = differences(kind_of(Initiative), before, after, names)
        yield {"entry": entry, "changes": changes}
