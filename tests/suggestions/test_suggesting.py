"""The form in which readers make suggestions, and how they are saved."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from casebase.desk.suggestions.models import Suggestion
from tests.desk import count_queries
from tests.factories import (
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    SuggestionFactory,
)
from tests.once import once

pytestmark = pytest.mark.django_db

FORM = "/initiatives/weyhe/suggest/"
THANKS = f"{FORM}thanks/"
SENT = {
    "text": "It was 15 hours, not 12.",
    "source": "Council report 2014, p. 3",
    "name": "Ada Lovelace",
    "email": "ada@example.org",
    "topic": "",
}


@pytest.fixture
def weyhe():
    return InitiativeFactory(slug="weyhe", name="Streetwatchers")


@pytest.fixture
def finding(weyhe):
    return FindingFactory(initiative=weyhe, statement="It took 12 hours.")


def send(client, address=FORM, **fields):
    return client.post(address, SENT | fields)


@pytest.mark.once
def test_the_case_and_each_of_its_findings_lead_to_the_form(client, finding):
    page = client.get("/initiatives/weyhe/")
    assertContains(page, f'href="{FORM}"')
    assertContains(page, f'href="{FORM}?finding={finding.short_id}"')


@pytest.mark.once
def test_the_form_shows_what_it_is_about(client, finding):
    assertContains(client.get(FORM), "About the case")
    page = client.get(FORM, {"finding": finding.short_id})
    assertContains(page, "It took 12 hours.")
    assertContains(page, finding.get_absolute_url())


def test_a_suggestion_on_a_finding_is_saved_with_all_fields(client, finding):
    answer = send(client, f"{FORM}?finding={finding.short_id}")
    assertRedirects(answer, THANKS)
    suggestion = Suggestion.objects.get()
    for name in ("text", "source", "name", "email"):
        assert getattr(suggestion, name) == SENT[name]
    assert suggestion.finding == finding
    assert suggestion.quoted == "It took 12 hours."
    assert suggestion.initiative == finding.initiative
    assert suggestion.status == "waiting"


def test_a_suggestion_on_a_case_needs_only_a_text(client, weyhe):
    send(client, source="", name="", email="")
    suggestion = Suggestion.objects.get()
    assert (suggestion.initiative, suggestion.finding) == (weyhe, None)


@pytest.mark.once
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Say what is wrong or missing."),
        ({"text": "  "}, "Say what is wrong or missing."),
        ({"text": "x" * 4001}, "at most 4000 characters"),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"source": "x" * 1001}, "at most 1000 characters"),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"email": "nobody"}, "Enter a valid email address."),
    ],
)
def test_invalid_forms_show_errors_and_keep_the_input(client, weyhe, fields, words):
    page = send(client, **fields)
    assertContains(page, words, status_code=400)
    assertContains(page, "Nothing was sent yet.", status_code=400)
    typed = SENT | fields
    kept = page.context["form"]
    assert {name: kept[name].value() for name in SENT} == typed
    assert not Suggestion.objects.exists()


@pytest.mark.once
def test_an_empty_form_shows_an_error(client, weyhe):
    page = client.post(FORM)
    assertContains(page, "Say what is wrong or missing.", status_code=400)


@pytest.mark.once
def test_the_input_of_readers_is_escaped(client, weyhe):
    page = send(client, text="<script>alert(1)</script>", email="nobody")
    assertNotContains(page, "<script>alert", status_code=400)
    assertContains(page, "&lt;script&gt;alert", status_code=400)


@pytest.mark.once
def test_suggestions_of_robots_are_thanked_but_not_saved(client, weyhe):
    assertRedirects(send(client, topic="Cheap watches"), THANKS)
    assert not Suggestion.objects.exists()


def test_a_private_statement_is_not_shown(client, weyhe):
    hidden = FindingFactory(initiative=weyhe, sources=0, statement="Not sure yet.")
    elsewhere = FindingFactory(statement="On another case.")
    for short_id in (hidden.short_id, elsewhere.short_id, "nonsense", "a\0b"):
        page = client.get(FORM, {"finding": short_id})
        assertContains(page, "The statement you came from is no longer on the case.")
        assertNotContains(page, "Not sure yet.")
        assertNotContains(page, "On another case.")
    send(client, f"{FORM}?finding={hidden.short_id}")
    assert Suggestion.objects.get().finding is None


@pytest.mark.parametrize("status", ["draft", *once("review", "withdrawn")])
def test_only_public_cases_have_the_form(client, status):
    InitiativeFactory(slug="weyhe", status=status, status_note="Why.")
    for answer in (client.get(FORM), send(client), client.get(THANKS)):
        assertContains(answer, "no case at this address", status_code=404)
    assert not Suggestion.objects.exists()


@pytest.mark.once
def test_the_form_redirects_when_its_case_is_renamed(client, finding):
    FormerSlugFactory(initiative=finding.initiative, slug="old")
    old = "/initiatives/old/suggest/"
    assert client.get(old).headers["Location"] == FORM
    moved = client.get(f"{old}?finding={finding.short_id}")
    assert moved.headers["Location"] == f"{FORM}?finding={finding.short_id}"
    # A form that was opened under the old address can still be sent.
    send(client, old)
    assert Suggestion.objects.get().initiative == finding.initiative


@pytest.mark.once
def test_cross_site_forms_are_rejected(weyhe):
    answer = Client(enforce_csrf_checks=True).post(FORM, SENT)
    assertContains(answer, "Allow cookies for this site", status_code=403)
    assert not Suggestion.objects.exists()


def test_readers_who_left_a_name_are_credited_on_the_case(client, weyhe):
    done = {"initiative": weyhe, "status": "done"}
    SuggestionFactory(**done, name="")
    SuggestionFactory(initiative=weyhe, name="Not Yet")
    SuggestionFactory(initiative=weyhe, name="Refused", status="refused")
    assertNotContains(client.get("/initiatives/weyhe/"), "With a correction")
    SuggestionFactory(**done, name="Ada <b>")
    page = client.get("/initiatives/weyhe/")
    assertContains(page, "With a correction by Ada &lt;b&gt;.")
    SuggestionFactory(**done, name="Ada <b>")
    SuggestionFactory(**done, name="Ben")
    page = client.get("/initiatives/weyhe/")
    assertContains(page, "With corrections by Ada &lt;b&gt;, Ben.")


@pytest.mark.once
def test_credits_take_no_more_queries(client, finding):
    SuggestionFactory(initiative=finding.initiative, status="done", name="Ada")
    before = count_queries(lambda: client.get("/initiatives/weyhe/"))
    for n in range(9):
        SuggestionFactory(initiative=finding.initiative, status="done", name=f"B{n}")
        FindingFactory(initiative=finding.initiative)
    assert count_queries(lambda: client.get("/initiatives/weyhe/")) == before
