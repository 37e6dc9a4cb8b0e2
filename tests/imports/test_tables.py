"""Tables of findings: exported, edited and imported again."""

import datetime
import io

import openpyxl
import pytest
from django.db.models import F
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.models import Touched
from casebase.desk.imports.tables.cells import (
    CellError,
    Formula,
    convert_cell,
    normalize_value,
)
from casebase.desk.imports.tables.columns import unescape_formula
from casebase.files.formats import escape_formula
from casebase.files.xlsx import GOES_ON
from initiatives.models import Finding, Initiative
from tests.factories import FindingFactory
from tests.imports.importer import error_lines
from tests.imports.spreadsheet import FORMATS, Table, rows_of_csv

pytestmark = pytest.mark.once


@pytest.fixture(params=FORMATS)
def table(importer, request):
    return Table(importer, request.param, "weyhe", "surrey")


def preview_table(importer, table, **fields):
    return importer.preview("findings", file=table.file, **fields)


def test_what_a_table_has_no_column_for_stays(importer):
    kept = {"grade_override": 1, "grade_note": "We saw it.", "is_specimen": True}
    case = Initiative.objects.get(slug="surrey")
    answered = {"kind": "barrier", "response": "Talks.", "direction": "helped"}
    finding = FindingFactory(initiative=case, **answered, **kept)
    table = Table(importer, "csv", "surrey")
    table.put(finding.short_id, statement="Others wrote it.")
    importer.decide(preview_table(importer, table))
    changed = Finding.objects.values("statement", *kept).get(pk=finding.pk)
    assert changed == {"statement": "Others wrote it.", **kept}


def test_a_table_that_was_not_edited_changes_nothing(importer, table):
    table.add()
    assertContains(preview_table(importer, table), "There is nothing to import")


def test_a_new_row_gets_an_id(importer, table):
    table.add(
        case="surrey",
        kind="barrier",
        term="mistrust",
        statement="Staff did not trust young people.",
        direction="not-reported",
        basis="coded",
        source_1="tisdall-2014",
        locator_1="P. 3-5",
        read_as_1="primary",
    )
    importer.decide(preview_table(importer, table))
    old, new = Initiative.objects.get(slug="surrey").findings.all()
    assert (old.short_id, new.concept.slug) == ("f5555555", "mistrust")
    assert len(new.short_id) == 8
    assert [str(source) for source in new.sources.all()] == ["tisdall-2014, P. 3-5"]


def test_missing_rows_delete_findings_only_on_request(importer, table):
    marks = set(Finding.objects.values_list("short_id", flat=True))
    gone = next(f.short_id for f in Finding.objects.filter(initiative__slug="weyhe"))
    table.drop(gone)
    assertContains(preview_table(importer, table), "There is nothing to import")
    importer.decide(preview_table(importer, table, removes="on"))
    assert set(Finding.objects.values_list("short_id", flat=True)) == marks - {gone}


def test_findings_without_a_row_keep_their_position(importer, table):
    findings = Initiative.objects.get(slug="weyhe").findings.exclude(kind="mode")
    before = [finding.short_id for finding in findings]
    assert len(before) == 2
    for mark in before[1:]:
        table.drop(mark)
    table.put(before[0], year=2008)
    importer.decide(preview_table(importer, table))
    assert [finding.short_id for finding in findings.all()] == before


