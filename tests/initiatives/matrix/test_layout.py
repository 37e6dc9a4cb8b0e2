"""What a matrix counts, and how it is laid out."""

import re

import pytest
from django.http import QueryDict
from pytest_django.asserts import assertContains, assertNotContains

from initiatives.matrix.filters import MatrixFilter
from initiatives.matrix.layout import Matrix
from initiatives.matrix.tables import MOST_TABLES, kept_tables
from initiatives.models import Finding
from tests.factories import ConflictFactory, FindingFactory, InitiativeFactory
from tests.initiatives.matrix.opened_lists import build, check, opened

# Counted from the index, which is the same on either database.
pytestmark = pytest.mark.once


def table(matrix):
    """Return row → column → cases, statements and results, of the filled cells."""
    return {
        row.value.slug: {
            column.value.slug: (cell.n_cases, cell.n_statements, dict(cell.results))
            for column, cell in zip(matrix.columns, cells, strict=True)
            if cell
        }
        for row, cells in matrix.table_rows
    }


def test_a_linked_cell_counts_cases_statements_and_results(add):
    first, second = InitiativeFactory(), InitiativeFactory()
    add(first, "mistrust", "outreach", direction="helped")
    add(first, "mistrust", "outreach", "training")
    add(second, "stigma", "outreach", direction="hindered")
    assert table(build("")) == {
        # A broader term is the union of its narrower ones.
        "inside": {
            "outreach": (2, 3, {"helped": 1, "hindered": 1, "not-reported": 1}),
            "training": (1, 1, {"not-reported": 1}),
        },
        "mistrust": {
            "outreach": (1, 2, {"helped": 1, "not-reported": 1}),
            "training": (1, 1, {"not-reported": 1}),
        },
        "stigma": {"outreach": (1, 1, {"hindered": 1})},
    }


def test_side_by_side_counts_cases_and_says_so(client, add, codebook):
    case = InitiativeFactory()
    add(case, "mistrust")
    FindingFactory(initiative=case, kind="leadership", concept=codebook["mayor"])
    matrix = build("rows=barrier&columns=leadership")
    assert not matrix.is_linked
    assert table(matrix)["mistrust"] == {"mayor": (1, 1, {})}
    page = client.get("/matrix/?rows=barrier&columns=leadership")
    assertContains(page, "Company is not cause")
    assertContains(page, "matrix--beside")
    assertNotContains(page, "report that it helped")
    assertContains(page, 'href="/initiatives/?barrier=mistrust&amp;leadership=mayor"')


def test_a_filter_by_an_axis_chooses_rows_with_what_is_below(add):
    case = InitiativeFactory()
    add(case, "mistrust", "outreach")
    add(case, "stigma", "outreach")
    assert list(table(build("barrier=stigma"))) == ["stigma"]
    assert list(table(build("barrier=inside"))) == ["inside", "mistrust", "stigma"]


def test_other_filters_narrow_what_is_counted(add):
    german = InitiativeFactory(country="DE")
    add(german, "mistrust", "outreach", direction="helped")
    add(InitiativeFactory(country="FI"), "mistrust", "outreach")
    assert table(build("country=DE"))["mistrust"]["outreach"][:2] == (1, 1)
    assert table(build("direction=helped"))["mistrust"]["outreach"][:2] == (1, 1)
    assert table(build("q=nothing")) == {}


def test_drafts_leak_into_no_number(add, client):
    hidden = InitiativeFactory(status="draft", country="KE", not_found=["barrier"])
    add(hidden, "mistrust", "outreach")
    add(InitiativeFactory(country="DE"), "stigma", "outreach")
    assert table(build("")).keys() == {"inside", "stigma"}
    by_country = build("rows=country&columns=direction")
    assert [row.value.slug for row in by_country.rows] == ["DE"]
    assert build("gaps=1").in_vain == []


def test_empty_rows_and_columns_are_folded_with_their_numbers(client, add):
    add(InitiativeFactory(), "mistrust", "outreach")
    matrix = build("")
    assert matrix.n_folded == (1, 1)
    assertContains(client.get("/matrix/"), "Show what is empty: 1 row, 1 column")
    every = build("empty=1")
    assert (len(every.rows), len(every.columns)) == (3, 2)
    assertContains(client.get("/matrix/?empty=1"), "Fold empty ones")


