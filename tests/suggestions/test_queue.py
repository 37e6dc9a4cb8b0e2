"""The queue of suggestions at the desk: its pages, buttons and permissions."""

from importlib import import_module

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from casebase.desk.suggestions.models import Draft, Suggestion
from tests.desk import Curator, admin_url, count_queries, form_values
from tests.factories import FindingFactory, SuggestionFactory
from tests.group_members import CodebookKeeper, Contributor
from tests.suggestions.conftest import press

pytestmark = [pytest.mark.django_db, pytest.mark.once]

migration = import_module("casebase.desk.suggestions.migrations.0002_curators")
HOSTILE = '<script>alert("1")</script>'


@pytest.mark.parametrize("button", ["_accept", "_refuse", "_save"])
def test_a_second_answer_is_rejected_with_a_message(suggestion, button):
    curator = Curator()
    address = admin_url(suggestion, "change", suggestion.pk)
    opened = form_values(curator.client.get(address))
    press(curator, suggestion, "_accept")
    answer = curator.client.post(address, opened | {button: ""}, follow=True)
    words = "was changed successfully" if button == "_save" else "answered already"
    assertContains(answer, words)
    assert Suggestion.objects.get().status == "accepted"


def test_a_list_shows_age_case_finding_and_text(suggestion):
    SuggestionFactory(text="On the whole case.")
    listed = Curator().list(Suggestion)
    for words in ("0\xa0minutes", suggestion.initiative.name, "It was 15.", "The case"):
        assertContains(listed, words)
    assertContains(listed, suggestion.finding.get_absolute_url())


def test_a_long_list_takes_no_more_queries():
    curator = Curator()
    SuggestionFactory(finding=FindingFactory(kind="barrier"))
    before = count_queries(lambda: curator.list(Suggestion))
    for _ in range(9):
        SuggestionFactory(finding=FindingFactory(kind="barrier"))
    assert count_queries(lambda: curator.list(Suggestion)) == before


def test_accepting_shows_the_draft_beside_the_suggestion(suggestion):
    curator = Curator()
    shown = press(curator, suggestion, "_accept")
    assertContains(shown, "Accepted, to be done")
    assertContains(shown, "It was 15.")
    assert form_values(shown)["draft-0-statement"] == ["It took 12 hours."]


def test_a_draft_is_saved_and_shown_to_nobody(client, suggestion, finding):
    curator = Curator()
    press(curator, suggestion, "_accept")
    press(curator, suggestion, "_continue", **{"draft-0-statement": "It took 15."})
    assert Draft.objects.get().statement == "It took 15."
    case = client.get(finding.initiative.get_absolute_url())
    assertContains(case, "It took 12 hours.")


def test_an_invalid_draft_is_kept_and_the_reason_shown(suggestion, finding):
    curator = Curator()
    press(curator, suggestion, "_accept")
    finding.statement = "It took 13 hours."
    finding.save()
    fields = {"draft-0-statement": "It took 15."}
    shown = press(curator, suggestion, "_apply", **fields)
    assertContains(shown, "The finding was changed meanwhile. It now says: It took 13")
    assert Draft.objects.get().statement == "It took 15."
    # Saving the draft restarts it from the current text.
    shown = press(curator, suggestion, "_continue")
    assertContains(shown, "It took 13 hours.")
    press(curator, suggestion, "_apply")
    finding.refresh_from_db()
    assert finding.statement == "It took 15."


def test_a_suggestion_on_a_case_is_given_a_finding(finding):
    suggestion = SuggestionFactory(initiative=finding.initiative)
    elsewhere = FindingFactory()
    curator = Curator()
    assertNotContains(press(curator, suggestion, "_accept"), elsewhere.statement)
    refused = press(curator, suggestion, "_apply")
    assertContains(refused, "Choose the finding that the draft is about.")
    wrong = press(curator, suggestion, "_continue", **{"draft-0-finding": elsewhere.pk})
    assertContains(wrong, "Select a valid choice.")
    press(curator, suggestion, "_continue", **{"draft-0-finding": finding.pk})
    assert Draft.objects.get().statement == "It took 12 hours."


