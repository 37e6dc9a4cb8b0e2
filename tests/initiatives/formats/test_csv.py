"""CSV with one row for each finding, and with one row for each case."""

import pytest

from initiatives.formats.tables import CASE_COLUMNS, FINDING_COLUMNS
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    SourceFactory,
)
from tests.initiatives.formats.exporting import SITE, exported, rows, weyhe

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# The row of the finding of weyhe(), with two strategies.
MISTRUST = {
    "case": "streetwatchers-weyhe",
    "name": "Streetwatchers in Weyhe",
    "place": "Weyhe, Lower Saxony, Germany",
    "country": "DE",
    "settlement": "",
    "reach": "",
    "started": "2007",
    "ended": "",
    "finding": "f2345678",
    "kind": "barrier",
    "term": "mistrust",
    "term_label": "Mistrust",
    "statement": "Neighbours first wanted a security firm.",
    "response": "They were asked to take part.",
    "strategies": "outreach; training",
    "direction": "helped",
    "basis": "coded",
    "grade": "thin",
    "grade_rules": "1",
    "grade_note": "",
    "year": "2008",
    "figure_value": "805",
    "figure_unit": "hours",
    "figure_period": "2007/2008",
    "citekeys": "meyer-grosser-2014; loeffler-2021",
    "sources": (
        "meyer-grosser-2014, Outcomes, https://govint.example/weyhe, primary; "
        "loeffler-2021, secondary"
    ),
    "address": f"{SITE}/initiatives/streetwatchers-weyhe/#f2345678",
    "revised_on": "2026-11-24",
}


def test_a_finding_fills_a_row():
    outreach = ConceptFactory(scheme="strategies", slug="outreach")
    training = ConceptFactory(scheme="strategies", slug="training")
    weyhe().findings.get().strategies.add(outreach, training)
    assert rows("csv") == [MISTRUST]


def test_a_finding_without_term_and_figure_has_empty_cells():
    FindingFactory(figure_value=None)
    [row] = rows("csv")
    empty = ("term", "term_label", "strategies", "figure_value", "figure_unit", "year")
    assert {row[column] for column in empty} == {""}


def test_a_figure_keeps_its_decimals_and_its_sign():
    FindingFactory(figure_value=-2.5, figure_unit="%")
    assert rows("csv")[0]["figure_value"] == "-2.5"


def test_rows_follow_the_order_of_the_list_and_of_the_case():
    later = InitiativeFactory(name="B", start_year=2001)
    first = InitiativeFactory(name="A", start_year=1999)
    FindingFactory(initiative=later, statement="3", position=1)
    FindingFactory(initiative=first, statement="2", position=2)
    FindingFactory(initiative=first, statement="1", position=1)
    assert [row["statement"] for row in rows("csv")] == ["1", "2", "3"]
    by_year = [row["statement"] for row in rows("csv", "sort=year")]
    assert by_year == ["3", "1", "2"]
    by_findings = [row["name"] for row in rows("csv-wide", "sort=findings")]
    assert by_findings == ["A", "B"]


def test_a_case_fills_a_row():
    case = InitiativeFactory(
        tags=["youth", "night"],
        target_groups=["young people", "neighbours"],
        not_found=["cost", "saving"],
        latitude=-52.99,
        longitude=8.87,
    )
    InvolvementFactory(initiative=case, organisation__name="Weyhe", role="funder")
    [row] = rows("csv-wide")
    expected = {
        "target_groups": "young people; neighbours",
        "organisations": "Weyhe (funder)",
        "tags": "night; youth",
        "not_found": "cost; saving",
        "latitude": "-52.99",
        "address": f"{SITE}{case.get_absolute_url()}",
    }
    assert {column: row[column] for column in expected} == expected


def test_a_case_has_each_of_its_terms_once():
    area = ConceptFactory(scheme="service-areas", slug="safety")
    case = InitiativeFactory(service_areas=[area])
    tax, silos = ConceptFactory(slug="tax"), ConceptFactory(slug="silos")
    outreach = ConceptFactory(scheme="strategies", slug="outreach")
    design = ConceptFactory(scheme="modes", slug="co-design")
    for concept in (tax, silos, tax):
        coded = {"concept": concept, "strategies": [outreach]}
        FindingFactory(initiative=case, kind="barrier", **coded)
    FindingFactory(initiative=case, kind="mode", concept=design)
    [row] = rows("csv-wide")
    expected = {
        "barriers": "tax; silos",
        "strategies": "outreach",
        "modes": "co-design",
        "negative_effects": "",
        "service_areas": "safety",
        "n_findings": "3",
    }
    assert {column: row[column] for column in expected} == expected


def test_a_case_has_each_of_its_works_once():
    case = InitiativeFactory()
    cited = {"reference__key": "b-2", "is_cited_by_chapter": True}
    read = DocumentationFactory(initiative=case, **cited).reference
    DocumentationFactory(initiative=case, reference__key="a-1", is_read=False)
    finding = FindingFactory(initiative=case, sources=0)
    SourceFactory(finding=finding, reference=read, locator="P. 1")
    SourceFactory(finding=finding, reference=read, locator="P. 2")
    conflict = ConflictFactory(initiative=case, about="Members", note="200 or 300.")
    SourceFactory(conflict=conflict, reference__key="c-3")
    [row] = rows("csv-wide")
    expected = {
        "works": "a-1; b-2",
        "works_of_chapter": "b-2",
        "works_not_read": "a-1",
        "citekeys": "b-2; c-3",
        "n_works_cited": "2",
        "conflicts": "Members: 200 or 300.",
        "n_conflicts": "1",
    }
    assert {column: row[column] for column in expected} == expected


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_starts_a_formula(sign):
    hostile = f"{sign}HYPERLINK(1)"
    case = InitiativeFactory(name=hostile, summary=hostile, target_groups=[f"={sign}"])
    finding = FindingFactory(initiative=case, statement=hostile, sources=0)
    SourceFactory(finding=finding, locator=hostile)
    for row in [*rows("csv"), *rows("csv-wide")]:
        assert not [text for text in row.values() if text[:1] in [*"=+-@\t\r"]]
        assert row["name"] == f"'{hostile}"


def test_long_texts_and_special_characters_are_complete():
    statement = '“Zürich”, "Łódź";\n' * 4_000
    FindingFactory(statement=statement, initiative__summary=statement)
    assert rows("csv")[0]["statement"] == statement
    assert rows("csv-wide")[0]["summary"] == statement


def test_an_export_without_cases_has_a_heading():
    assert exported("csv").decode("utf-8-sig") == ",".join(FINDING_COLUMNS) + "\r\n"
    assert exported("csv-wide").decode("utf-8-sig") == ",".join(CASE_COLUMNS) + "\r\n"