NOBODY = {"source_1": "nobody-1900", "read_as_1": "primary"}
ERRORS = [
    (
        {"kind": "lessen"},
        "kind: “lessen” is not a kind of finding; did you mean",
    ),
    ({"direction": None}, "direction: This field is required."),
    (
        {"term": "mistrust"},
        "term: Findings of the kind lesson have no term;",
    ),
    (
        {"strategies": "none"},
        "strategies: “none” is not a term of the",
    ),
    ({"year": "next"}, "year: This should be a year with four digits"),
    ({"figure_value": "1,5"}, "figure_value: This should be a number with a"),
    ({"figure_value": "1.2E+15"}, "figure_value: The spreadsheet has shortened this"),
    ({"figure_value": 7}, "figure_unit: This field is required."),
    ({"figure_period": "May-14"}, "figure_period: A period is 2014, 2014-05 or"),
    (NOBODY, "source_1: “nobody-1900” is not the key of a work"),
    (
        {"source_1": "tisdall-2014", "read_as_1": "primary"}
        | {"source_2": "nobody-1900", "read_as_2": "primary"},
        "source_2: “nobody-1900” is not the key of a work",
    ),
    ({"source_1": "tisdall-2014"}, "read_as_1: This field is required."),
    ({"source_2": "tisdall-2014"}, "read_as_2: This field is required."),
    ({"locator_1": "03-May"}, "locator_1: The spreadsheet has turned this into"),
    ({"statement": "=cmd|'/C calc'!A0"}, "statement: This is a formula; write"),
    ({"statement": "#REF!"}, "statement: This is an error value of the spreadsheet"),
    ({"finding": "f2222222"}, "finding: The case has no finding “f2222222”"),
    ({"case": "essex"}, "case: There is no case “essex”."),
    ({"case": None}, "case: Enter a slug."),
    ({"as_of": None, "basis": "guessed"}, "basis: “guessed” is not one of: stated"),
]


def test_errors_name_the_row_and_column(importer):
    for cells, sentence in ERRORS:
        table = Table(importer, "csv", "weyhe", "surrey")
        row = table.rows.index(table.row("f5555555")) + 2
        table.put("f5555555", **cells)
        [line, *_] = error_lines(preview_table(importer, table))
        assert line.startswith(f"{table.name}:{row}: {sentence}")


def test_dates_and_booleans_of_excel_are_refused(importer):
    table = Table(importer, "xlsx", "surrey")
    table.put("f5555555", locator_1=datetime.date(2026, 5, 3), response=True)
    assert [
        line.split(": ", 1)[1] for line in error_lines(preview_table(importer, table))
    ] == [
        "response: This is TRUE or FALSE. Give the cell the format Text and write a "
        "word.",
        "locator_1: The spreadsheet has turned this into a date. Give the cell the "
        "format Text and write it again.",
    ]


def test_numbers_made_by_a_program_become_texts_again(importer):
    table = Table(importer, "xlsx", "surrey")
    cells = {"figure_value": 805, "figure_unit": "hours", "figure_period": 2014}
    table.put("f5555555", **cells, source_1="tisdall-2014", locator_1=24)
    table.put("f5555555", read_as_1="primary")
    importer.decide(preview_table(importer, table))
    finding = Finding.objects.get(short_id="f5555555")
    assert (finding.figure, finding.figure_period) == ("805 hours", "2014")
    assert finding.sources.get().locator == "24"


HOSTILE = ["=1+1", "+49 30", "-5 %", "@SUM(A1)", "'=x", "\t=x", "\uff1dx", " =x"]


@pytest.mark.parametrize("name", FORMATS)
def test_texts_are_never_exported_as_formulas_and_are_restored(importer, name):
    surrey = Initiative.objects.get(slug="surrey")
    for text in HOSTILE:
        FindingFactory(initiative=surrey, statement=text.strip(), sources=0)
    out = reverse("imports:findings-out", args=[name], query={"case": "surrey"})
    content = importer.client.get(out).getvalue()
    if name == "csv":
        cells = [cell or "x" for row in rows_of_csv(content) for cell in row]
        assert not {cell[0] for cell in cells} & set("=+-@\t\uff1d")
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    preview = importer.preview("findings", file=(f"findings.{name}", content))
    assertContains(preview, "There is nothing to import")


@given(st.text())
def test_the_escaping_of_formulas_in_csv_is_reversible(text):
    assert unescape_formula(escape_formula(text)) == text


def test_cells_outside_the_table_are_reported(importer, table):
    table.rows[0].append("stray")
    assert (
        "This cell has no column name above it."
        in error_lines(preview_table(importer, table))[0]
    )


