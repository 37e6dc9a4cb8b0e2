"""Exports in XLSX, read by another library than the one that writes them."""

import io

import openpyxl
import pytest

from casebase import __version__
from initiatives.formats.tables import (
    CASE_COLUMNS,
    FINDING_COLUMNS,
    SOURCE_COLUMNS,
    TERM_COLUMNS,
)
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
    SourceFactory,
)
from tests.initiatives.formats.exporting import SITE, exported, rows, sheets, weyhe

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def as_text(row):
    return {name: "" if cell is None else str(cell) for name, cell in row.items()}


def test_cases_and_findings_are_the_same_as_in_csv():
    weyhe()
    FindingFactory(initiative__name="Another")
    book = sheets()
    assert len(book["Findings"]) == 2
    assert [as_text(row) for row in book["Cases"]] == rows("csv-wide")
    assert [as_text(row) for row in book["Findings"]] == rows("csv")
    assert book["Findings"][1]["figure_value"] == 805


def test_a_source_is_a_row():
    case = weyhe()
    conflict = ConflictFactory(initiative=case, about="Members")
    SourceFactory(conflict=conflict, reference__key="c-3", via="")
    first, second, third = sheets()["Sources"]
    assert first == {
        "case": "streetwatchers-weyhe",
        "finding": "f2345678",
        "conflict": None,
        "citekey": "meyer-grosser-2014",
        "title": "Streetwatcher",
        "year": 2014,
        "doi": None,
        "locator": "Outcomes",
        "page_read": "https://govint.example/weyhe",
        "read_as": "primary",
        "standing": None,
        "peer_reviewed": None,
        "address": f"{SITE}/references/meyer-grosser-2014/",
    }
    assert (second["citekey"], second["read_as"]) == ("loeffler-2021", "secondary")
    assert (third["finding"], third["conflict"]) == (None, "Members")
    assert (third["citekey"], third["read_as"]) == ("c-3", None)


def test_terms_are_those_of_the_codebook():
    inside = ConceptFactory(slug="inside", is_heading=True)
    ConceptFactory(slug="silos", label="Silos", broader=inside, order=1)
    first, second = sheets()["Terms"]
    assert (first["term"], first["broader"]) == ("inside", None)
    assert (second["scheme"], second["term"]) == ("barriers", "silos")
    assert (second["label"], second["broader"]) == ("Silos", "inside")


def test_the_sheet_about_describes_the_file():
    FindingFactory(initiative=weyhe(), kind="mode")
    InitiativeFactory(country="FI")
    about = {row["about"]: row["this file"] for row in sheets("country=DE")["About"]}
    assert about["query"] == "1 case in Germany"
    assert about["address"] == f"{SITE}/initiatives/?country=DE"
    assert about["version"] == __version__
    assert about["licence"] == "CC BY 4.0"
    assert len(about["made_on"]) == 10
    counts = {name: n for name, n in about.items() if name.startswith("n_")}
    assert counts == {"n_cases": 1, "n_findings": 1, "n_modes": 1, "n_sources": 3}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "{="])
def test_no_cell_is_a_formula(sign):
    hostile = f"{sign}HYPERLINK(1)"
    case = InitiativeFactory(name=hostile, tags=[f"={sign}"])
    finding = FindingFactory(initiative=case, statement=hostile, sources=0)
    SourceFactory(finding=finding, locator=hostile, reference__title=hostile)
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    if sign != "\r":
        # XML turns a CR into LF; XLSX has an escape, which openpyxl does not decode.
        assert hostile in {cell.value for cell in cells}


def test_a_text_too_long_for_a_cell_is_complete_in_the_file():
    statement = "Zürich & Łódź; " * 4_000
    FindingFactory(statement=statement)
    book = sheets()
    first = book["Findings"][0]["statement"].partition(" … [goes on")[0]
    assert first + "".join(row["text"] for row in book["Long texts"]) == statement


def test_an_export_without_cases_has_headings():
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))
    headings = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book}
    assert headings.pop("About") == ["about", "this file"]
    assert headings == {
        "Cases": list(CASE_COLUMNS),
        "Findings": list(FINDING_COLUMNS),
        "Sources": list(SOURCE_COLUMNS),
        "Terms": list(TERM_COLUMNS),
    }
