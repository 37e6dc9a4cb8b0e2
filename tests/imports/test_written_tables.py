"""A table of findings that is edited and written, as every database takes it."""

import pytest

from initiatives.models import Finding
from tests.imports.desk import fields_of
from tests.imports.spreadsheet import FORMATS, Table
from tests.imports.test_tables import bring


@pytest.fixture(params=FORMATS)
def table(intake, request):
    return Table(intake, request.param, "weyhe", "surrey")


def test_an_edited_cell_is_shown_and_then_written(intake, table):
    table.put("f5555555", statement="A part of it can be changed.", year=2014)
    preview = bring(intake, table)
    assert fields_of(preview) == {
        "Statement": ("A whole system can be changed.", "A part of it can be changed."),
        "Year": ("", "2014"),
    }
    intake.decide(preview)
    finding = Finding.objects.get(short_id="f5555555")
    assert (finding.statement, finding.year) == ("A part of it can be changed.", 2014)