def test_an_empty_last_column_is_ignored(importer, table):
    table.heading += [None, ""]
    assertContains(preview_table(importer, table), "There is nothing to import")


def test_too_many_rows_are_refused(importer, table, monkeypatch):
    monkeypatch.setattr("casebase.desk.imports.tables.table_reader.MAX_ROWS", 2)
    assert (
        "There are more than 2 rows; divide the table."
        in error_lines(preview_table(importer, table))[0]
    )


def test_the_list_of_errors_is_cut(importer, table, monkeypatch):
    monkeypatch.setattr("casebase.desk.imports.tables.table_reader.MAX_ERRORS", 1)
    for row in table.rows:
        row[table.heading.index("statement")] = "#REF!"
    assert len(error_lines(preview_table(importer, table))) == 2


def test_modes_have_no_response_and_are_neutral(importer, table):
    mode = Finding.objects.filter(kind="mode").first()
    table.put(mode.short_id, statement="Neighbours walk.", response="None.")
    assert error_lines(preview_table(importer, table))[0].endswith(
        "response: Leave this empty for a mode."
    )
    table.put(mode.short_id, response=None, direction="helped")
    assert error_lines(preview_table(importer, table))[0].endswith(
        "direction: A mode is always neutral."
    )
    table.put(mode.short_id, direction="neutral")
    importer.decide(preview_table(importer, table))
    mode.refresh_from_db()
    assert mode.statement == "Neighbours walk."


def test_a_published_case_keeps_its_sources(importer, table):
    finding = Finding.objects.filter(initiative__slug="weyhe", kind="barrier").first()
    empty = {
        c: None
        for c in table.heading
        if c.startswith(("source", "loc", "page", "read"))
    }
    table.put(finding.short_id, **empty)
    [line] = error_lines(preview_table(importer, table))
    assert line.endswith("source_1: A published case needs a source here.")


def test_changes_by_others_since_the_export_are_reported(importer, table):
    assertNotContains(preview_table(importer, table), "Changed by others")
    Initiative.objects.filter(slug="weyhe").update(region="Bremen")
    # As by another transaction, which PostgreSQL counts as one.
    Touched.objects.update(version=F("version") + 1)
    table.put("f5555555", year=2014)
    preview = preview_table(importer, table)
    assertContains(preview, "since this table was exported: Streetwatchers")
    for row in table.rows:
        row[table.heading.index("as_of")] = "soon"
    assertNotContains(preview_table(importer, table), "Changed by others")


def test_a_large_table_is_refused(importer, monkeypatch):
    monkeypatch.setattr("casebase.desk.imports.finding_import.MAX_BYTES", 5)
    refused = importer.upload("findings", file=("a.csv", b"case,finding"))
    assertContains(refused, "The file is larger than 5 MB; divide it.")


REFUSED = [
    (14.5, "This is a number instead of a text."),
    (10**15, "The spreadsheet has shortened this number; write"),
    (datetime.timedelta(1), "The spreadsheet has turned this into a date."),
    ("a\0b", "This contains a NUL character"),
    (f"Long{GOES_ON}", "The export cut this text"),
    (Formula(), "This is a formula"),
    (True, "This is TRUE or FALSE."),
]


@pytest.mark.parametrize(("value", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_cells_that_are_not_texts_are_refused(value, sentence):
    with pytest.raises(CellError, match=sentence):
        convert_cell("statement", normalize_value(value))


@pytest.mark.parametrize("column", ["year", "figure_value", "statement"])
def test_numbers_and_texts_of_digits_are_equal(column):
    as_text = {"year": 2014, "figure_value": 2014.0, "statement": "2014"}
    for cell in (2014, 2014.0, "2014"):
        assert convert_cell(column, normalize_value(cell)) == as_text[column]


def test_a_finding_may_have_only_one_row(importer, table):
    table.rows.append(table.row("f5555555"))
    assert (
        "finding: This finding has two rows; delete one."
        in error_lines(preview_table(importer, table))[0]
    )
