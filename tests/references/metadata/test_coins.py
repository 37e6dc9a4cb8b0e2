"""Context objects: what a reader gets back from the title of a span."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.csl import Name
from references.metadata.coins import context_object
from references.models import Reference
from references.partial_date import PartialDate
from references.type_vocabularies import TYPE_NAMES
from tests.metadata.links import HOSTILE
from tests.references.metadata.works import article, parsed

pytestmark = pytest.mark.once

ARTICLE = {
    "ctx_ver": ["Z39.88-2004"],
    "rfr_id": ["info:sid/casebase"],
    "rft_val_fmt": ["info:ofi/fmt:kev:mtx:journal"],
    "rft.genre": ["article"],
    "rft_id": ["info:doi/10.1000/a(b)<c>;d", "https://example.org/a?b=c&d=ü"],
    "rft.atitle": ["Helping Dutch neighborhood watch schemes & others: 100 %"],
    "rft.jtitle": ["Public Management Review"],
    "rft.date": ["2018-05-21"],
    "rft.volume": ["20"],
    "rft.issue": ["3-4"],
    "rft.pages": ["32-56"],
    "rft.spage": ["32"],
    "rft.epage": ["56"],
    "rft.series": ["A series"],
    "rft.place": ["London"],
    "rft.pub": ["Routledge"],
    "rft.language": ["nl"],
    "rft.au": ["van Eijk, Carola J. A."],
    "rft.aucorp": ["Governance International, Ltd"],
    "rft.contributor": ["King, M. L., Jr."],
}


def test_an_article_is_held_with_every_variable():
    assert parsed(context_object(article())) == ARTICLE


def test_what_has_no_key_is_private_and_whole():
    work = article(
        type="report",
        number="4a",
        edition="2",
        genre="Case study",
        authority="A court",
        event_title="A congress",
        event_place="Bern",
        accessed=PartialDate(2019, 1),
        note="Year inferred.",
    )
    held = parsed(context_object(work))
    assert held["rft.edition"] == ["2"]
    assert json.loads(held["rft_dat"][0]) == {
        "number": "4a",
        "genre": "Case study",
        "authority": "A court",
        "event-title": "A congress",
        "event-place": "Bern",
        "accessed": {"date-parts": [[2019, 1]]},
        "note": "Year inferred.",
    }


@pytest.mark.parametrize(
    ("csl_type", "form", "genre", "title", "container"),
    [
        ("review", "journal", ["article"], "rft.atitle", "rft.jtitle"),
        ("book", "book", ["book"], "rft.btitle", "rft.source"),
        ("chapter", "book", ["bookitem"], "rft.atitle", "rft.btitle"),
        ("paper-conference", "book", ["proceeding"], "rft.atitle", "rft.btitle"),
        ("report", "book", ["report"], "rft.btitle", "rft.source"),
        ("thesis", "dissertation", None, "rft.title", "rft.source"),
        ("webpage", "dc", None, "rft.title", "rft.source"),
    ],
)
def test_each_format_has_its_own_keys(csl_type, form, genre, title, container):
    held = parsed(
        context_object(article(type=csl_type, title="T", container_title="C"))
    )
    assert held["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{form}"]
    assert held.get("rft.genre") == genre
    assert held[title] == ["T"]
    assert held[container] == ["C"]


def test_a_thesis_has_a_degree_and_an_institution():
    held = parsed(context_object(article(type="thesis", genre="Master’s thesis")))
    assert held["rft.degree"] == ["Master’s thesis"]
    assert held["rft.inst"] == ["Routledge"]
    assert "rft_dat" not in held


def test_the_type_of_the_item_stands_last():
    text = context_object(article(type="article-newspaper"))
    assert text.endswith("&rft.type=newspaperArticle")
    assert parsed(text)["rft.publisher"] == ["Routledge"]
    assert "rft.type" not in context_object(article())


def test_every_type_of_work_has_its_kind():
    assert set(TYPE_NAMES) | {"document", "event", "performance"} == set(Reference.Type)


def test_the_least_that_is_known_is_enough():
    work = article(
        type="event",
        author=[],
        editor=[],
        issued=None,
        page="1640",
        **dict.fromkeys(
            (
                *("container_title", "collection_title", "volume", "issue"),
                *("publisher", "publisher_place", "doi", "url", "language"),
            )
        ),
    )
    held = parsed(context_object(work))
    assert held["rft.pages"] == ["1640"]
    assert held["rft.type"] == ["document"]
    assert not {"rft_id", "rft.spage", "rft.epage", "rft.date"} & held.keys()


def test_hostile_texts_come_back_as_they_were():
    work = article(title=HOSTILE, author=[Name(family=HOSTILE)], url=HOSTILE)
    text = context_object(work)
    assert not set(text) & set("<>\"' \n;")
    held = parsed(text)
    assert held["rft.atitle"] == [HOSTILE]
    assert held["rft.au"] == [HOSTILE]
    assert held["rft_id"][1] == HOSTILE


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_title_comes_back(title):
    assert parsed(context_object(article(title=title)))["rft.atitle"] == [title]
