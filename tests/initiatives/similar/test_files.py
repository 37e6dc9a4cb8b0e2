"""Cases like mine as files."""

import csv
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def two_cases():
    mistrust = ConceptFactory(slug="mistrust", label="Mistrust")
    weyhe = InitiativeFactory(slug="weyhe", settlement="town", reach="neighbourhood")
    FindingFactory(initiative=weyhe, kind="barrier", concept=mistrust)
    InitiativeFactory(slug="surrey", settlement="rural", reach="")
    InitiativeFactory(slug="draft", status="draft", settlement="town")


QUERY = "?barrier=mistrust&settlement=town&reach=neighbourhood"


def rows(client, query=QUERY):
    response = client.get(f"/similar/export/csv/{query}")
    return list(csv.DictReader(response.getvalue().decode("utf-8-sig").splitlines()))


def test_the_points_of_a_row_are_the_sum_of_its_parts(client, two_cases):
    weyhe, surrey = rows(client)
    assert (weyhe["rank"], weyhe["case"]) == ("1", "weyhe")
    assert (weyhe["points"], weyhe["of"]) == ("5.0", "5")
    assert (surrey["rank"], surrey["case"]) == ("2", "surrey")
    for each in (weyhe, surrey):
        parts = [value for name, value in each.items() if name.endswith("_points")]
        assert sum(map(float, filter(None, parts))) == float(each["points"])
        assert each["country_points"] == ""


def test_a_row_says_what_is_shared_different_and_not_known(client, two_cases):
    weyhe, surrey = rows(client)
    assert weyhe["shares"] == "Mistrust; Neighbourhood; Town"
    assert surrey["differs"] == "rural area, not town"
    assert surrey["not_known"] == "Reach; Barriers"
    assert weyhe["address"] == "http://testserver/initiatives/weyhe/"


def test_the_workbook_has_the_same_rows(client, two_cases):
    response = client.get(f"/similar/export/xlsx/{QUERY}")
    book = load_workbook(BytesIO(response.getvalue()))
    heading, first, second = book["Cases"].iter_rows(values_only=True)
    assert [first[1], second[1]] == ["weyhe", "surrey"]
    assert heading == tuple(rows(client)[0])


def test_without_answers_there_are_no_rows(client, two_cases):
    assert rows(client, "") == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/similar/export/pdf/", 404),
        ("/similar/export/csv/?settlement=nowhere", 400),
        ("/similar/export/csv/?nonsense=1", 400),
        ("/similar/export/xlsx/?case=draft", 400),
    ],
)
def test_nonsense_is_refused(client, two_cases, address, status):
    assert client.get(address).status_code == status


def test_the_page_leads_to_its_files(client, two_cases):
    page = client.get(f"/similar/{QUERY}").text
    query = QUERY.replace("&", "&amp;")
    assert "/similar/export/csv/?" in page
    assert all(each in page for each in query[1:].split("&amp;"))
