"""The matrix: its numbers equal the lists that they open, and it never misleads."""

import gzip
import re
from random import Random
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from hypothesis import given
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from initiatives.filters import InitiativeFilter
from initiatives.findings.filters import FindingFilter
from initiatives.matrix.axes import AXES, can_be_linked, can_stand_side_by_side
from initiatives.matrix.filters import MatrixFilter
from initiatives.matrix.layout import Matrix
from initiatives.models import Finding, Initiative
from tests.facets.random_edits import World
from tests.facets.random_findings import RandomFindingQuery
from tests.facets.test_against_sql import CHANCES, EXAMPLES
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
)


def build(query):
    """Return the matrix of a query, which has to be valid."""
    form = MatrixFilter(QueryDict(query), Finding.objects.published().statements())
    assert form.is_valid(), form.validation_errors
    return Matrix(form)


def opened(address, is_linked):
    """Return the list at the address of a cell or a heading, as a queryset of cases
    and one of findings."""
    query = QueryDict(urlsplit(address).query)
    if is_linked:
        statements = Finding.objects.published().statements()
        found = FindingFilter(query, statements)
        keys = list(found.matching_keys)
        findings = Finding.objects.filter(pk__in=keys)
        cases = Initiative.objects.filter(findings__in=findings).distinct()
    else:
        found = InitiativeFilter(query, Initiative.objects.published())
        cases = findings = Initiative.objects.filter(pk__in=list(found.matching_keys))
    assert found.is_valid(), (address, found.validation_errors)
    return cases, findings


def check(matrix):
    """Check every heading and cell against the list that it opens."""
    for heading in (*matrix.rows, *matrix.columns):
        cases, findings = opened(heading.address, matrix.is_linked)
        assert (heading.n_cases, heading.n_statements) == (
            cases.count(),
            findings.count(),
        ), heading
    for _, cells in matrix.table_rows:
        for cell in filter(None, cells):
            cases, findings = opened(cell.address, matrix.is_linked)
            expected = cases.count(), findings.count()
            assert (cell.n_cases, cell.n_statements) == expected, cell
            for direction, n in cell.results:
                assert findings.filter(direction=direction).count() == n


def random_axes(chance):
    while True:
        rows, columns = chance.sample(list(AXES.values()), 2)
        ways = [
            way
            for way, fits in (
                ("linked", can_be_linked),
                ("side-by-side", can_stand_side_by_side),
            )
            if fits(rows, columns)
        ]
        if ways:
            return rows.name, columns.name, chance.choice(ways)


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@EXAMPLES
@given(CHANCES)
def test_every_number_equals_the_list_that_it_opens(chance: Random):
    world = World.create(chance)
    for _ in range(3):
        world.edit_some()
        rows, columns, way = random_axes(chance)
        query = RandomFindingQuery(chance).parameters
        if way == "side-by-side":
            taken = MatrixFilter.base_filters.keys()
            query = {name: v for name, v in query.items() if name not in taken}
        address = QueryDict(mutable=True)
        for name, values in query.items():
            address.setlist(name, [str(value) for value in values])
        address["rows"], address["columns"], address["meet"] = rows, columns, way
        address["empty"] = chance.choice(["", "1"])
        check(build(address.urlencode()))


@pytest.fixture
def codebook(db):
    inside = ConceptFactory(slug="inside", label="Inside", is_heading=True)
    for slug in ("mistrust", "stigma"):
        ConceptFactory(slug=slug, label=slug.capitalize(), broader=inside)
    for slug in ("outreach", "training"):
        ConceptFactory(scheme="strategies", slug=slug, label=slug.capitalize())
    ConceptFactory(scheme="leadership", slug="mayor", label="Mayor")
    return {
        term.slug: term
        for scheme in ("barriers", "strategies", "leadership")
        for term in type(inside)._meta.concrete_model.objects.filter(scheme=scheme)
    }


