"""A set of works, set in a style or taken away as a file."""

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


def test_sets_exactly_this_set_in_apa_at_first(client, meyer):
    ReferenceFactory(title="Of no case")
    page = bibliography(client, "?barrier=mistrust")
    assertContains(page, "Meyer, M. (2014). <em>Streets at night</em>.")
    words = "1 work behind 1 initiative that met the barrier <em>“Mistrust”</em>"
    assertContains(page, words)
    assertNotContains(page, "Of no case")


def test_sets_it_in_the_style_and_language_asked_for_and_remembers_both(client, meyer):
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
        ("?barrier=nonsense", "“nonsense” is no barrier"),
        ("?countri=DE", "There is no filter “countri”."),
        ("?style=%00", "There is no citation style"),
        (f"?style={'a' * 300}", "There is no citation style"),
    ],
)
def test_nonsense_is_refused(client, meyer, query, words):
    page = bibliography(client, query)
    assertContains(page, words, status_code=400)
    assertNotContains(page, "Streets at night", status_code=400)
    file = client.get(f"/references/export/html/{query}")
    assertContains(file, words, status_code=400)


def test_a_device_that_remembers_nonsense_gets_apa(client, meyer):
    client.cookies["style"] = "nope"
    assertContains(bibliography(client), "Meyer, M. (2014).")


def test_a_style_without_lists_says_so(client, meyer):
    page = bibliography(client, "?style=bluebook-inline")
    assertContains(page, "sets notes only", status_code=400)


def test_an_empty_set_says_what_to_loosen(client):
    assertContains(bibliography(client, "?type=map"), "without “Map”")


def test_a_methods_paragraph_is_ready_to_paste(client, meyer):
    page = bibliography(client, "?barrier=mistrust&type=book")
    for words in (
        "data of 24 November 2026",
        "1 work behind 1 initiative that met the barrier “Mistrust”, of type book",
        "The filters were: Mistrust; Book.",
        "1 work is listed, each once, in the style",
        "http://testserver/references/?barrier=mistrust&amp;type=book",
    ):
        assertContains(page, words)


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_every_format_holds_exactly_this_set(client, meyer, name):
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
def test_pages_offer_every_format_of_their_set(client, meyer, name):
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
def test_works_are_copied_opened_and_printed_wherever_they_are_listed(
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
def test_a_program_can_open_exactly_this_set(client, meyer, name):
    ReferenceFactory(title="Of no case")
    address = f"/references/open/{name}/?barrier=mistrust"
    page = client.get("/references/?barrier=mistrust")
    # A link with "download" would never reach a program in the browser.
    assertContains(page, f'<a href="{address}">')
    file = client.get(address)
    assert file["Content-Disposition"].startswith('inline; filename="casebase-works-')
    kept = client.get(address.replace("open", "export"))
    assert file["Content-Type"] == kept["Content-Type"]
    assert file.getvalue() == kept.getvalue()


@pytest.mark.parametrize("name", ["html", "csv", "marc"])
def test_what_no_program_opens_is_not_offered_so(client, meyer, name):
    page = client.get(f"/references/open/{name}/")
    assertContains(page, "there are ris, bibtex", status_code=404)


def test_a_file_keeps_the_order_of_the_list(client, meyer):
    ReferenceFactory(key="alford-2002", title="Of no case")
    file = client.get("/references/export/csl-json/?sort=cited")
    items = json.loads(file.getvalue())
    assert [item["id"] for item in items] == ["meyer-2014", "alford-2002"]


def test_an_unknown_format_names_those_there_are(client):
    page = client.get("/references/export/marc/")
    assertContains(page, "there are docx, html, text, csl-json", status_code=404)


def test_a_hidden_case_gives_no_works(client, meyer):
    meyer.uses.get().finding.initiative.__class__.objects.update(status="review")
    file = client.get("/references/export/csl-json/?barrier=mistrust")
    assert json.loads(file.getvalue()) == []


def test_styles_are_found_by_typing(client):
    found = client.get("/references/styles/?q=harvard+cite").json()["styles"]
    assert found[0]["id"] == "harvard-cite-them-right"
    offered = client.get("/references/styles/").json()["styles"]
    assert offered[0]["id"] == "apa"


def test_a_letter_of_a_year_stands_in_the_mark_and_in_the_list(client):
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


def test_a_case_is_shown_in_plain_citations_where_its_style_sets_none(client, meyer):
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
def test_the_language_of_a_style_is_said_beside_the_choice(
    client, style, language, code
):
    ReferenceFactory()
    shown = client.get(f"/references/bibliography/?style={style}")
    assertContains(shown, f"The style’s own: {language}")
    assertContains(shown, f'id="bibliography" lang="{code}"')


def test_a_language_chosen_before_gives_way_to_the_style_s_own(client):
    ReferenceFactory()
    client.get("/references/bibliography/?style=apa&locale=de-DE")
    shown = client.get("/references/bibliography/")
    assertContains(shown, 'id="bibliography" lang="de-DE"')
    client.get("/references/bibliography/?style=apa&locale=")
    shown = client.get("/references/bibliography/")
    assertContains(shown, 'id="bibliography" lang="en-US"')
