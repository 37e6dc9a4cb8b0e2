"""The page on which a reader cites a case, and its files."""

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from references.exports import ALL_FORMATS
from tests.factories import InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def weyhe():
    return InitiativeFactory(
        slug="weyhe", name="Streetwatchers", revised_on="2026-11-24"
    )


def test_the_citation_is_in_any_style_which_is_remembered(client, weyhe):
    page = client.get("/initiatives/weyhe/cite/?style=modern-language-association")
    assertContains(page, "24 Nov. 2026")
    assertContains(page, "http://testserver/initiatives/weyhe/")
    assertContains(client.get("/initiatives/weyhe/"), "24 Nov. 2026")


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_the_citation_can_be_downloaded_in_every_format(client, weyhe, name):
    page = client.get("/initiatives/weyhe/cite/")
    address = f"/initiatives/weyhe/cite/{name}/?style=apa"
    assertContains(page, f'href="{address}"')
    file = client.get(address.replace("&amp;", "&"))
    assert file.getvalue()
    assert "casebase-weyhe-" in file["Content-Disposition"]


@pytest.mark.parametrize("name", ["ris", "bibtex"])
def test_a_program_can_open_the_citation(client, weyhe, name):
    address = f"/initiatives/weyhe/cite/open/{name}/"
    page = client.get("/initiatives/weyhe/cite/")
    assertContains(page, f'<a href="{address}">')
    file = client.get(address)
    assert file["Content-Disposition"].startswith("inline; filename=")
    assert b"Streetwatchers" in file.getvalue()
    assert client.get("/initiatives/weyhe/cite/open/html/").status_code == 404


@pytest.mark.parametrize("end", ["", "text/", "ris/"])
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("style=../../etc", "There is no citation style"),
        ("style=%00", "There is no citation style"),
        ("locale=xx", "No list can be set in the language"),
    ],
)
def test_an_unknown_style_or_language_is_an_error(client, weyhe, end, query, words):
    page = client.get(f"/initiatives/weyhe/cite/{end}?{query}")
    assertContains(page, words, status_code=400)


@pytest.mark.parametrize("end", ["", "cite/", "cite/text/"])
@pytest.mark.parametrize("style", ["nope", "../../etc", "\\x", "a" * 4000])
def test_a_device_with_an_invalid_cookie_gets_apa(client, weyhe, end, style):
    client.cookies["style"] = client.cookies["locale"] = style
    page = client.get(f"/initiatives/weyhe/{end}")
    assert page.status_code == 200
    assert "(2026, November 24)" in page.getvalue().decode()


def test_an_unknown_format_is_not_found(client, weyhe):
    assert client.get("/initiatives/weyhe/cite/marc/").status_code == 404


@pytest.mark.parametrize(
    ("status", "answer"), [("draft", 404), ("review", 404), ("withdrawn", 410)]
)
@pytest.mark.parametrize("end", ["", "bibtex/", "open/ris/"])
def test_only_public_cases_can_be_cited(client, status, answer, end):
    InitiativeFactory(slug="weyhe", status=status, status_note="Why.")
    assert client.get(f"/initiatives/weyhe/cite/{end}").status_code == answer


@pytest.mark.parametrize("end", ["", "bibtex/", "open/ris/"])
def test_the_address_of_a_renamed_case_redirects(client, weyhe, end):
    weyhe.rename(slug="streetwatchers")
    moved = client.get(f"/initiatives/weyhe/cite/{end}")
    address = f"/initiatives/streetwatchers/cite/{end}"
    assertRedirects(moved, address, 301, fetch_redirect_response=False)
