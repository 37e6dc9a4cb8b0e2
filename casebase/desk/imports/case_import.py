"""Imports the evidence sheets of an upload: its preview, its plan and its report."""

from dataclasses import asdict
from operator import attrgetter

from django.core.paginator import Paginator

from casebase.content.parsed_file import InvalidFileError
from casebase.desk.imports.forms import SheetsForm
from casebase.desk.imports.sheet_changes import (
    preview_changes,
    read_sheets,
    sheet_snapshot,
)
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
    return preview_changes(read_upload_sheets(upload), upload.by, track)


def read_upload_sheets(upload):
    """Return the sheets of the upload. Raises InvalidFileError with all errors."""
    content = bytes(upload.content)
    if upload.kind == "cases":
        return read_sheets(content, upload.name)
    rows = read_table(content, upload.name)
    return convert_rows_to_sheets(rows, upload.name, removes=upload.options["removes"])


def build_preview(upload, track):
    """Return the counts and slugs of the changes, or the validation errors.

    The result is stored as JSON; errors are under the key “refusals”.
    """
    try:
        preview = plan_import(upload, track)
    except InvalidFileError as error:
        errors = sorted(error.errors, key=attrgetter("path", "line"))
        return {"refusals": [asdict(detail) for detail in errors]}
    return {
        "mark": preview.mark,
        "slugs": [entry.data.slug for entry in preview.compared.changed],
        "new": len(preview.compared.changes.created),
        "changed": len(preview.compared.changes.changed),
        "unchanged": preview.compared.changes.unchanged,
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
        cases.object_list = list(case_changes(upload, set(cases.object_list)))
    return {"page": cases}


def find_records(slugs):
    """Return a dictionary from slug to case; slugs without a case are missing."""
    return Initiative.objects.in_bulk(slugs, field_name="slug")


def case_changes(upload, slugs):
    """Yield the entry of each of these cases with its differences by field."""
    sheets = [s for s in read_upload_sheets(upload) if s.value.get("slug") in slugs]
    names = CurrentNames()
    for entry in preview_changes(sheets, upload.by).compared.changed:
        before, after = sheet_snapshot(entry.before), sheet_snapshot(entry.data)
        changes = differences(kind_of(Initiative), before, after, names)
        yield {"entry": entry, "changes": changes}
