"""Tests of the views that export works, as a bibliography or as a file."""

import json

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from references.formats import FORMATS
from references.styles.bibliography_files import RENDERERS
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    FindingFactory,
    InitiativeFactory,
    PersonFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ALL_FORMATS = [*RENDERERS, *FORMATS]


@pytest.fixture
def meyer():
    work = ReferenceFactory(
        key="meyer-2014", type="book", title="Streets at night", issued_year=2014
    )
    ContributionFactory(reference=work, person__family="Meyer", person__given="M.")
    mistrust = ConceptFactory(slug="mistrust", label="Mistrust")
    finding = FindingFactory(
        initiative=InitiativeFactory(slug="weyhe", revised_on="2026-11-24"),
        kind="barrier",
        concept=mistrust,
        sources=0,
    )
    SourceFactory(finding=finding, reference=work)
    return work


def bibliography(client, query=""):
    return client.get(f"/references/bibliography/{query}")


def test_a_bibliography_has_the_works_of_the_query_in_apa(client, meyer):
    ReferenceFactory(title="Of no case")
    page = bibliography(client, "?barrier=mistrust")
    assertContains(page, "Meyer, M. (2014). <em>Streets at night</em>.")
    words = "1 work behind 1 case that met the barrier <em>“Mistrust”</em>"
    assertContains(page, words)
    assertNotContains(page, "Of no case")


def test_style_and_language_are_applied_and_remembered(client, meyer):
    query = "?style=din-1505-2&locale=de-DE"
    assertContains(bibliography(client, query), "smallcaps")
    page = bibliography(client, "?type=book")
    assertContains(page, 'value="din-1505-2"')
    assertContains(page, '<option value="de-DE" selected>')
    assertContains(client.get("/initiatives/weyhe/"), "smallcaps")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?style=nope", "There is no citation style “nope”."),
        ("?style=../../etc/passwd", "There is no citation style"),
        ("?locale=xx", "No list can be set in the language “xx”."),
        ("?barrier=nonsense", "“nonsense” is not a barrier"),
        ("?countri=DE", "There is no filter “countri”."),
        ("?style=%00", "There is no citation style"),
        (f"?style={'a' * 300}", "There is no citation style"),
    ],
)
def test_invalid_parameters_are_errors(client, meyer, query, words):
    page = bibliography(client, query)
    assertContains(page, words, status_code=400)
    assertNotContains(page, "Streets at night", status_code=400)
    file = client.get(f"/references/export/html/{query}")
    assertContains(file, words, status_code=400)


def test_an_invalid_cookie_means_apa(client, meyer):
    client.cookies["style"] = "nope"
    assertContains(bibliography(client), "Meyer, M. (2014).")


def test_a_style_without_a_bibliography_says_so(client, meyer):
    page = bibliography(client, "?style=bluebook-inline")
    assertContains(page, "sets notes only", status_code=400)


def test_an_empty_set_names_the_filters_to_remove(client):
    assertContains(bibliography(client, "?type=map"), "Remove: Map")


def test_a_methods_paragraph_is_ready_to_paste(client, meyer):
    page = bibliography(client, "?barrier=mistrust&type=book")
    for words in (
        "data of 24 November 2026",
        "1 work behind 1 case that met the barrier “Mistrust”, of type book",
        "The filters were: Mistrust; Book.",
        "1 work is listed, each once, in the style",
        "http://testserver/references/?barrier=mistrust&amp;type=book",
    ):
        assertContains(page, words)


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_every_format_has_the_works_of_the_query(client, meyer, name):
    ReferenceFactory(title="Of no case")
    file = client.get(f"/references/export/{name}/?barrier=mistrust")
    body = file.getvalue()
    assert file.status_code == 200
    disposition = file["Content-Disposition"]
    assert disposition.startswith('attachment; filename="casebase-works-mistrust-2')
    if name not in ("docx", "xlsx"):
        assert b"Streets at night" in body
        assert b"Of no case" not in body


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_pages_link_to_every_format_of_their_works(client, meyer, name):
    for address, query in (
        ("/references/?type=book", "?type=book"),
        ("/references/meyer-2014/", "?key=meyer-2014"),
        ("/initiatives/weyhe/", "?cited=weyhe"),
        ("/initiatives/?barrier=mistrust", "?barrier=mistrust"),
        ("/barriers/mistrust/", "?barrier=mistrust"),
    ):
        page = client.get(address)
        assertContains(page, f'href="/references/export/{name}/{query}"')


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/references/?type=book", "?type=book"),
        ("/references/meyer-2014/", "?key=meyer-2014"),
        ("/initiatives/weyhe/", "?cited=weyhe"),
        ("/initiatives/?barrier=mistrust&sort=name", "?barrier=mistrust"),
        ("/barriers/mistrust/", "?barrier=mistrust"),
    ],
)
def test_works_can_be_copied_opened_and_printed_wherever_they_are_listed(
    client, meyer, address, query
):
    page = client.get(address)
    for attribute in (
        f'data-copy-from="/references/export/html/{query}"',
        f'href="/references/bibliography/{query}"',
        f'href="/references/open/ris/{query}"',
        f'href="/references/open/bibtex/{query}"',
    ):
        assertContains(page, attribute)
    assertContains(page, "js/copy")


