"""Works as JSON-LD."""

import pytest

from references.csl import Name, Work
from references.metadata.schema_org import build_work_node
from tests.references.metadata.works import article

pytestmark = pytest.mark.once

ADDRESS = "https://casebase.example/references/van-eijk-2018/"

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    "@id": ADDRESS,
    "mainEntityOfPage": ADDRESS,
    "name": "Helping Dutch neighborhood watch schemes & others: 100 %",
    "headline": "Helping Dutch neighborhood watch schemes & others: 100 %",
    "author": [
        {
            "@type": "Person",
            "name": "Carola J. A. van Eijk",
            "familyName": "van Eijk",
            "givenName": "Carola J. A.",
        },
        {"@type": "Organization", "name": "Governance International, Ltd"},
    ],
    "editor": [
        {
            "@type": "Person",
            "name": "M. L. King Jr.",
            "familyName": "King",
            "givenName": "M. L.",
            "honorificSuffix": "Jr.",
        }
    ],
    "datePublished": "2018-05-21",
    "inLanguage": "nl",
    "publisher": {
        "@type": "Organization",
        "name": "Routledge",
        "location": "London",
    },
    "isPartOf": [
        {
            "@type": "PublicationIssue",
            "issueNumber": "3-4",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "20",
                "isPartOf": {
                    "@type": "Periodical",
                    "name": "Public Management Review",
                },
            },
        },
        {"@type": "CreativeWorkSeries", "name": "A series"},
    ],
    "pagination": "32-56",
    "genre": "Essay",
    "identifier": [
        {
            "@type": "PropertyValue",
            "propertyID": "doi",
            "value": "10.1000/a(b)<c>;d",
        },
        {
            "@type": "PropertyValue",
            "propertyID": "citekey",
            "value": "van-eijk-2018",
        },
    ],
    "sameAs": "https://doi.org/10.1000/a%28b%29%3Cc%3E%3Bd",
    "url": "https://example.org/a?b=c&d=ü",
}


def graph(**fields):
    return build_work_node(article(**fields), ADDRESS)


def test_an_article_is_told_with_everything_known():
    assert graph(genre="Essay") == ARTICLE


@pytest.mark.parametrize(
    ("csl_type", "schema", "whole"),
    [
        ("chapter", "Chapter", "Book"),
        ("article-newspaper", "NewsArticle", "Newspaper"),
        ("webpage", "WebPage", "CreativeWork"),
    ],
)
def test_type_and_whole_follow_the_type_of_the_work(csl_type, schema, whole):
    told = graph(type=csl_type, volume=None, issue=None)
    assert told["@type"] == schema
    assert told["isPartOf"][0]["@type"] == whole


def test_a_report_has_a_number_and_perhaps_an_event():
    told = graph(
        type="report",
        number="4a",
        edition="2",
        publisher=None,
        authority="A court",
        event_title="A congress",
        event_place="Bern",
    )
    assert told["reportNumber"] == "4a"
    assert told["version"] == "2"
    assert told["publisher"]["name"] == "A court"
    assert told["releasedEvent"] == {
        "@type": "PublicationEvent",
        "name": "A congress",
        "location": "Bern",
    }


def test_what_is_not_known_is_not_said():
    told = graph(
        type="document",
        author=[Name(family="Eijk")],
        editor=[],
        issued=None,
        **dict.fromkeys(
            (
                *("container_title", "collection_title", "volume", "issue", "page"),
                *("publisher", "publisher_place", "doi", "url", "language"),
            )
        ),
    )
    assert told.keys() == {
        *("@context", "@type", "@id", "name", "headline", "author"),
        *("mainEntityOfPage", "identifier", "url"),
    }
    assert told["author"] == [{"@type": "Person", "name": "Eijk", "familyName": "Eijk"}]
    assert told["url"] == ADDRESS


@pytest.mark.parametrize(
    ("kind", "container", "told"),
    [
        ("book", None, {"bookEdition": "2"}),
        ("software", None, {"version": "2"}),
        ("entry-encyclopedia", None, {"version": "2"}),
        (
            "entry-encyclopedia",
            "Encyclopedia",
            {
                "isPartOf": [
                    {"@type": "Book", "name": "Encyclopedia", "bookEdition": "2"}
                ]
            },
        ),
    ],
)
def test_only_books_have_editions(kind, container, told):
    """https://schema.org/bookEdition"""
    work = Work(key="a", type=kind, title="A", edition="2", container_title=container)
    graph = build_work_node(work, ADDRESS)
    names = ("bookEdition", "version", "isPartOf")
    assert {name: graph[name] for name in names if name in graph} == told
