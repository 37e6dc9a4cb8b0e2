"""Exports cases and parses the files, for tests."""

import csv
import io
import json

import openpyxl
from django.http import QueryDict

from initiatives import exports
from initiatives.formats import FORMATS
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)

SITE = "https://casebase.example"


def exported(name, query=""):
    """Return the bytes of an export."""
    filterset = exports.build_filter(QueryDict(query))
    assert filterset.error_messages == []
    return b"".join(FORMATS[name].write(exports.build_selection(filterset, SITE)))


def rows(name, query=""):
    """Return a CSV export as a list of dictionaries."""
    text = exported(name, query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def sheets(query=""):
    """Return the sheets of an XLSX export by title, as lists of dictionaries."""
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", query)))
    tables = {}
    for sheet in book:
        heading, *cells = sheet.iter_rows(values_only=True)
        tables[sheet.title] = [dict(zip(heading, row, strict=True)) for row in cells]
    return tables


def parsed(name, query=""):
    """Return the value of a JSON or GeoJSON export."""
    return json.loads(exported(name, query))


def weyhe():
    """Create a case with a finding that fills every column except strategies."""
    case = InitiativeFactory(
        slug="streetwatchers-weyhe",
        name="Streetwatchers in Weyhe",
        region="Lower Saxony",
        latitude=52.99,
        longitude=8.87,
        start_year=2007,
        revised_on="2026-11-24",
    )
    work = ReferenceFactory(
        key="meyer-grosser-2014", title="Streetwatcher", issued_year=2014
    )
    page = {"url": "https://govint.example/weyhe", "locator": "Outcomes"}
    finding = mistrust_in(case)
    SourceFactory(finding=finding, reference=work, **page)
    SourceFactory(finding=finding, reference__key="loeffler-2021", via="secondary")
    return case


def mistrust_in(case):
    return FindingFactory(
        initiative=case,
        short_id="f2345678",
        kind="barrier",
        concept=ConceptFactory(slug="mistrust", label="Mistrust"),
        statement="Neighbours first wanted a security firm.",
        response="They were asked to take part.",
        direction="helped",
        year=2008,
        figure_value=805.0,
        figure_unit="hours",
        figure_period="2007/2008",
        sources=0,
    )
