"""docs/exports.md describes every column and key, in order."""

import re

from django.conf import settings

from initiatives.comparison import files
from initiatives.comparison.file_content import COLUMNS
from initiatives.comparison.selection import Selection
from initiatives.formats import FORMATS, export_schema
from initiatives.formats.tables import (
    CASE_COLUMNS,
    FINDING_COLUMNS,
    SOURCE_COLUMNS,
    TERM_COLUMNS,
)

DOCUMENTATION = (settings.BASE_DIR / "docs" / "exports.md").read_text()
ROW = re.compile(r"^\| `([\w-]+)` \|", re.MULTILINE)


def documented_names():
    """Return the first column of each table in the documentation."""
    tables = re.findall(r"(?:^\|.*\n)+", DOCUMENTATION, re.MULTILINE)
    return [ROW.findall(table) for table in tables]


def test_the_tables_list_all_formats_columns_and_keys():
    keys = [
        list(getattr(export_schema, name).__annotations__)
        for name in ("Case", "Finding", "Source", "Place", "Term")
    ]
    assert documented_names() == [
        list(FORMATS),
        list(FINDING_COLUMNS),
        list(CASE_COLUMNS),
        ["Cases", "Findings", "Sources", "Terms", "About"],
        list(SOURCE_COLUMNS),
        list(TERM_COLUMNS),
        ["casebase", "cases", "counts"],
        *keys,
        list(Selection.parameters),
        list(files.FORMATS),
        list(COLUMNS),
    ]


def test_the_keys_of_small_objects_are_listed_in_a_cell():
    for schema in (
        export_schema.Organisation,
        export_schema.Work,
        export_schema.Conflict,
    ):
        keys = [f"`{key}`" for key in schema.__annotations__]
        assert re.search(rf"objects with {'(, | and )'.join(keys)}", DOCUMENTATION), (
            keys
        )
    assert all(
        f"`{key}`" in DOCUMENTATION for key in export_schema.Figure.__annotations__
    )
