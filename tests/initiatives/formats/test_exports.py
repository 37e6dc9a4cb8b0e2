"""The pages of exports: visibility, errors, file names, and cost."""

import gc
import re
import tracemalloc
from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict
from pytest_django.asserts import assertContains

from casebase.facets.snapshot_cache import current_snapshot
from initiatives import exports
from initiatives.formats import FORMATS
from initiatives.models import Finding, Source
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
)
from tests.initiatives.formats.exporting import SITE, exported, rows, sheets
from tests.once import once_except

pytestmark = pytest.mark.django_db


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_of_the_list_is_a_download(client, name):
    FindingFactory(kind="barrier", initiative__country="FI")
    response = client.get(f"/initiatives/export/{name}/?country=FI")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == FORMATS[name].media_type
    file_name = f"casebase-finland-{date.today()}.{FORMATS[name].extension}"
    wanted = f'attachment; filename="{file_name}"'
    assert response.headers["Content-Disposition"] == wanted
    assert body(response)


def test_the_file_has_the_cases_of_all_pages(client):
    InitiativeFactory.create_batch(21, country="FI")
    InitiativeFactory(country="DE")
    response = client.get("/initiatives/export/csv-wide/?country=FI&page=2")
    table = body(response).decode("utf-8-sig").splitlines()
    assert len(table) == 22
    assert all("http://testserver/initiatives/case-" in row for row in table[1:])
    assert "page" not in exported("json", "country=FI&page=2").decode()[:600]


@pytest.mark.once
@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
@pytest.mark.parametrize("name", ["csv", "csv-wide", "json", "geojson"])
def test_only_public_records_are_exported(name, status):
    point = {"latitude": 1, "longitude": 2}
    hidden = {"name": "Hidden", "status": status, "status_note": "Why.", **point}
    FindingFactory(initiative=InitiativeFactory(**hidden), statement="Hidden too.")
    public = InitiativeFactory(name="Public", **point)
    term = ConceptFactory(slug="hidden")
    unsourced = {"kind": "barrier", "concept": term, "statement": "Hidden rumour."}
    FindingFactory(initiative=public, sources=0, **unsourced)
    file = exported(name).decode()
    assert "hidden" not in file.casefold()
    assert ("Public" in file) == (name != "csv")


def test_the_workbook_has_no_hidden_case():
    hidden = InitiativeFactory(status="review")
    FindingFactory(initiative=hidden)
    unsourced = FindingFactory(sources=0)
    book = sheets()
    assert [row["case"] for row in book["Cases"]] == [unsourced.initiative.slug]
    assert book["Findings"] == book["Sources"] == []


@pytest.mark.once
def test_an_invalid_value_is_reported_in_plain_text(client):
    FindingFactory()
    address = "/initiatives/export/csv/?country=XX&from=abcd&barrier=%00&page=0"
    response = client.get(address)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.splitlines()[0] == "Nothing was exported."
    for words in (
        "Country: “XX” is not a country code.",
        "Begun since: A year has four figures, as 2014.",
        "Page: A page is a number, from 1 on.",
    ):
        assert words in response.text.splitlines()


@pytest.mark.once
def test_an_unknown_parameter_is_an_error_unless_mailings_add_it(client):
    response = client.get("/initiatives/export/csv/?countri=DE")
    assert response.status_code == 400
    assert "There is no filter “countri”." in response.text
    mailed = client.get("/initiatives/export/csv/?utm_source=letter")
    assert mailed.status_code == 200


@pytest.mark.once
@pytest.mark.parametrize("name", ["pdf", "CSV", "csv.exe", "%00", "<b>"])
def test_an_unknown_format_is_not_found_and_the_formats_are_listed(client, name):
    response = client.get(f"/initiatives/export/{name}/")
    assertContains(
        response,
        "The formats are csv, csv-wide, xlsx, json, geojson.",
        status_code=404,
    )


