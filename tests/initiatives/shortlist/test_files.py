"""The citations of a shortlist, and files with its cases and findings."""

import csv
import io
import json

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from references.styles import bibliographies
from references.styles.errors import RenderError
from tests.factories import FindingFactory, InitiativeFactory
from tests.initiatives.shortlist.keeping import records

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def items():
    case, finding, work = records()
    other = InitiativeFactory(slug="bus", name="Night bus")
    hidden = InitiativeFactory(status="draft", name="Secret case")
    FindingFactory(initiative=hidden, short_id="fsecret2")
    return f"c{other.pk}.c{case.pk}.{finding.short_id}.r{work.pk}.c{hidden.pk}.fsecret2"


def read(client, address, items, **query):
    return client.get(address, {"items": items} | query)


def rows(answer):
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_everything_is_cited_in_the_chosen_style(client, items):
    page = read(client, "/shortlist/citations/", items, style="apa", locale="")
    for words in ("Night bus", "Streetwatchers", "They were not trusted", "Work"):
        assertContains(page, words)
    assert "Secret" not in page.text
    assertContains(page, 'name="robots" content="noindex"')
    assert page.cookies["style"].value == "apa"
    assert not read(client, "/shortlist/citations/", items).cookies
    assertContains(page, "/shortlist/citations/bibtex/?items=")
    assertContains(page, "/shortlist/citations/open/ris/?items=")
    wrong = read(client, "/shortlist/citations/", items, style="nope")
    assertContains(wrong, "nope", status_code=400)


def test_the_citations_come_as_files(client, items):
    works = json.loads(read(client, "/shortlist/citations/csl-json/", items).getvalue())
    assert [work["title"] for work in works][:2] == ["Night bus", "Streetwatchers"]
    assert len(works) == 4
    opened = read(client, "/shortlist/citations/open/ris/", items)
    assert opened["Content-Disposition"].startswith("inline")
    assert b"Streetwatchers" in opened.getvalue()
    assert read(client, "/shortlist/citations/open/csv/", items).status_code == 404
    assert read(client, "/shortlist/citations/nope/", items).status_code == 404
    wrong = read(client, "/shortlist/citations/csv/", items, locale="nope")
    assert wrong.status_code == 400


def test_a_style_that_fails_leaves_plain_citations(client, items, monkeypatch):
    def fail(*args, **kwargs):
        raise RenderError("The renderer is ill.")

    monkeypatch.setattr(bibliographies, "get_or_compute", fail)
    page = read(client, "/shortlist/citations/", items)
    assertContains(page, "The renderer is ill.", status_code=503)
    assertContains(
        page, "Night bus, http://testserver/initiatives/bus/", status_code=503
    )


def test_cases_come_as_files_in_the_order_of_the_list(client, items):
    answer = read(client, "/shortlist/cases/csv-wide/", items)
    assert "casebase-shortlist-cases-" in answer["Content-Disposition"]
    slugs = [row["case"] for row in rows(answer)]
    assert list(dict.fromkeys(slugs)) == ["bus", "weyhe"]
    content = json.loads(read(client, "/shortlist/cases/json/", items).getvalue())
    assert content["casebase"]["query"] == "cases of a shortlist"
    for name in ("xlsx", "geojson"):
        assert read(client, f"/shortlist/cases/{name}/", items).status_code == 200


def test_findings_come_as_files(client, items):
    answer = read(client, "/shortlist/findings/csv/", items)
    assert [row["finding"] for row in rows(answer)] == ["f2345678"]
    assert b"Secret" not in read(client, "/shortlist/findings/json/", items).getvalue()


@pytest.mark.parametrize("items", ["", "c99999", "\0", "x" * 5_000, "c0.f.r"])
@pytest.mark.parametrize(
    "address", ["cases/csv/", "findings/json/", "citations/", "citations/ris/"]
)
def test_nothing_public_makes_no_file(address, items):
    answer = read(Client(), f"/shortlist/{address}", items)
    assert answer.status_code == 404
    assert "public" in answer.text
    assert Client().get(f"/shortlist/{address}").status_code == 404


def test_an_unknown_format_is_not_found(client, items):
    for kind in ("cases", "findings"):
        assert read(client, f"/shortlist/{kind}/docx/", items).status_code == 404
