"""Exports of findings."""

import csv
import io
import json
from datetime import date

import openpyxl
import pytest
from pytest_django.asserts import assertContains

from casebase.jobs.models import Job
from initiatives.findings import exports
from initiatives.findings.formats import COLUMNS, FORMATS, LONG_COLUMNS, SOURCE_COLUMNS
from initiatives.formats import FORMATS as FORMATS_OF_CASES
from initiatives.formats.tables import FINDING_COLUMNS
from tests.factories import FindingFactory, InitiativeFactory, SourceFactory
from tests.initiatives.findings.listing import barrier, saving, weyhe

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def exported(client, name, query=""):
    return client.get(f"/findings/export/{name}/{query}").getvalue()


def rows(client, name, query=""):
    text = exported(client, name, query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture
def two_savings():
    """A saving with a figure that rests on two works, and one without a figure."""
    finding = saving(initiative=weyhe(revised_on="2026-11-24"))
    work = {"reference__key": "loeffler-2021", "reference__title": "Chapter"}
    page = {"url": "https://govint.example/weyhe", "locator": "Outcomes"}
    SourceFactory(finding=finding, **work, **page)
    FindingFactory(kind="saving", statement="Costs fell.")
    barrier()
    return finding


def test_claims_about_savings_are_one_address_and_one_click_to_a_spreadsheet(
    client, two_savings
):
    page = client.get("/findings/?kind=saving")
    assert [one.kind for one in page.context["page"]] == ["saving", "saving"]
    address = "/findings/export/csv/?kind=saving"
    assertContains(page, f'href="{address}" download')
    costs, hours = sorted(rows(client, "csv", "?kind=saving"), key=lambda r: r["name"])
    assert (costs["statement"], costs["figure_value"]) == ("Costs fell.", "")
    assert hours["name"] == "Streetwatchers in Weyhe"
    assert (hours["figure_value"], hours["figure_unit"]) == ("805", "hours")
    assert hours["figure_period"] == "2014"
    assert hours["locators"] == "P. 24; Outcomes"
    assert hours["works"] == "Streetwatcher; Chapter"
    assert hours["n_works"] == "2"
    assert hours["pages_read"] == "https://govint.example/weyhe"
    assert "loeffler-2021, Outcomes, https://govint.example/weyhe" in hours["sources"]
    address = f"http://testserver/findings/{two_savings.short_id}/"
    assert hours["permanent_address"] == address


def test_a_finding_has_the_columns_that_it_has_in_exports_of_cases(client, two_savings):
    assert [*COLUMNS][: len(FINDING_COLUMNS)] == [*FINDING_COLUMNS]
    case = client.get("/initiatives/export/csv/").getvalue().decode("utf-8-sig")
    [of_case] = [
        row
        for row in csv.DictReader(io.StringIO(case, newline=""))
        if row["finding"] == two_savings.short_id
    ]
    same = next(r for r in rows(client, "csv") if r["finding"] == two_savings.short_id)
    assert {name: same[name] for name in of_case} == of_case


def test_the_long_form_has_a_row_for_each_source(client, two_savings):
    found = rows(client, "csv-long", "?figure=1")
    assert [*found[0]] == LONG_COLUMNS
    assert [row["finding"] for row in found] == [two_savings.short_id] * 2
    assert [row["locator"] for row in found] == ["P. 24", "Outcomes"]
    assert [row["work"] for row in found] == ["Streetwatcher", "Chapter"]
    assert {row["figure_value"] for row in found} == {"805"}
    assert found[0]["work_year"] == "2014"


def test_the_workbook_has_findings_and_sources(client, two_savings):
    book = openpyxl.load_workbook(io.BytesIO(exported(client, "xlsx", "?kind=saving")))
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    assert list(sheets) == ["Findings", "Sources", "About"]
    assert sheets["Findings"][0] == tuple(COLUMNS)
    assert len(sheets["Findings"]) == 1 + 2
    assert sheets["Sources"][0] == ("finding", *SOURCE_COLUMNS)
    assert len(sheets["Sources"]) == 1 + 3
    about = dict(sheets["About"])
    assert about["query"] == "2 findings on savings"
    assert (about["n_findings"], about["n_sources"], about["n_cases"]) == (2, 3, 2)


def test_json_has_findings_with_their_cases_and_sources(client, two_savings):
    file = json.loads(exported(client, "json", "?figure=1"))
    [finding] = file["findings"]
    assert finding["figure"] == {"value": 805, "unit": "hours", "period": "2014"}
    assert [source["locator"] for source in finding["sources"]] == ["P. 24", "Outcomes"]
    assert finding["case"]["slug"] == "weyhe"
    assert finding["case"]["revised_on"] == "2026-11-24"
    assert finding["case"]["place"]["country"] == "DE"
    assert file["counts"] == {"findings": 1, "sources": 2, "cases": 1}
    assert file["casebase"]["address"] == "http://testserver/findings/?figure=1"


@pytest.mark.parametrize("name", FORMATS)
def test_hidden_findings_and_modes_are_in_no_file(client, name):
    hidden = InitiativeFactory(status="review", name="Secret")
    saving(initiative=hidden, statement="Secret.")
    FindingFactory(initiative=weyhe(), sources=0, statement="Secret.")
    FindingFactory(kind="mode", statement="Secret.")
    text = exported(client, name)
    if name == "xlsx":
        text = b"".join(
            str(row).encode()
            for sheet in openpyxl.load_workbook(io.BytesIO(text))
            for row in sheet.iter_rows(values_only=True)
        )
    assert b"Secret" not in text


def test_invalid_queries_and_formats_are_refused_in_words(client):
    answer = client.get("/findings/export/csv/?kind=nope&foo=1&case-barrier=nope")
    assert answer.status_code == 400
    assert "Nothing was exported." in answer.text
    for words in ("“nope” is not a kind of finding", "no filter “foo”", "Barriers: "):
        assert words in answer.text
    answer = client.get("/findings/export/pdf/")
    assertContains(answer, "csv, csv-long, xlsx, json", status_code=404)


def test_the_file_is_named_after_the_query(client):
    barrier(initiative__country="FI")
    file = client.get(
        "/findings/export/csv/?barrier=mistrust&direction=helped&country=FI"
    )
    name = f"casebase-findings-mistrust-helped-finland-{date.today()}.csv"
    assert file["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (
        "findings-all-" in client.get("/findings/export/json/")["Content-Disposition"]
    )


@pytest.mark.parametrize("name", FORMATS)
def test_a_chunk_of_findings_needs_no_more_queries_than_one(
    client, name, django_assert_max_num_queries
):
    saving()
    with django_assert_max_num_queries(40) as one:
        exported(client, name)
    for _ in range(5):
        saving()
    with django_assert_max_num_queries(len(one)):
        exported(client, name)


def test_a_large_workbook_is_made_by_a_job(client, monkeypatch, tmp_path):
    monkeypatch.setattr("casebase.lists.exports.LARGE", 1)
    finding, _ = saving(), saving()
    answer = client.get("/findings/export/xlsx/?kind=saving")
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url()
    assert job.function == "initiatives.findings.exports.write_file"
    assert job.total == 2
    assert job.address == "/findings/export/xlsx/?kind=saving"
    reports = []
    monkeypatch.setattr("casebase.jobs.progress.RECORDS_PER_REPORT", 1)
    with (tmp_path / "file.xlsx").open("wb") as file:
        exports.write_file(file, reports.append, **job.kwargs)
    book = openpyxl.load_workbook(tmp_path / "file.xlsx")
    assert finding.short_id in {row[8].value for row in book["Findings"].iter_rows()}
    assert reports == [1, 2]


def test_exports_of_cases_have_the_columns_that_they_had():
    assert list(FORMATS_OF_CASES) == ["csv", "csv-wide", "xlsx", "json", "geojson"]
    assert list(FINDING_COLUMNS)[-3:] == ["sources", "address", "revised_on"]