def test_rows_are_sorted_by_the_codebook_or_by_cases(add):
    for case in InitiativeFactory.create_batch(2):
        add(case, "stigma", "training")
    add(case, "mistrust", "outreach")
    assert [row.value.slug for row in build("").rows] == [
        "inside",
        "mistrust",
        "stigma",
    ]
    by_count = build("sort=count")
    assert [row.value.slug for row in by_count.rows] == ["inside", "stigma", "mistrust"]
    assert [c.value.slug for c in by_count.columns] == ["training", "outreach"]


def test_gaps_are_named(client, add):
    case = InitiativeFactory(not_found=["strategy", "barrier"])
    disputed = add(case, "mistrust", "outreach", response="They met.")
    ConflictFactory(initiative=case).findings.add(disputed)
    second_hand = add(
        InitiativeFactory(), "stigma", "outreach", response="So.", direction="helped"
    )
    second_hand.sources.update(via="secondary")
    add(case, "stigma")
    matrix = build("gaps=1")
    cells = {row.value.slug: cells[0] for row, cells in matrix.table_rows}
    assert cells["mistrust"].gaps == [
        "no result reported",
        "one case only",
        "sources disagree",
    ]
    assert cells["stigma"].gaps == ["one case only", "from summaries only"]
    assert cells["inside"].gaps == ["sources disagree"]
    page = client.get("/matrix/?gaps=1")
    assertContains(page, "barriers in 1 case")
    assertContains(page, "1 without a response")
    assertContains(client.get("/matrix/"), "Show gaps")


def test_a_row_names_barriers_without_a_response(add):
    add(InitiativeFactory(), "stigma", "outreach", response="So.")
    add(InitiativeFactory(), "stigma")
    stigma = next(row for row in build("gaps=1").rows if row.value.slug == "stigma")
    assert stigma.unanswered.n == 1
    _, findings = opened(stigma.unanswered.address, is_linked=True)
    assert findings.count() == 1
    assert [row.unanswered for row in build("").rows] == [None, None]


def test_the_page_says_what_the_base_is_biased_to(client, add):
    add(InitiativeFactory(), "mistrust", "outreach", direction="helped")
    add(InitiativeFactory(), "mistrust")
    text = re.sub(r"\s+", " ", client.get("/matrix/").content.decode())
    assert "of 2 statements with barriers, 1 report that it helped" in text
    assert "1 report no result" in text


def test_decades_open_the_years_of_cases(add):
    add(InitiativeFactory(start_year=1994), "mistrust")
    add(InitiativeFactory(start_year=2003), "mistrust")
    matrix = build("rows=barrier&columns=decade&case-from=1992")
    assert [column.value.label for column in matrix.columns] == [
        "1990–1999",
        "2000–2009",
    ]
    check(matrix)
    assert "case-from=1992&case-to=1999" in matrix.columns[0].address


def test_barriers_stand_by_evidence_grade(add):
    add(InitiativeFactory(), "mistrust", grade=2)
    add(InitiativeFactory(), "mistrust", grade=0)
    matrix = build("rows=barrier&columns=grade")
    assert [column.value.label for column in matrix.columns] == [
        "Well supported",
        "Thinly supported",
    ]
    check(matrix)


@pytest.mark.django_db
def test_a_matrix_of_cases_has_no_results():
    assert build("rows=country&columns=reach").results == {}


def test_a_snapshot_keeps_only_the_tables_that_were_used_last(add):
    add(InitiativeFactory(country="DE", reach="nation"), "mistrust", "outreach")
    first = build("")
    for columns in ("direction", "grade", "country", "reach", "decade", "settlement"):
        matrix = Matrix(with_snapshot(first, f"rows=strategy&columns={columns}"))
        assert matrix.rows
    assert len(kept_tables(first.form.snapshot)) == MOST_TABLES


def with_snapshot(matrix, query):
    statements = Finding.objects.published().statements()
    return MatrixFilter(QueryDict(query), statements, matrix.form.snapshot)