def test_it_is_closed_when_the_case_itself_was_changed(suggestion):
    curator = Curator()
    press(curator, suggestion, "_accept")
    press(curator, suggestion, "_close")
    suggestion.refresh_from_db()
    assert suggestion.status == "done"


def test_it_is_refused_with_a_reason_for_the_desk(suggestion):
    press(Curator(), suggestion, "_refuse", reason="It is 12 in the report.")
    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.reason) == (
        "refused",
        "It is 12 in the report.",
    )


def test_the_second_of_two_curators_gets_a_message(suggestion):
    curator = Curator()
    address = admin_url(suggestion, "change", suggestion.pk)
    sent = form_values(curator.client.get(address))
    press(curator, suggestion, "_refuse")
    shown = curator.client.post(address, sent | {"_accept": ""}, follow=True)
    assertContains(shown, "This was answered already: refused.")


def test_texts_of_readers_are_escaped_and_links_nofollow(suggestion):
    address = "https://spam.example/"
    SuggestionFactory(text=HOSTILE, source=HOSTILE, name=HOSTILE, quoted=HOSTILE)
    spam = SuggestionFactory(finding=suggestion.finding, source=address)
    curator = Curator()
    pages = [curator.list(Suggestion), press(curator, spam, "_accept")]
    pages += [curator.open(suggestion) for suggestion in Suggestion.objects.all()]
    for shown in pages:
        assertNotContains(shown, '<script>alert("1")')
    link = f'<a href="{address}" rel="nofollow noopener noreferrer">{address}</a>'
    assertContains(curator.open(spam), link)
    assertContains(curator.open(spam), f'href="{address}"', count=1)


def test_an_email_address_is_a_link(suggestion):
    suggestion.email = "ada@example.org"
    suggestion.save()
    assertContains(Curator().open(suggestion), 'href="mailto:ada@example.org"')


def test_the_page_of_the_case_shows_open_suggestions(suggestion):
    SuggestionFactory(initiative=suggestion.initiative, status="refused", text="Spam.")
    SuggestionFactory(initiative=suggestion.initiative, text="On the case.")
    shown = Curator().open(suggestion.initiative)
    assertContains(shown, f"(waiting; on #{suggestion.finding.short_id})")
    assertContains(shown, admin_url(suggestion, "change", suggestion.pk))
    assertContains(shown, "On the case.")
    assertNotContains(shown, "Spam.")
    assertNotContains(Contributor().open(suggestion.initiative), "On the case.")


def test_applying_a_draft_needs_permission_to_change_the_finding(suggestion, finding):
    keeper = CodebookKeeper()
    group = Group.objects.get(name=keeper.group)
    group.permissions.add(*Permission.objects.filter(codename__in=migration.MAY))
    press(keeper, suggestion, "_accept")
    fields = {"draft-0-statement": "It took 15."}
    shown = press(keeper, suggestion, "_apply", **fields)
    assertContains(shown, "You may not change findings of this case.")
    finding.refresh_from_db()
    assert finding.statement == "It took 12 hours."


@pytest.mark.parametrize("person", [Contributor, CodebookKeeper])
def test_others_at_the_desk_see_no_queue(person, suggestion):
    person = person()
    assert person.list(Suggestion).status_code == 403
    assert person.open(suggestion).status_code == 403
    assert person.client.post(admin_url(suggestion, "changelist")).status_code == 403


def test_read_only_users_have_no_buttons(suggestion):
    suggestion.accept(by=None)
    keeper = CodebookKeeper()
    group = Group.objects.get(name=keeper.group)
    group.permissions.add(Permission.objects.get(codename="view_suggestion"))
    assertNotContains(keeper.open(suggestion), 'type="submit" class="default"')


def test_the_desk_cannot_add_suggestions(suggestion):
    curator = Curator()
    add = reverse("admin:suggestions_suggestion_add")
    assert curator.client.get(add).status_code == 403
    assert curator.delete(suggestion).status_code == 403
