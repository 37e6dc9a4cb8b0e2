"""The addresses of social cards, and the tags that lead there."""

from io import BytesIO

import pytest
from PIL import Image

from casebase.facets.snapshot_cache import current_snapshot
from initiatives.models import Initiative
from initiatives.social_card import build_case_card, build_site_card
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.metadata.html_page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FILES = "casebase.caches.file_cache.FileCache"
ADDRESS = "/initiatives/weyhe/card.png"


@pytest.fixture
def weyhe():
    return InitiativeFactory(
        slug="weyhe",
        name="Streetwatchers",
        tagline="They meet at night.",
        locality="Weyhe",
        region="",
        country="DE",
        start_year=2007,
    )


def answered(case, *directions, kind="barrier"):
    concept = ConceptFactory(scheme=f"{kind}s") if kind != "outcome" else None
    for direction in directions:
        FindingFactory(initiative=case, kind=kind, concept=concept, direction=direction)


def card_of(case):
    return build_case_card(case, current_snapshot())


def test_a_card_says_what_the_case_is_and_what_came_of_it(weyhe):
    answered(weyhe, "not-reported", "helped", "helped")
    answered(weyhe, "hindered", kind="risk")
    FindingFactory(initiative=weyhe, kind="barrier", sources=0)
    work = ReferenceFactory()
    mode = FindingFactory(initiative=weyhe, kind="mode", sources=0)
    for _ in range(2):
        SourceFactory(finding=mode, reference=work)
    answered(InitiativeFactory(status="review"), "mixed")
    card = card_of(weyhe)
    assert card.title == "Streetwatchers"
    assert card.place == "Weyhe, Germany · since 2007"
    assert card.text == "They meet at night."
    assert card.results_text == "3 barriers: 2 helped, 1 not reported"
    assert list(card.results.items()) == [("helped", 2), ("not-reported", 1)]
    assert card.counts == "4 findings · 5 works"
    assert list(card.families.items()) == [("barrier", 3), ("risk", 1)]


def test_a_case_without_barriers_tells_of_risks_or_outcomes(weyhe):
    assert card_of(weyhe).results_text == ""
    answered(weyhe, "hindered", kind="outcome")
    assert card_of(weyhe).results_text == "1 outcome: hindered"
    answered(weyhe, "mixed", kind="risk")
    card = card_of(weyhe)
    assert (card.results_text, card.family) == ("1 risk: mixed", "risk")


def test_a_case_without_a_tagline_begins_its_summary():
    assert card_of(InitiativeFactory(summary="At night.")).text == "At night."


def test_the_card_of_the_site_counts_what_is_public(weyhe):
    answered(weyhe, "helped")
    for status in ("draft", "review", "withdrawn"):
        answered(InitiativeFactory(status=status, status_note="Why."), "mixed")
    card = build_site_card(current_snapshot())
    assert card.results_text == "1 barrier: helped"
    assert card.counts == "1 case · 1 finding · 4 works"


def test_the_card_of_the_site_says_what_its_first_page_says(client):
    (heading,) = Page(client, "/").all("h1")
    assert build_site_card(current_snapshot()).title == heading.text_content()


def test_the_picture_is_sent_until_the_case_says_something_else(client, weyhe):
    first = client.get(ADDRESS)
    assert Image.open(BytesIO(first.content)).size == (1200, 630)
    assert first["Content-Type"] == "image/png"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    known = {"if-none-match": first["ETag"]}
    Initiative.objects.update(approach="Not on the card.")
    again = client.get(ADDRESS, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    answered(weyhe, "helped")
    other = client.get(ADDRESS, headers=known)
    assert other.status_code == 200
    assert other.content != first.content


def test_a_card_is_drawn_once(client, weyhe, settings, tmp_path, monkeypatch):
    files = settings.CACHES["citations"] | {"BACKEND": FILES, "LOCATION": tmp_path}
    settings.CACHES = settings.CACHES | {"cards": files}
    first = client.get(ADDRESS).content
    monkeypatch.setattr("casebase.social_cards.responses.draw_card", None)
    assert client.get(ADDRESS).content == first


def test_a_card_needs_no_query_of_its_own(weyhe, django_assert_num_queries):
    answered(weyhe, "helped")
    snapshot = current_snapshot()
    with django_assert_num_queries(0):
        build_case_card(weyhe, snapshot)
        build_site_card(snapshot)


@pytest.mark.parametrize("status", ["draft", "review"])
def test_a_hidden_case_has_no_card(client, status):
    InitiativeFactory(slug="weyhe", status=status)
    assert client.get(ADDRESS).status_code == 404


def test_a_withdrawn_or_renamed_case_answers_as_its_page(client, weyhe):
    FormerSlugFactory(initiative=weyhe, slug="old")
    moved = client.get("/initiatives/old/card.png")
    assert (moved.status_code, moved["Location"]) == (301, ADDRESS)
    Initiative.objects.update(status="withdrawn", status_note="Staff alone.")
    assert client.get(ADDRESS).status_code == 410


def test_pages_lead_to_their_card(client, weyhe):
    page = Page(client, "/initiatives/weyhe/")
    assert page.og("image") == f"http://testserver{ADDRESS}"
    words = "Streetwatchers. Weyhe, Germany · since 2007. They meet at night."
    assert page.og("image:alt") == words
    assert (page.og("image:width"), page.og("image:height")) == ("1200", "630")
    assert page.meta("twitter:card") == ["summary_large_image"]


@pytest.mark.parametrize("address", ["/", "/about/", "/initiatives/"])
def test_other_pages_lead_to_the_card_of_the_site(client, weyhe, address):
    page = Page(client, address)
    assert page.og("image") == "http://testserver/card.png"
    assert page.og("image:alt").startswith("Casebase")
    assert client.get("/card.png")["Content-Type"] == "image/png"
