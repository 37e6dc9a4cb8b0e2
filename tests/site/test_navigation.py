"""The main navigation is the same on every page, and marks the section of the page."""

import pytest

from casebase.site.navigation import links

LABELS = [
    *("Barriers", "Cases", "Findings", "Matrix"),
    *("Plan a change", "References", "About"),
]


def marked(path):
    return [(link.label, link.current) for link in links(path) if link.current]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/barriers/", [("Barriers", "page")]),
        ("/barriers/mistrust/", [("Barriers", "true")]),
        ("/initiatives/", [("Cases", "page")]),
        ("/initiatives/streetwatchers-weyhe/history/", [("Cases", "true")]),
        ("/map/", [("Cases", "true")]),
        ("/compare/", [("Cases", "true")]),
        ("/similar/", [("Cases", "true")]),
        ("/findings/", [("Findings", "page")]),
        ("/matrix/", [("Matrix", "page")]),
        ("/plan/", [("Plan a change", "page")]),
        ("/plan/sessions/", [("Plan a change", "true")]),
        ("/references/meyer-grosser-2014/", [("References", "true")]),
        ("/about/evidence/", [("About", "true")]),
        ("/accessibility/", [("About", "true")]),
        # Not one of the sections, so none is marked.
        ("/", []),
        ("/search/", []),
        ("/codebook/", []),
        ("/strategies/training-and-coaching/", []),
    ],
)
def test_the_section_of_a_page_is_marked(path, expected):
    assert [link.label for link in links(path)] == LABELS
    assert marked(path) == expected


@pytest.mark.once
@pytest.mark.django_db
def test_pages_show_the_navigation(client):
    page = client.get("/barriers/?page=1").text
    assert '<a href="/barriers/" aria-current="page">Barriers</a>' in page
    assert page.count("aria-current") == 1
    assert '<a href="/initiatives/" aria-current' in client.get("/initiatives/x/").text
