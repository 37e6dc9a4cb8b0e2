"""The files of a comparison."""

import csv
import io
import re
from zipfile import ZipFile

import openpyxl
import pytest
from pytest_django.asserts import assertContains, assertRedirects

from initiatives.models import Initiative
from references.styles import pandoc
from references.styles.errors import RenderError
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
    add_hours,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cases():
    """Two cases: one has a barrier, for which the other was looked through in vain."""
    a, b = (InitiativeFactory(slug=s, name=f"Case {s} <&>") for s in "ab")
    found = add_mistrust(a)
    work = ReferenceFactory(key="meyer-2014", title="Street & watch", issued_year=2014)
    ContributionFactory(reference=work, person__family="Meyer")
    for locator in ("P. 24", "P. 24", ""):
        SourceFactory(finding=found, reference=work, locator=locator)
    SourceFactory(finding=add_hours(b), reference__key="loeffler-2021")
    b.not_found = ["barrier"]
    b.save()
    return a, b


def add_mistrust(case):
    broader = ConceptFactory(slug="trust", label="Trust")
    talk = ConceptFactory(scheme="strategies", label="Open dialogue")
    return FindingFactory(
        initiative=case,
        kind="barrier",
        concept=ConceptFactory(slug="mistrust", label="Mistrust", broader=broader),
        statement="=They met with <reserve>.",
        response="They talked.",
        strategies=[talk.pk],
        direction="helped",
        basis="stated",
        year=2012,
        sources=0,
    )


def get(client, name, query="case=a&case=b"):
    response = client.get(f"/compare/export/{name}/?{query}")
    assert response.status_code == 200
    return response, b"".join(response.streaming_content)


def rows(client, query="case=a&case=b"):
    _, content = get(client, "csv", query)
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return {row["row"]: row for row in csv.DictReader(text, strict=True)}


def test_csv_has_a_row_for_each_fact_and_term(client, cases):
    mistrust = rows(client)["Mistrust"]
    # In one cell, so that it starts no formula.
    assert mistrust.pop("a") == (
        "'=They met with <reserve>. Response: They talked. Strategies: Open dialogue. "
        "Result: helped. Evidence: thinly supported. Basis: stated. Year: 2012. "
        "[meyer-2014, P. 24; meyer-2014]"
    )
    assert mistrust == {
        "section": "Barriers",
        "row": "Mistrust",
        "kind": "barrier",
        "term": "mistrust",
        "broader": "trust",
        "n_found": "1",
        "n_cases": "2",
        "is_shared": "no",
        "a state": "Told",
        "b state": "Looked for, nothing found",
        "b": "",
    }


def test_csv_has_facts_and_figures(client, cases):
    table = rows(client)
    place = table["Place"]
    assert (place["kind"], place["is_shared"], place["b"]) == (
        "",
        "yes",
        "Weyhe, Germany",
    )
    assert table["Outcomes"]["b"] == (
        "805 hours 2014: Hours were given. Evidence: thinly supported. Basis: coded. "
        "[loeffler-2021]"
    )
    assert table["Costs and figures"]["b"] == "805 hours (Outcome, 2014)"


def test_files_have_the_rows_of_the_page(client, cases):
    assert "Place" not in rows(client, "case=a&case=b&show=differ")
    assert "Mistrust" not in rows(client, "case=a&case=b&show=share")


def test_columns_keep_the_order_of_the_address(client, cases):
    assert list(rows(client, "case=b&case=a")["Place"])[-4:] == [
        "b state",
        "b",
        "a state",
        "a",
    ]


def test_the_workbook_has_the_works_and_says_what_it_is(client, cases):
    Initiative.objects.filter(slug="b").update(
        status="withdrawn", status_note="A source was wrong."
    )
    InitiativeFactory(slug="c", name="Case c")
    response, content = get(client, "xlsx", "case=a&case=b&case=c&show=differ")
    book = openpyxl.load_workbook(io.BytesIO(content))
    works = [list(row) for row in book["Works"].iter_rows(values_only=True)]
    assert works[1][:4] == [1, "meyer-2014", "Street & watch", 2014]
    assert works[1][5] == "http://testserver/references/meyer-2014/"
    about = dict(book["About"].iter_rows(values_only=True))
    assert about["title"] == "Comparison of Case a <&>, Case b <&> and Case c"
    assert about["withdrawn: b"] == "A source was wrong."
    assert about["address"].endswith("/compare/?case=a&case=b&case=c&show=differ")
    assert about["shown"] == "only rows in which the cases differ"
    assert "casebase-comparison-a-b-c-" in response["Content-Disposition"]


