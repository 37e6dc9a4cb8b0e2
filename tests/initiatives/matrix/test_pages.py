"""The page of the matrix, its files, and what it refuses."""

import gzip
import re
from html import unescape

import pytest
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

# Counted from the index, which is the same on either database.
pytestmark = pytest.mark.once


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
    add(InitiativeFactory(), "mistrust", "outreach")
    add(InitiativeFactory(), "stigma", "training")
    response = client.get("/matrix/export/xlsx/")
    path = tmp_path / "matrix.xlsx"
    path.write_bytes(b"".join(response.streaming_content))
    book = load_workbook(path)
    assert book.sheetnames == ["Matrix", "Cells", "About"]
    assert [[cell.value for cell in row] for row in book["Matrix"]] == [
        ["cases", "Outreach", "Training"],
        ["Inside", 1, 1],
        ["Mistrust", 1, None],
        ["Stigma", None, 1],
    ]
    assert len(list(book["Cells"].rows)) == 5
    about = [cell.value for row in book["About"] for cell in row]
    assert about[5].startswith("Cases and statements of which one statement says both")
    cases = client.get("/matrix/export/xlsx/?rows=barrier&columns=leadership")
    path.write_bytes(b"".join(cases.streaming_content))
    about = [cell.value for row in load_workbook(path)["About"] for cell in row]
    assert about[5].startswith("Cases that have both.")


def test_a_page_teaches_how_to_read_it(client, db):
    assertContains(client.get("/about/matrix/"), "Company is not cause")


@pytest.fixture
def forty_by_forty(db):
    """Fill 40 × 40 cells of barriers and strategies with slugs of usual length."""
    barriers, strategies = (
        [ConceptFactory(scheme=scheme, slug=f"a-term-as-long-as-{n}") for n in span]
        for scheme, span in (("barriers", range(10, 50)), ("strategies", range(50, 90)))
    )
    case = InitiativeFactory(country="GB")
    for barrier in barriers:
        FindingFactory(
            initiative=case,
            kind="barrier",
            concept=barrier,
            strategies=[strategy.pk for strategy in strategies],
        )


def test_forty_by_forty_filled_cells_are_light(client, forty_by_forty):
    page = client.get("/matrix/?country=GB").content.decode()
    assert len(page) < 150_000
    assert len(gzip.compress(page.encode())) < 30_000
    # The addresses of cells are short, and open the same lists as those in files.
    links = re.findall(r'<td><a href="([^"]*)">1 <b class=no>1</b></a>', page)
    assert len({*links}) == 1600
    export = client.get("/matrix/export/csv/?country=GB")
    addresses = [line[-1] for line in lines(export)[1:]]
    for n in (0, 41, 1599):
        response = client.get(f"/matrix/{unescape(links[n])}")
        assert response.status_code == 302
        assert f"http://testserver{response['Location']}" == addresses[n]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("0.0", 404, "matrix has no such cell"),
        ("helped.0?rows=direction", 404, "matrix has no such cell"),
        ("0.0?rows=zzz", 400, "“zzz” is not something that the matrix can show."),
        ("0.0?nonsense=1", 400, "There is no filter “nonsense”."),
    ],
)
def test_an_address_of_no_cell_is_refused(client, db, address, status, words):
    response = client.get(f"/matrix/{address}")
    assert response.status_code == status
    if status == 400:
        assert words in response.content.decode()


def test_the_number_of_queries_does_not_grow(
    client, add, django_assert_max_num_queries
):
    add(InitiativeFactory(), "mistrust", "outreach")
    client.get("/matrix/")
    with django_assert_max_num_queries(34) as few:
        client.get("/matrix/?sort=count")
    n_queries = len(few)
    for case in InitiativeFactory.create_batch(5):
        add(case, "stigma", "training")
    update_derived_data()
    client.get("/matrix/")
    with django_assert_max_num_queries(n_queries):
        client.get("/matrix/?sort=count")


def test_a_list_of_rows_stands_for_the_table_on_narrow_screens(client, add):
    case = InitiativeFactory()
    add(case, "mistrust", "outreach", direction="helped")
    add(case, "mistrust", "outreach", direction="helped")
    add(InitiativeFactory(), "stigma")
    page = client.get("/matrix/").content.decode()
    [found] = re.findall(r'(?s)<ul class="matrix-list">.*</ul>', page)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))
    assert "Mistrust 1 case Outreach: 1 in 2 2 All of mistrust" in text
    assert "Stigma 1 case Nothing in these columns. All of stigma" in text
