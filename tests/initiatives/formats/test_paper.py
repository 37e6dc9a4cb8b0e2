"""docs/exports.md describes every column and key, in their order."""

import re

from django.conf import settings

from initiatives.formats import FORMATS, export_schema
from initiatives.formats.tables import LONG, SOURCES, TERMS, WIDE

PAPER = (settings.BASE_DIR / "docs" / "exports.md").read_text()
ROW = re.compile(r"^\| `([\w-]+)` \|", re.MULTILINE)


def described():
    """The first columns of the paper's tables, in order."""
    tables = re.findall(r"(?:^\|.*\n)+", PAPER, re.MULTILINE)
    return [ROW.findall(table) for table in tables]


def test_every_table_of_the_paper_is_true():
    case, finding, use, place, term = (
        list(getattr(export_schema, shape).__annotations__)
        for shape in ("Case", "Finding", "Use", "Place", "Term")
    )
    assert described() == [
        list(FORMATS),
        list(LONG),
        list(WIDE),
        ["Cases", "Findings", "Sources", "Terms", "About"],
        list(SOURCES),
        list(TERMS),
        ["casebase", "cases", "counts"],
        *(case, finding, use, place, term),
    ]


def test_small_records_are_described_in_a_row():
    for shape in (export_schema.Body, export_schema.Work, export_schema.Conflict):
        keys = [f"`{key}`" for key in shape.__annotations__]
        assert re.search(rf"objects with {'(, | and )'.join(keys)}", PAPER), keys
    assert all(f"`{key}`" in PAPER for key in export_schema.Figure.__annotations__)
