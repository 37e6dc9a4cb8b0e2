"""A case as a work that others cite."""

import pytest
from pytest_django.asserts import assertContains

from references.exports import ALL_FORMATS
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def weyhe():
    return InitiativeFactory(
        slug="weyhe", name="Streetwatchers", revised_on="2026-11-24"
    )


def test_is_set_in_any_style_which_is_remembered(client, weyhe):
    page = client.get("/initiatives/weyhe/cite/?style=modern-language-association")
    assertContains(page, "24 Nov. 2026")
    assertContains(page, "http://testserver/initiatives/weyhe/")
    assertContains(client.get("/initiatives/weyhe/"), "24 Nov. 2026")


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_is_had_in_every_format(client, weyhe, name):
    page = client.get("/initiatives/weyhe/cite/")
    address = f"/initiatives/weyhe/cite/{name}/?style=apa&amp;locale=en-GB"
    assertContains(page, f'href="{address}"')
    file = client.get(address.replace("&amp;", "&"))
    assert file.getvalue()
    assert "casebase-weyhe-" in file["Content-Disposition"]


@pytest.mark.parametrize("end", ["", "text/"])
def test_nonsense_is_refused(client, weyhe, end):
    page = client.get(f"/initiatives/weyhe/cite/{end}?style=../../etc")
    assertContains(page, "There is no citation style", status_code=400)


def test_a_format_that_is_none_is_not_found(client, weyhe):
    assert client.get("/initiatives/weyhe/cite/marc/").status_code == 404


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_only_public_cases_are_cited(client, status):
    InitiativeFactory(slug="weyhe", status=status, status_note="Why.")
    for end in ("", "bibtex/"):
        assert client.get(f"/initiatives/weyhe/cite/{end}").status_code == 404
