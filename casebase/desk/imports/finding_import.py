"""Imports tables of findings, by converting them to sheets of their cases."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casebase.change_tracking.models import Touched
from casebase.content.parsed_file import InvalidFileError
from casebase.desk.imports import case_import
from casebase.desk.imports.tables.columns import AS_OF
from casebase.desk.imports.tables.table_reader import read_table
from casebase.registry import kind_of
from initiatives.models import Initiative

PERMISSIONS = ["initiatives.change_initiative"]
MAX_BYTES = 5_000_000
VERSION_DIGITS = re.compile("[0-9]{1,18}")
TEMPLATE_PREFIX = case_import.TEMPLATE_PREFIX


class Form(forms.Form):
    """Uploads a table of findings that was exported here and edited."""

    file = forms.FileField(label="Table of findings", help_text="CSV or XLSX")
    removes = forms.BooleanField(
        label="Delete findings without a row",
        required=False,
        help_text="Otherwise these findings stay",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError("The file is larger than 5 MB; divide it.")
        return file

    def upload_fields(self):
        """Return the fields of the Upload to create."""
        file = self.cleaned_data["file"]
        content = file.read()
        return {
            "name": file.name[:150],
            "content": content,
            "n_files": count_cases(content, file.name),
            "options": {"removes": self.cleaned_data["removes"]},
        }


def count_cases(content, name):
    """Return the number of cases in a table; 1 if the table can't be read."""
    try:
        return len({row.cells.get("case") for row in read_table(content, name)})
    except InvalidFileError:
        return 1


plan_import = case_import.plan_import
build_preview = case_import.build_preview
read_choices = case_import.read_choices
find_records = case_import.find_records


def preview_context(upload, preview, query):
    """Return the context of sheets, with the cases changed since the export."""
    context = case_import.preview_context(upload, preview, query)
    return context | {
        "changed_since": cases_changed_since(upload) if preview.get("slugs") else []
    }


def cases_changed_since(upload):
    """Return the names of cases that were changed after the table was exported.

    Importing such a table could revert changes that others made.
    """
    versions: dict[Any, int] = {}
    for row in read_table(bytes(upload.content), upload.name):
        stamp = str(row.cells.get(AS_OF, ""))[1:]
        if VERSION_DIGITS.fullmatch(stamp):
            slug = row.cells.get("case")
            versions[slug] = min(int(stamp), versions.get(slug, int(stamp)))
    found = Initiative.objects.filter(slug__in=versions).values_list(
        "pk", "slug", "name"
    )
    touched = Touched.objects.filter(
        kind=kind_of(Initiative), key__in=[f[0] for f in found]
    )
    last = dict(touched.values_list("key", "version"))
    return [name for key, slug, name in found if last.get(key, 0) > versions[slug]]