@pytest.mark.parametrize("name", ["ris", "bibtex"])
def test_a_program_can_open_the_works_of_the_query(client, meyer, name):
    ReferenceFactory(title="Of no case")
    address = f"/references/open/{name}/?barrier=mistrust"
    page = client.get("/references/?barrier=mistrust")
    # With the attribute "download", no program in the browser would get the file.
    assertContains(page, f'<a href="{address}">')
    file = client.get(address)
    assert file["Content-Disposition"].startswith('inline; filename="casebase-works-')
    saved = client.get(address.replace("open", "export"))
    assert file["Content-Type"] == saved["Content-Type"]
    assert file.getvalue() == saved.getvalue()


@pytest.mark.parametrize("name", ["html", "csv", "marc"])
def test_formats_that_no_program_opens_are_not_found(client, meyer, name):
    page = client.get(f"/references/open/{name}/")
    assertContains(page, "there are ris, bibtex", status_code=404)


def test_a_file_has_the_order_of_the_list(client, meyer):
    ReferenceFactory(key="alford-2002", title="Of no case")
    file = client.get("/references/export/csl-json/?sort=cited")
    items = json.loads(file.getvalue())
    assert [item["id"] for item in items] == ["meyer-2014", "alford-2002"]


def test_an_unknown_format_names_the_known_ones(client):
    page = client.get("/references/export/marc/")
    assertContains(page, "there are docx, html, text, csl-json", status_code=404)


def test_an_unpublished_case_has_no_works(client, meyer):
    meyer.uses.get().finding.initiative.__class__.objects.update(status="review")
    file = client.get("/references/export/csl-json/?barrier=mistrust")
    assert json.loads(file.getvalue()) == []


def test_styles_are_found_by_typing(client):
    found = client.get("/references/styles/?q=harvard+cite").json()["styles"]
    assert found[0]["id"] == "harvard-cite-them-right"
    offered = client.get("/references/styles/").json()["styles"]
    assert offered[0]["id"] == "apa"


def test_a_year_suffix_is_in_the_mark_and_in_the_list(client):
    case = InitiativeFactory(slug="weyhe")
    person = PersonFactory(family="Loeffler", given="E.")
    for title in ("Alpha", "Beta"):
        work = ReferenceFactory(title=title, type="book", issued_year=2012)
        ContributionFactory(reference=work, person=person)
        finding = FindingFactory(initiative=case, sources=0)
        SourceFactory(finding=finding, reference=work)
    page = client.get("/initiatives/weyhe/")
    assertContains(page, ">Loeffler 2012a</a>")
    assertContains(page, ">Loeffler 2012b</a>")
    assertContains(page, "(2012a). <em>Alpha</em>")


def test_a_case_has_plain_citations_if_the_style_has_no_bibliography(client, meyer):
    client.cookies["style"] = "bluebook-inline"
    page = client.get("/initiatives/weyhe/")
    assertContains(page, "Meyer, M. (2014). ")


@pytest.mark.parametrize(
    ("style", "language", "code"),
    [
        ("apa", "English (US)", "en-US"),
        ("chicago-author-date", "English (US)", "en-US"),
        ("vancouver-nlm", "English (US)", "en-US"),
        ("harvard-cite-them-right", "English (UK)", "en-GB"),
        ("din-1505-2", "Deutsch (Deutschland)", "de-DE"),
    ],
)
def test_the_form_names_the_default_language_of_the_style(
    client, style, language, code
):
    ReferenceFactory()
    shown = client.get(f"/references/bibliography/?style={style}")
    assertContains(shown, f"The style’s own: {language}")
    assertContains(shown, f'id="bibliography" lang="{code}"')


def test_an_empty_language_replaces_the_one_chosen_before(client):
    ReferenceFactory()
    client.get("/references/bibliography/?style=apa&locale=de-DE")
    shown = client.get("/references/bibliography/")
    assertContains(shown, 'id="bibliography" lang="de-DE"')
    client.get("/references/bibliography/?style=apa&locale=")
    shown = client.get("/references/bibliography/")
    assertContains(shown, 'id="bibliography" lang="en-US"')
