"""The page on which a reader cites a finding, and its files."""

import json

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import tracked_transaction
from references.exports import ALL_FORMATS
from references.styles.errors import RenderError
from tests.factories import FindingFactory
from tests.initiatives.findings.listing import barrier, saving, weyhe

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def finding():
    with tracked_transaction():
        case = weyhe(revised_on="2026-11-24")
        return saving(initiative=case, short_id="f2345678")


def test_a_finding_is_cited_as_a_part_of_the_present_version_of_its_case(
    client, finding
):
    with tracked_transaction():
        finding.initiative.tagline = "Neighbours walk at night."
        finding.initiative.save()
    page = client.get("/findings/f2345678/cite/")
    assertContains(page, "<h1>Cite this statement</h1>")
    assertContains(page, "Patrols saved the police 805 hours.")
    assertContains(page, "Saving: “Patrols saved the police 805 hours.”")
    assertContains(page, "<em>Streetwatchers in Weyhe (version 2)</em>")
    assertContains(page, "http://testserver/findings/f2345678/")
    assertContains(page, 'href="/initiatives/weyhe/#f2345678"')


def test_the_style_is_chosen_and_remembered(client, finding):
    page = client.get("/findings/f2345678/cite/?style=modern-language-association")
    words = "Casebase. “Saving: ‘Patrols Saved the Police 805 Hours.’”"
    assertContains(page, words)
    assertContains(client.get("/findings/f2345678/cite/"), words)


def test_a_long_statement_is_cited_by_its_first_words_and_its_term(client):
    finding = barrier(statement=" ".join(f"word{n}" for n in range(20)) + ".")
    page = client.get(f"/findings/{finding.short_id}/cite/")
    assertContains(page, "Barrier, Mistrust: “word0 word1")
    assertContains(page, "word11 […]")


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_the_citation_can_be_downloaded_in_every_format(client, finding, name):
    address = f"/findings/f2345678/cite/{name}/?style=apa"
    assertContains(client.get("/findings/f2345678/cite/"), f'href="{address}"')
    file = client.get(address)
    assert file.getvalue()
    assert "casebase-f2345678-" in file["Content-Disposition"]


def test_reference_managers_get_a_part_of_the_case(client, finding):
    def read(name):
        return client.get(f"/findings/f2345678/cite/{name}/").getvalue().decode()

    assert "TY  - CHAP\r\n" in read("ris")
    assert "T2  - Streetwatchers in Weyhe (version 1)\r\n" in read("ris")
    assert "UR  - http://testserver/findings/f2345678/\r\n" in read("ris")
    assert read("bibtex").count("@incollection{casebase-f2345678,") == 1
    [item] = json.loads(read("csl-json"))
    assert item["type"] == "chapter"
    assert item["container-title"] == "Streetwatchers in Weyhe (version 1)"
    assert item["issued"] == {"date-parts": [[2026, 11, 24]]}


def test_a_program_can_open_the_citation(client, finding):
    address = "/findings/f2345678/cite/open/ris/"
    assertContains(client.get("/findings/f2345678/cite/"), f'<a href="{address}">')
    file = client.get(address)
    assert file["Content-Disposition"].startswith("inline; filename=")
    assert client.get("/findings/f2345678/cite/open/html/").status_code == 404
    assert client.get("/findings/f2345678/cite/marc/").status_code == 404


@pytest.mark.parametrize("end", ["", "text/", "ris/"])
@pytest.mark.parametrize("query", ["style=../../etc", "style=%00", "locale=xx"])
def test_an_unknown_style_or_language_is_an_error(client, finding, end, query):
    page = client.get(f"/findings/f2345678/cite/{end}?{query}")
    assert page.status_code == 400


def test_a_citation_is_plain_if_no_style_can_be_set(client, finding, monkeypatch):
    def fail(*args, **kwargs):
        raise RenderError("The list could not be set.")

    monkeypatch.setattr("initiatives.citation_page.render_bibliography", fail)
    page = client.get("/findings/f2345678/cite/")
    assertContains(page, "The list could not be set.", status_code=503)
    words = (
        "Casebase. (24 November 2026). Saving: “Patrols saved the police 805 hours.”. "
        "In Streetwatchers in Weyhe (version 1). http://testserver/findings/f2345678/"
    )
    assertContains(page, words, status_code=503)
    page = client.get("/initiatives/weyhe/cite/")
    words = "Streetwatchers in Weyhe. http://testserver/initiatives/weyhe/"
    assertContains(page, words, status_code=503)


def test_each_statement_of_a_case_has_the_link_and_those_of_old_versions_none(
    client, finding
):
    link = 'href="/findings/f2345678/cite/"'
    assertContains(client.get("/initiatives/weyhe/"), link)
    assertNotContains(client.get("/initiatives/weyhe/v/1/"), link)


def test_an_undated_case_has_no_date(client):
    finding = FindingFactory()
    page = client.get(f"/findings/{finding.short_id}/cite/")
    assertContains(page, "(n.d.)")
