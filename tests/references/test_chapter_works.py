"""Tests of the works that the chapter cites: their filter, and the chapter's page."""

import json

import html5lib
import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import (
    tracked_transaction,
    update_derived_data,
)
from references.models import Reference
from tests.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def works():
    ReferenceFactory(key="loeffler-2021", title="Challenges", type="chapter")
    ReferenceFactory(title="Second of the list", chapter_position=2)
    ReferenceFactory(title="First of the list", chapter_position=1, type="book")
    ReferenceFactory(title="Found elsewhere", type="book")
    update_derived_data()


def test_the_facet_shows_their_number(client, works):
    page = client.get("/references/?type=report")
    assertContains(page, 'id="chapter-1" name="chapter" value="1"')
    [facet] = [one for one in page.context["filter"].facets if one.name == "chapter"]
    [option] = facet.options
    assert (option.label, option.count) == ("Cited by the chapter", 1)
    # The counts of a facet ignore the choice in this facet.
    page = client.get("/references/?chapter=1&type=report")
    [facet] = [one for one in page.context["filter"].facets if one.name == "chapter"]
    assert [option.count for option in facet.options] == [1]


def test_the_filter_narrows_the_list_and_is_in_the_heading(client, works):
    page = client.get("/references/?chapter=1")
    assertContains(page, "cited by the chapter</em>")
    titles = {work.title for work in page.context["page"]}
    assert titles == {"First of the list", "Second of the list"}
    page = client.get("/references/?chapter=1&type=book")
    assert [work.title for work in page.context["page"]] == ["First of the list"]
    file = client.get("/references/export/csl-json/?chapter=1").getvalue()
    assert len(json.loads(file)) == 2


def test_another_value_is_an_error(client, works):
    page = client.get("/references/?chapter=2")
    words = "Only “chapter=1” has a meaning, not “2”."
    assertContains(page, words, status_code=400)


def test_a_work_that_leaves_the_list_is_no_longer_found(client, works):
    with tracked_transaction():
        Reference.objects.filter(chapter_position=1).update(chapter_position=None)
    page = client.get("/references/?chapter=1")
    assert [work.title for work in page.context["page"]] == ["Second of the list"]


def test_the_page_of_the_chapter_lists_them_in_order(client, works):
    page = client.get("/references/loeffler-2021/")
    assertContains(page, "The 2 works that it cites</h2>")
    assertContains(page, 'href="/references/?chapter=1"')
    listed = [work.title for work in page.context["page"].cited_works]
    assert listed == ["First of the list", "Second of the list"]
    assertContains(page, '<li value="2">')
    html5lib.HTMLParser(strict=True).parse(page.text)
    other = Reference.objects.get(title="Found elsewhere")
    assertNotContains(client.get(other.get_absolute_url()), "that it cites")
