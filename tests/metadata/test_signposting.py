"""Links of Signposting in a header and as a set of their own."""

import json

import pytest

from casebase.metadata.signposting import (
    MAX_PER_RELATION,
    Link,
    format_link_header,
    render_linkset,
)
from tests.metadata.links import HOSTILE, links_in

pytestmark = pytest.mark.once

PAGE = "https://casebase.example/references/x/"


def test_a_header_is_read_back_whole():
    links = [Link("cite-as", PAGE), Link("describedby", f"{PAGE}csl.json", "a/b+json")]
    assert links_in(format_link_header(links)) == [
        ("cite-as", PAGE, ""),
        ("describedby", f"{PAGE}csl.json", "a/b+json"),
    ]


def test_a_hostile_address_stays_one_address():
    links = [Link("item", f"https://example.org/{HOSTILE}"), Link("cite-as", PAGE)]
    text = format_link_header(links)
    assert "\n" not in text
    assert text.isascii()
    assert [rel for rel, _, _ in links_in(text)] == ["item", "cite-as"]


def test_a_header_names_only_the_first_of_many():
    links = [Link("item", f"{PAGE}{n}") for n in range(99)]
    assert (
        len(links_in(format_link_header([*links, Link("cite-as", PAGE)])))
        == MAX_PER_RELATION + 1
    )


def test_a_set_leads_there_and_back():
    links = [
        Link("cite-as", PAGE),
        Link("describedby", f"{PAGE}csl.json", "a/b+json"),
        Link("item", "https://example.org/ü"),
        Link("item", "https://example.org/2"),
    ]
    back = [{"href": PAGE, "type": "text/html"}]
    assert json.loads(render_linkset(PAGE, links)) == {
        "linkset": [
            {
                "anchor": PAGE,
                "cite-as": [{"href": PAGE}],
                "describedby": [{"href": f"{PAGE}csl.json", "type": "a/b+json"}],
                "item": [
                    {"href": "https://example.org/%C3%BC"},
                    {"href": "https://example.org/2"},
                ],
            },
            {"anchor": f"{PAGE}csl.json", "describes": back},
            {"anchor": "https://example.org/%C3%BC", "collection": back},
            {"anchor": "https://example.org/2", "collection": back},
        ]
    }
