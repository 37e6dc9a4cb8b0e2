"""Highwire and Dublin Core tags of works."""

import pytest

from references.metadata.meta_tags import build_meta_tags
from tests.references.metadata.works import article

pytestmark = pytest.mark.once

ADDRESS = "https://casebase.example/references/van-eijk-2018/"

ARTICLE = {
    "citation_title": ["Helping Dutch neighborhood watch schemes & others: 100 %"],
    "citation_author": ["van Eijk, Carola J. A.", "Governance International, Ltd"],
    "citation_editor": ["King, M. L., Jr."],
    "citation_publication_date": ["2018/05/21"],
    "citation_journal_title": ["Public Management Review"],
    "citation_series_title": ["A series"],
    "citation_volume": ["20"],
    "citation_issue": ["3-4"],
    "citation_firstpage": ["32"],
    "citation_lastpage": ["56"],
    "citation_publisher": ["Routledge"],
    "citation_doi": ["10.1000/a(b)<c>;d"],
    "citation_language": ["nl"],
    "citation_public_url": ["https://example.org/a?b=c&d=ü"],
    "citation_abstract_html_url": [ADDRESS],
    "DC.title": ["Helping Dutch neighborhood watch schemes & others: 100 %"],
    "DC.creator": ["van Eijk, Carola J. A.", "Governance International, Ltd"],
    "DC.contributor": ["King, M. L., Jr."],
    "DC.date": ["2018-05-21"],
    "DC.type": ["Text"],
    "DC.source": ["Public Management Review"],
    "DC.publisher": ["Routledge"],
    "DC.language": ["nl"],
    "DC.identifier": ["https://doi.org/10.1000/a%28b%29%3Cc%3E%3Bd"],
}


def contents(work):
    found = {}
    for name, content in build_meta_tags(work, ADDRESS):
        found.setdefault(name, []).append(content)
    return found


def test_an_article_has_every_tag():
    assert contents(article()) == ARTICLE


@pytest.mark.parametrize(
    ("fields", "tag", "content"),
    [
        ({"type": "chapter"}, "citation_book_title", "Public Management Review"),
        (
            {"type": "paper-conference"},
            "citation_conference_title",
            "Public Management Review",
        ),
        (
            {"type": "paper-conference", "event_title": "A congress"},
            "citation_conference_title",
            "A congress",
        ),
        ({"type": "thesis"}, "citation_dissertation_institution", "Routledge"),
        ({"type": "report"}, "citation_technical_report_institution", "Routledge"),
        (
            {"type": "report", "publisher": None},
            "citation_technical_report_institution",
            "Governance International, Ltd",
        ),
        (
            {"type": "report", "number": "4a"},
            "citation_technical_report_number",
            "4a",
        ),
    ],
)
def test_a_tag_says_what_a_work_is_part_of(fields, tag, content):
    assert contents(article(**fields))[tag] == [content]


def test_a_report_by_nobody_names_no_institution():
    found = contents(article(type="report", publisher=None, author=[]))
    assert "citation_technical_report_institution" not in found


def test_web_pages_are_part_of_nothing_that_has_a_tag():
    found = contents(article(type="webpage", doi=None))
    assert not [
        name for name in found if name.endswith(("journal_title", "book_title"))
    ]
    assert found["DC.identifier"] == ["https://example.org/a?b=c&d=ü"]


def test_a_work_without_identifier_has_our_address():
    found = contents(article(doi=None, url=None))
    assert found["DC.identifier"] == [ADDRESS]
