"""Pages of the site that are found by the words for them."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from casebase.site.search.autocomplete import suggestions
from casebase.site.search.pages import PAGES, find_pages
from tests.factories import InitiativeFactory, SchemeFactory

pytestmark = pytest.mark.once

PLAN, BLANK, STAR = "Plan a change", "The blank workbook", "The Co-Production Star"
SESSIONS, MATRIX = "Sessions for facilitators", "Matrix"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("co-production star", [STAR]),
        ("Where is the star of coproduction?", [STAR]),
        ("action plans", [PLAN]),
        ("workbook", [PLAN, BLANK]),
        ("a template for our meeting", [PLAN, BLANK]),
        ("handouts", ["A handout for a meeting"]),
        ("my shortlist", ["Your shortlist"]),
        ("session plan", [SESSIONS]),
        ("facilitators", [SESSIONS]),
        ("How do I cite this?", ["How to cite"]),
        ("license", ["Licence"]),
        ("download all of it as excel", ["Download data"]),
        ("compare councils", ["Compare cases"]),
        ("cases like mine", ["Cases like mine"]),
        ("gap map", [MATRIX]),
        ("about", ["About: the method"]),
        ("methods", ["About: the method"]),
        ("accessibility", ["Accessibility"]),
        ("cookie", ["Privacy"]),
        # Words that are too common to mean a page beside others.
        ("plan", [PLAN]),
        ("urban planning", []),
        ("map", ["Map of cases"]),
        ("asset mapping", []),
        ("access to care", []),
        ("co-production", []),
        ("older people -plan", []),
        ("-plan", []),
        ("what is it", []),
        ("", []),
    ],
)
def test_a_page_is_found_by_its_names(text, titles):
    assert [page.title for page in find_pages(text)] == titles


@pytest.mark.django_db
def test_each_leads_to_a_page(client):
    SchemeFactory(slug="change-steps")
    for page in PAGES:
        address, _, fragment = page.address.partition("#")
        answer = client.get(address)
        assert answer.status_code == 200, address
        if fragment:
            assertContains(answer, f'id="{fragment}"')


@pytest.mark.django_db
def test_pages_stand_above_the_records(client):
    InitiativeFactory(name="Star singers", summary="A workshop.")
    update_derived_data()
    page = client.get("/search/?q=stars")
    assertContains(page, "1 result for <em>stars</em>")
    link = f'<a href="/change-steps/">{STAR}</a>'
    assert page.text.index(link) < page.text.index("Star singers</a>")
    # No record has the word: it is no misspelling, and no advice is needed.
    page = client.get("/search/?q=workbooks")
    assertContains(page, "2 pages for <em>workbooks</em>")
    assertNotContains(page, "Nothing here is spelled")
    assertNotContains(page, "None of these words occurs here")
    page = client.get("/search/?q=workbok")
    assertContains(page, "2 pages for <em>workbook</em>")
    assertContains(page, "Nothing here is spelled <em>workbok</em>")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("work", [PLAN, BLANK]),
        ("co-production st", [STAR]),
        ("cite", ["How to cite"]),
        # Its last word has ended, so it is no beginning.
        ("facilita ", []),
        ("wo", []),
        ("-plan", []),
    ],
)
def test_a_few_are_suggested_while_one_types(text, titles):
    assert [one.label for one in suggestions(text) if one.group == "Pages"] == titles