@pytest.fixture
def add(codebook):
    """Add a barrier that was met by strategies."""

    def add(case, barrier, *strategies, **values):
        return FindingFactory(
            initiative=case,
            kind="barrier",
            concept=codebook[barrier],
            strategies=[codebook[slug].pk for slug in strategies],
            **values,
        )

    return add


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
    stigma = next(row for row in matrix.rows if row.value.slug == "stigma")
    assert stigma.unanswered.n == 1
    _, findings = opened(stigma.unanswered.address, is_linked=True)
    assert findings.count() == 1
    page = client.get("/matrix/?gaps=1")
    assertContains(page, "barriers in 1 case")
    assertContains(page, "1 without a response")
    assertContains(client.get("/matrix/"), "Show gaps")


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


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("rows=barrier&columns=barrier", "They are the same as the rows."),
        ("rows=zzz", "“zzz” is not something that the matrix can show."),
        ("meet=both", "“both” is not a way of counting."),
        ("rows=barrier&columns=leadership&meet=linked", "No statement can say both"),
        ("rows=direction&columns=country&meet=side-by-side", "belongs to statements"),
        ("rows=barrier&columns=leadership&figure=1", "Take out filters of findings."),
        ("rows=barrier\0", "“barrier\0” is not"),
        ("country=XX", "is not a country code"),
        ("empty=2", "is not “1”"),
        ("page=-1", "A page is a number"),
    ],
)
def test_nonsense_is_refused_in_words(client, db, query, message):
    page = client.get(f"/matrix/?{query}")
    assert page.status_code == 400
    assertContains(page, message, status_code=400)
    export = client.get(f"/matrix/export/csv/?{query}")
    assert export.status_code == 400
    assert message in export.content.decode()


def test_an_empty_base_says_that_there_is_nothing(client, db):
    assertContains(client.get("/matrix/"), "There are no findings here yet.")
    assertContains(client.get("/matrix/?rows=decade&columns=country"), "no findings")


def test_htmx_gets_a_part_of_the_page(client, db):
    part = client.get("/matrix/", headers={"HX-Request": "true"})
    assertContains(part, 'id="finder"')
    assertNotContains(part, "<html")


def lines(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()]


def test_the_file_has_a_row_for_each_filled_cell(client, add):
    add(InitiativeFactory(), "mistrust", "outreach", direction="helped")
    heading, broader, mistrust = lines(client.get("/matrix/export/csv/"))
    assert heading == [
        *("row", "row_label", "column", "column_label", "cases", "statements"),
        *("helped", "mixed", "hindered", "neutral", "not_reported", "address"),
    ]
    assert broader[0] == "inside"
    assert mistrust == [
        *("mistrust", "Mistrust", "outreach", "Outreach", "1", "1"),
        *("1", "0", "0", "0", "0"),
        "http://testserver/findings/?barrier=mistrust&strategy=outreach",
    ]
    side = client.get("/matrix/export/csv/?rows=barrier&columns=country")
    assert lines(side)[0][4:] == [*("cases", "statements"), *heading[6:]]
    cases = client.get(
        "/matrix/export/csv/?rows=barrier&columns=country&meet=side-by-side"
    )
    assert lines(cases)[0][4:] == ["cases", "address"]
    assert client.get("/matrix/export/pdf/").status_code == 404


def test_the_workbook_has_the_grid(client, add, tmp_path):
    from openpyxl import load_workbook

    add(InitiativeFactory(), "mistrust", "outreach")
    response = client.get("/matrix/export/xlsx/")
    path = tmp_path / "matrix.xlsx"
    path.write_bytes(b"".join(response.streaming_content))
    book = load_workbook(path)
    assert book.sheetnames == ["Matrix", "Cells", "About"]
    assert [[cell.value for cell in row] for row in book["Matrix"]] == [
        ["cases", "Outreach"],
        ["Inside", 1],
        ["Mistrust", 1],
    ]


def test_a_page_teaches_how_to_read_it(client, db):
    assertContains(client.get("/about/matrix/"), "Company is not cause")


def test_forty_by_forty_filled_cells_are_light(client, db):
    barriers = ConceptFactory.create_batch(40)
    strategies = ConceptFactory.create_batch(40, scheme="strategies")
    case = InitiativeFactory()
    for barrier in barriers:
        FindingFactory(
            initiative=case,
            kind="barrier",
            concept=barrier,
            strategies=[strategy.pk for strategy in strategies],
        )
    page = client.get("/matrix/").content.decode()
    [found] = re.findall(r"(?s)<table.*</table>", page)
    assert found.count("<td class=n1>") == 1600
    assert len(found) < 162_000
    assert len(gzip.compress(page.encode())) < 30_000


def test_the_number_of_queries_does_not_grow(
    client, add, django_assert_max_num_queries
):
    add(InitiativeFactory(), "mistrust", "outreach")
    client.get("/matrix/")
    with django_assert_max_num_queries(30) as few:
        client.get("/matrix/?sort=count")
    n_queries = len(few)
    for case in InitiativeFactory.create_batch(5):
        add(case, "stigma", "training")
    update_derived_data()
    client.get("/matrix/")
    with django_assert_max_num_queries(n_queries):
        client.get("/matrix/?sort=count")