def document(client, query="case=a&case=b"):
    """Return the XML of a Word document, and its text without marks."""
    _, content = get(client, "docx", query)
    xml = ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    return xml, " ".join(re.sub(r"<[^>]+>", " ", xml).split())


def test_the_word_document_is_a_landscape_table_with_headings(client, cases):
    xml, text = document(client)
    assert 'w:w="16838" w:h="11906" w:orient="landscape"' in xml
    for heading in ("At a glance", "Barriers", "Works"):
        assert re.search(rf'<w:pStyle w:val="Heading1" ?/>.*?{heading}', xml)
    assert xml.count("<w:tblHeader") == xml.count("<w:tbl>") > 2
    assert "Comparison of Case a &lt;&amp;&gt; and Case b &lt;&amp;&gt;" in text
    assert "Looked for, nothing found." in text
    assert "Not coded." in text
    assert "[1, P. 24; 1]" in text
    assert "=They met with &lt;reserve&gt;. Response: They talked." in text


def test_works_have_the_numbers_of_the_text_and_the_chosen_style(client, cases):
    _, text = document(client, "case=a&case=b&style=apa&locale=de-DE")
    works = text.partition(" Works ")[2]
    assert works.index("1.") < works.index("Meyer") < works.index("2.")
    assert "(o. J.)" in works
    _, other = document(client, "case=a&case=b&style=vancouver")
    assert other.partition(" Works ")[2] != works


def test_a_withdrawn_case_is_told_of_in_the_document(client, cases):
    Initiative.objects.filter(slug="b").update(
        status="withdrawn", status_note="A source was <wrong>."
    )
    _, text = document(client)
    assert "Case b &lt;&amp;&gt; was withdrawn: A source was &lt;wrong&gt;." in text
    assert "Hours were given" not in text


def test_cases_without_statements_have_no_list_of_works(client):
    InitiativeFactory(slug="a")
    InitiativeFactory(slug="b")
    _, text = document(client)
    assert " Works" not in text


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("case=a", 400, "A comparison needs two cases"),
        ("", 400, "A comparison needs two cases"),
        ("case=a&case=b&case=x", 404, "There is no case “x”."),
        ("case=a&case=b&show=x", 400, "“show” is one of"),
        ("case=a&case=b&colour=x", 400, "There is no choice “colour”"),
        ("case=a&case=b&style=x", 400, "x"),
        ("case=a&case=b&case=c&case=d&case=e", 400, "Four cases at most"),
    ],
)
def test_a_file_is_refused_in_words(client, cases, query, status, words):
    for slug in "cde":
        InitiativeFactory(slug=slug)
    response = client.get(f"/compare/export/docx/?{query}")
    assertContains(response, words, status_code=status)
    assert response["Content-Type"].startswith("text/plain")


def test_an_unknown_format_is_not_found(client, cases):
    page = client.get("/compare/export/odt/?case=a&case=b")
    assertContains(page, "The formats are docx, xlsx, csv.", status_code=404)


def test_a_former_slug_leads_to_the_same_file(client, cases):
    FormerSlugFactory(slug="old", initiative=cases[0])
    response = client.get("/compare/export/csv/?case=old&case=b")
    assertRedirects(response, "/compare/export/csv/?case=a&case=b")


def test_a_document_that_cannot_be_set_is_refused_in_words(client, cases, monkeypatch):
    def fail(*arguments, **options):
        raise RenderError("This list could not be set.")

    monkeypatch.setattr(pandoc, "run", fail)
    response = client.get("/compare/export/docx/?case=a&case=b&style=nature")
    assertContains(response, "This list could not be set.", status_code=503)
    assert response["Retry-After"]


def test_the_page_offers_every_file(client, cases):
    page = client.get("/compare/?case=a&case=b&show=share")
    for name in ("docx", "xlsx", "csv"):
        address = f"/compare/export/{name}/?case=a&amp;case=b&amp;show=share"
        assertContains(page, f'href="{address}" download')