@pytest.mark.once
def test_only_get_and_head_are_allowed(client):
    assert client.post("/initiatives/export/csv/").status_code == 405
    head = client.head("/initiatives/export/xlsx/")
    assert head.status_code == 200
    assert "attachment" in head.headers["Content-Disposition"]
    assert body(head) == b""


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "stem"),
    [
        ("", "casebase-all"),
        ("sort=year", "casebase-all"),
        ("barrier=mistrust&country=DE", "casebase-mistrust-germany"),
        ("country=DE&country=CI", "casebase-germany-cote-divoire"),
        ("from=2010", "casebase-begun-in-2010-or-later"),
        ("q=../../etc/passwd%22%0d%0a", "casebase-with-the-words-etcpasswd"),
        ("q=日本", "casebase-with-the-words"),
    ],
)
def test_the_name_of_a_file_has_the_query_and_the_date(query, stem):
    ConceptFactory(slug="mistrust", label="Mistrust between citizens and services")
    filterset = exports.build_filter(QueryDict(query))
    assert exports.file_name(filterset, "csv") == f"{stem}-{date.today()}.csv"


def test_the_name_of_a_file_is_short_ascii():
    query = "&".join(f"country={code}" for code in ("DE", "FI", "GB", "CI", "TR", "AX"))
    filterset = exports.build_filter(QueryDict(query + "&q=" + "word " * 30))
    name = exports.file_name(filterset, "wide.csv")
    assert len(name) <= 100
    assert re.fullmatch(rf"casebase(-[a-z0-9]+)+-{date.today()}\.wide\.csv", name)


def create_cases(n_cases):
    """Create cases with five findings each."""
    reference, term = ReferenceFactory(), ConceptFactory()
    findings = Finding.objects.bulk_create(
        Finding(
            initiative=case,
            kind="barrier",
            concept=term,
            statement=f"{case.name}, {n}. " * 10,
            direction="helped",
            position=n,
        )
        for case in InitiativeFactory.create_batch(n_cases, summary="Long. " * 100)
        for n in range(5)
    )
    Source.objects.bulk_create(
        Source(finding=finding, reference=reference, via="primary")
        for finding in findings
    )


@pytest.mark.parametrize("name", once_except({"csv"}, FORMATS))
def test_a_chunk_of_cases_needs_no_more_queries_than_one(
    name, django_assert_max_num_queries
):
    create_cases(1)
    with django_assert_max_num_queries(36) as one:
        exported(name)
    create_cases(19)
    with django_assert_max_num_queries(len(one)):
        exported(name)


@pytest.mark.parametrize("name", once_except({"csv"}, FORMATS))
def test_memory_does_not_grow_with_the_number_of_cases(name, monkeypatch):
    monkeypatch.setattr(exports, "CHUNK_SIZE", 5)
    create_cases(10)
    exported(name)
    few = peak(name)
    create_cases(25)
    assert peak(name) < few * 1.2


def peak(name):
    """Return the peak of bytes in use while a file is written."""
    # Larger with more cases, and shared by all files.
    current_snapshot()
    # Collections must not visit older objects each time: that would take seconds.
    gc.freeze()
    tracemalloc.start()
    selection = exports.build_selection(exports.build_filter(QueryDict("")), SITE)
    for _ in FORMATS[name].write(
        replace(selection, cases=with_collections(selection.cases))
    ):
        pass
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak_bytes


def with_collections(cases):
    """Yield the cases, and collect garbage after each chunk.

    A case and its findings refer to each other, so only the garbage collector frees
    them. Left to itself, it would run too rarely for so few cases.
    """
    for number, case in enumerate(cases):
        if number % exports.CHUNK_SIZE == 0:
            gc.collect()
        yield case


def test_the_heading_is_sent_before_any_case_is_read(django_assert_num_queries):
    create_cases(2)
    filterset = exports.build_filter(QueryDict(""))
    selection = exports.build_selection(filterset, SITE)
    with django_assert_num_queries(0):
        heading = next(FORMATS["csv"].write(selection))
    assert heading.decode("utf-8-sig").startswith("case,name,")
    assert len(rows("csv")) == 10
