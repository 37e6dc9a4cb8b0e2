"""What becomes of a suggestion: accepted, drafted, taken up or refused."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from casebase.change_tracking.transactions import tracked_transaction
from casebase.desk.suggestions.models import Draft, Suggestion
from casebase.history.models import Edit
from tests.constraints import assert_accepted, assert_rejected
from tests.factories import (
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db

EMAIL = "ada@example.org"


@pytest.fixture
def curator():
    return User.objects.create_user("curator")


@pytest.fixture
def barrier():
    return FindingFactory(kind="barrier", statement="It was far.", response="A bus.")


@pytest.fixture
def suggestion(barrier):
    source = "https://council.example/report.pdf"
    return SuggestionFactory(finding=barrier, source=source, email=EMAIL, name="Ada")


@pytest.fixture
def draft(suggestion, curator):
    suggestion.accept(by=curator)
    draft = Draft.objects.get()
    draft.url = ""
    return draft


def refused(act, words, **by):
    with pytest.raises(ValidationError) as refusal:
        act(**by)
    assert words in " ".join(refusal.value.messages)


def test_accepting_begins_a_draft_of_the_finding(suggestion, barrier, curator):
    suggestion.accept(by=curator)
    draft = Draft.objects.get()
    assert draft.finding == barrier
    assert (draft.statement, draft.response) == ("It was far.", "A bus.")
    assert draft.url == suggestion.source
    assert suggestion.status == "accepted"
    assert suggestion.decided_by == curator
    # It is not answered yet.
    assert suggestion.email == EMAIL
    suggestion.accept(by=curator)
    assert Draft.objects.get() == draft


def test_nothing_public_changes_before_it_is_applied(draft, barrier):
    draft.statement = "It was near."
    draft.save()
    barrier.refresh_from_db()
    assert barrier.statement == "It was far."


def test_applying_changes_the_finding_and_answers(draft, barrier, curator):
    draft.statement, draft.response = "It was near.", "No bus."
    with tracked_transaction(by=curator, action="form"):
        draft.apply(by=curator)
    barrier.refresh_from_db()
    assert (barrier.statement, barrier.response) == ("It was near.", "No bus.")
    assert barrier.initiative.revised_on == date.today()
    suggestion = Suggestion.objects.get()
    assert (suggestion.status, suggestion.email) == ("done", "")
    assert list(Suggestion.objects.credited()) == [suggestion]
    assert Edit.objects.first().why == "Suggested by Ada"


def test_a_reader_who_gave_no_name_stays_unnamed(draft, curator):
    draft.suggestion.name = ""
    draft.suggestion.save()
    draft.statement = "It was near."
    with tracked_transaction(by=curator, action="form"):
        draft.apply(by=curator)
    assert Edit.objects.first().why == "Suggested by a reader"
    assert not Suggestion.objects.credited()


def test_applying_adds_a_source(draft, barrier, curator):
    work = ReferenceFactory()
    draft.reference, draft.via, draft.locator = work, "primary", "P. 3"
    draft.url = "https://council.example/report.pdf"
    draft.apply(by=curator)
    added = barrier.sources.last()
    assert (added.reference, added.locator, added.position) == (work, "P. 3", 1)
    assert added.url == "https://council.example/report.pdf"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "The draft changes nothing yet."),
        ({"statement": ""}, "This field cannot be blank."),
        ({"url": "https://council.example/"}, "Choose the work that the page"),
        ({"locator": "P. 3"}, "Choose the work that the page belongs to"),
        ({"finding": None}, "Choose the finding that the draft is about."),
    ],
)
def test_what_stands_against_a_draft_is_said(draft, curator, fields, words):
    vars(draft).update(fields)
    draft.finding = fields.get("finding", draft.finding)
    refused(draft.apply, words, by=curator)
    assert Suggestion.objects.get().status == "accepted"


def test_the_rules_of_findings_and_sources_hold(draft, barrier, curator):
    draft.reference, draft.via = ReferenceFactory(), ""
    refused(draft.apply, "Say whether the work itself was read", by=curator)
    barrier.refresh_from_db()
    assert barrier.sources.count() == 1


def test_a_response_stays_with_barriers_and_risks(curator):
    outcome = FindingFactory(statement="It helped.")
    SuggestionFactory(finding=outcome).accept(by=curator)
    draft = Draft.objects.get()
    draft.response = "A bus."
    refused(draft.apply, "Only barriers and risks have a response.", by=curator)


def test_who_changed_the_finding_meanwhile_is_not_overruled(draft, barrier, curator):
    draft.statement = "It was near."
    barrier.statement = "It was far away."
    barrier.save()
    refused(draft.apply, "It now says: It was far away. / A bus.", by=curator)
    # Having seen it, the curator takes it from there; what was typed stays.
    draft.point_at(barrier)
    assert (draft.statement, draft.was_statement) == (
        "It was near.",
        "It was far away.",
    )
    draft.apply(by=curator)
    barrier.refresh_from_db()
    assert barrier.statement == "It was near."


def test_a_draft_moves_to_another_finding_with_its_texts(draft):
    other = FindingFactory(statement="It was dear.")
    draft.point_at(other)
    assert (draft.statement, draft.response) == ("It was dear.", "")


def test_a_suggestion_on_a_case_is_closed_by_hand(curator):
    case = InitiativeFactory()
    suggestion = SuggestionFactory(initiative=case, email=EMAIL, name="Ada")
    suggestion.accept(by=curator)
    assert Draft.objects.get().finding is None
    suggestion.take_up(by=curator)
    case.refresh_from_db()
    assert case.revised_on == date.today()
    assert Suggestion.objects.get().email == ""


def test_a_case_that_was_withdrawn_meanwhile_keeps_its_date(curator):
    case = InitiativeFactory(status="withdrawn", status_note="Why.")
    SuggestionFactory(initiative=case).take_up(by=curator)
    case.refresh_from_db()
    assert case.revised_on is None


def test_refusing_touches_nothing_else(draft, barrier, curator):
    draft.suggestion.refuse(by=curator)
    suggestion = Suggestion.objects.get()
    assert (suggestion.status, suggestion.email) == ("refused", "")
    assert not Draft.objects.exists()
    barrier.refresh_from_db()
    assert barrier.statement == "It was far."
    assert barrier.initiative.revised_on is None
    assert not Suggestion.objects.credited()


@pytest.mark.parametrize("verb", ["accept", "take_up", "refuse"])
@pytest.mark.parametrize("answer", ["take_up", "refuse"])
def test_of_two_who_answer_at_once_the_second_is_told(
    suggestion, curator, answer, verb
):
    same = Suggestion.objects.get()
    getattr(same, answer)(by=curator)
    refused(getattr(suggestion, verb), "This was answered already", by=curator)


def test_the_database_keeps_no_email_of_what_is_answered(suggestion):
    for status in ("accepted", "waiting"):
        assert_accepted(suggestion, status=status)
    for status in ("done", "refused"):
        assert_rejected(suggestion, "keeps no e-mail address", status=status)
        assert_accepted(suggestion, status=status, email="")
        suggestion.email = EMAIL


def test_a_finding_or_work_that_goes_leaves_the_suggestion(
    suggestion, barrier, curator
):
    suggestion.accept(by=curator)
    work = ReferenceFactory()
    Draft.objects.update(reference=work)
    work.delete()
    barrier.delete()
    suggestion.refresh_from_db()
    assert suggestion.finding is None
    assert Draft.objects.get().finding is None


def test_what_nobody_needs_any_more_is_forgotten():
    now = timezone.now()
    kept = SuggestionFactory(status="refused", decided_at=now - timedelta(days=89))
    SuggestionFactory(status="refused", decided_at=now - timedelta(days=91))
    done = SuggestionFactory(status="done", decided_at=now - timedelta(days=900))
    late, later = SuggestionFactory(email=EMAIL), SuggestionFactory(email=EMAIL)
    for suggestion, days in ((late, 364), (later, 366)):
        sent = now - timedelta(days=days)
        Suggestion.objects.filter(pk=suggestion.pk).update(sent_at=sent)
    Suggestion.objects.forget_old()
    assert set(Suggestion.objects.all()) == {kept, done, late, later}
    assert Suggestion.objects.get(pk=late.pk).email == EMAIL
    assert Suggestion.objects.get(pk=later.pk).email == ""


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://council.example/a?b=c", "https://council.example/a?b=c"),
        ("javascript:alert(1)", ""),
        ("ftp://council.example/", ""),
        ("See https://council.example/", ""),
        ("https://council.example/" + "x" * 500, ""),
        ("", ""),
    ],
)
def test_a_source_is_an_address_when_it_is_nothing_else(source, address):
    assert Suggestion(source=source).source_address == address


def test_records_say_what_they_are(draft):
    SourceFactory()
    assert str(draft.suggestion).startswith(str(draft.suggestion.initiative))
    assert str(draft) == f"draft for {draft.suggestion}"
