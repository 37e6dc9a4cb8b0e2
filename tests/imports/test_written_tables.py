"""A table of findings that is edited and written, as every database takes it."""

import pytest

from initiatives.models import Finding
from tests.imports.importer import fields_of
from tests.imports.spreadsheet import FORMATS, Table
from tests.imports.test_tables import preview_table


@pytest.fixture(params=FORMATS)
def table(importer, request):
    return Table(importer, request.param, "weyhe", "surrey")


def test_an_edited_cell_is_shown_and_then_written(importer, table):
    table.put("f5555555", statement="A part of it can be changed.", year=2014)
    preview = preview_table(importer, table)
    assert fields_of(preview) == {
        "Statement": ("A whole system can be changed.", "A part of it can be changed."),
        "Year": ("", "2014"),
    }
    importer.decide(preview)
    finding = Finding.objects.get(short_id="f5555555")
    assert (finding.statement, finding.year) == ("A part of it can be changed.", 2014)
