"""docs/findings.md describes every filter, column and key, in order."""

import re

from django.conf import settings

from initiatives.findings.filters import (
    CASE_PARAMETERS,
    StatementFilter,
)
from initiatives.findings.formats import COLUMNS, FORMATS, SOURCE_COLUMNS
from initiatives.formats.export_schema import CaseInBrief, FindingInList
from initiatives.formats.tables import FINDING_COLUMNS

DOCUMENTATION = (settings.BASE_DIR / "docs" / "findings.md").read_text()
NAME = re.compile(r"`([\w-]+)(?:=1)?`")


def documented_names():
    """Return the names in the first column of each table."""
    tables = re.findall(r"(?:^\|.*\n)+", DOCUMENTATION, re.MULTILINE)
    return [
        [
            name
            for row in table.splitlines()[2:]
            for name in NAME.findall(row.split("|")[1])
        ]
        for table in tables
    ]


def test_all_filters_are_described():
    filters = {*StatementFilter.base_filters} - {"page", "strategy-all"}
    assert {*documented_names()[0]} == filters
    for name, parameter in CASE_PARAMETERS.items():
        if not name.endswith("-all") and name not in ("leadership", "motivation"):
            assert parameter.startswith("case-") or f"`{parameter}`" in DOCUMENTATION


def test_all_formats_columns_and_keys_are_described():
    own = [name for name in FindingInList.__annotations__ if name in ("case",)]
    assert documented_names()[2:] == [
        list(FORMATS),
        [name for name in COLUMNS if name not in FINDING_COLUMNS],
        list(SOURCE_COLUMNS),
        ["permanent_address", *own],
        list(CaseInBrief.__annotations__),
    ]
