"""Pages of any subject: what an app describes of one is what machines get."""

import json

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from casebase.metadata.negotiation import negotiate_response
from casebase.metadata.page_description import DOCUMENTS, Document, PageDescription
from tests.metadata.links import links_in

pytestmark = pytest.mark.once

ADDRESS = "https://casebase.example/rooms/7/"
ROOM = {"@context": "https://schema.org", "@type": "Room"}
PLAN = Document("image/x-plan", lambda page: [b"plan of ", page.title.encode()])


def say(page, params):
    return HttpResponse(f"{page.title} in {params.get('tongue', 'English')}")


ROOM_PAGE = PageDescription(
    address=ADDRESS,
    title="Room 7",
    json_ld=ROOM,
    types=["Room"],
    documents={"plan.svg": PLAN, **DOCUMENTS},
    unlinked_documents={"draft.svg": PLAN},
    parametrised_answers={"audio/x-spoken": say},
    aliases={"image/x-plan": ("image/x-drawing",)},
)


def ask(accept, document="", page=ROOM_PAGE):
    def render_page(request, description, subject):
        return HttpResponse(subject)

    request = RequestFactory().get("/rooms/7/", headers={"Accept": accept})
    return negotiate_response(request, page, document, render_page, "the page")


def test_a_page_carries_documents_of_its_own():
    answer = ask("image/x-plan")
    assert answer.content == b"plan of Room 7"
    assert answer["Content-Type"] == "image/x-plan"
    assert answer["Content-Location"] == f"{ADDRESS}plan.svg"
    assert ask("*/*", "plan.svg").content == answer.content
    assert json.loads(ask("application/ld+json").content) == ROOM


def test_the_page_links_to_its_documents():
    answer = ask("text/html")
    assert answer.content == b"the page"
    assert links_in(answer["Link"]) == [
        ("type", "https://schema.org/Room", ""),
        ("linkset", f"{ADDRESS}linkset.json", "application/linkset+json"),
        ("describedby", f"{ADDRESS}plan.svg", "image/x-plan"),
        ("describedby", f"{ADDRESS}schema.jsonld", "application/ld+json"),
    ]


def test_an_alias_is_answered_under_its_own_name():
    answer = ask("image/x-drawing")
    assert answer.content == b"plan of Room 7"
    assert answer["Content-Type"] == "image/x-drawing; charset=utf-8"


def test_an_unlinked_document_has_an_address_and_no_link():
    assert ask("*/*", "draft.svg").content == b"plan of Room 7"
    assert "draft.svg" not in ask("text/html")["Link"]
    with pytest.raises(Http404):
        ask("*/*", "nothing.svg")


@pytest.mark.parametrize(
    ("accept", "text"),
    [
        ("audio/x-spoken", "Room 7 in English"),
        ("audio/x-spoken; tongue=Welsh", "Room 7 in Welsh"),
        (
            "audio/x-spoken;tongue=Dutch;q=0.5, audio/x-spoken;tongue=Welsh",
            "Room 7 in Welsh",
        ),
    ],
)
def test_parameters_shape_an_answer_without_an_address(accept, text):
    answer = ask(accept)
    assert answer.text == text
    assert "Content-Location" not in answer


def test_what_there_is_is_listed_for_who_accepts_none_of_it():
    answer = ask("image/png")
    assert answer.status_code == 406
    assert answer.text.split("\n")[1:-1] == [
        "text/html",
        "image/x-plan",
        "application/ld+json",
        "application/linkset+json",
        "audio/x-spoken",
    ]


def test_a_page_without_documents_is_only_a_page():
    page = PageDescription(
        address=ADDRESS, title="Room 7", json_ld=ROOM, types=["Room"], documents={}
    )
    assert links_in(ask("*/*", page=page)["Link"]) == [
        ("type", "https://schema.org/Room", "")
    ]
    assert ask("application/ld+json", page=page).status_code == 406
    assert page.meta_tags == []
