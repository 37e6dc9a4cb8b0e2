"""Answers to suggestions: accept, draft, take up or refuse."""

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


def assert_error(act, words, **by):
    with pytest.raises(ValidationError) as error:
        act(**by)
    assert words in " ".join(error.value.messages)


def test_accepting_starts_a_draft_of_the_finding(suggestion, barrier, curator):
    suggestion.accept(by=curator)
    draft = Draft.objects.get()
    assert draft.finding == barrier
    assert (draft.statement, draft.response) == ("It was far.", "A bus.")
    assert draft.url == suggestion.source
    assert suggestion.status == "accepted"
    assert suggestion.decided_by == curator
    # An accepted suggestion still needs an answer.
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
def test_an_invalid_draft_is_rejected_with_the_reason(draft, curator, fields, words):
    vars(draft).update(fields)
    draft.finding = fields.get("finding", draft.finding)
    assert_error(draft.apply, words, by=curator)
    assert Suggestion.objects.get().status == "accepted"


def test_the_rules_of_findings_and_sources_hold(draft, barrier, curator):
    draft.reference, draft.via = ReferenceFactory(), ""
    assert_error(draft.apply, "Say whether the work itself was read", by=curator)
    barrier.refresh_from_db()
    assert barrier.sources.count() == 1


def test_a_response_stays_with_barriers_and_risks(curator):
    outcome = FindingFactory(statement="It helped.")
    SuggestionFactory(finding=outcome).accept(by=curator)
    draft = Draft.objects.get()
    draft.response = "A bus."
    assert_error(draft.apply, "Only barriers and risks have a response.", by=curator)


def test_a_draft_does_not_overwrite_changes_by_others(draft, barrier, curator):
    draft.statement = "It was near."
    barrier.statement = "It was far away."
    barrier.save()
    assert_error(draft.apply, "It now says: It was far away. / A bus.", by=curator)
    # The curator starts again from the current text; the draft's own text stays.
    draft.start_from(barrier)
    assert (draft.statement, draft.was_statement) == (
        "It was near.",
        "It was far away.",
    )
    draft.apply(by=curator)
    barrier.refresh_from_db()
    assert barrier.statement == "It was near."


def test_a_draft_moves_to_another_finding_with_its_texts(draft):
    other = FindingFactory(statement="It was dear.")
    draft.start_from(other)
    assert (draft.statement, draft.response) == ("It was dear.", "")


def test_a_suggestion_on_a_case_can_be_closed(curator):
    case = InitiativeFactory()
    suggestion = SuggestionFactory(initiative=case, email=EMAIL, name="Ada")
    suggestion.accept(by=curator)
    assert Draft.objects.get().finding is None
    suggestion.mark_done(by=curator)
    case.refresh_from_db()
    assert case.revised_on == date.today()
    assert Suggestion.objects.get().email == ""


def test_a_case_withdrawn_before_the_answer_keeps_its_date(curator):
    case = InitiativeFactory(status="withdrawn", status_note="Why.")
    SuggestionFactory(initiative=case).mark_done(by=curator)
    case.refresh_from_db()
    assert case.revised_on is None


def test_refusing_changes_nothing_else(draft, barrier, curator):
    draft.suggestion.refuse(by=curator)
    suggestion = Suggestion.objects.get()
    assert (suggestion.status, suggestion.email) == ("refused", "")
    assert not Draft.objects.exists()
    barrier.refresh_from_db()
    assert barrier.statement == "It was far."
    assert barrier.initiative.revised_on is None
    assert not Suggestion.objects.credited()


@pytest.mark.parametrize("verb", ["accept", "mark_done", "refuse"])
@pytest.mark.parametrize("answer", ["mark_done", "refuse"])
def test_the_second_of_two_answers_is_rejected(suggestion, curator, answer, verb):
    same = Suggestion.objects.get()
    getattr(same, answer)(by=curator)
    assert_error(getattr(suggestion, verb), "This was answered already", by=curator)


def test_the_database_rejects_an_email_after_the_answer(suggestion):
    for status in ("accepted", "waiting"):
        assert_accepted(suggestion, status=status)
    for status in ("done", "refused"):
        assert_rejected(suggestion, "has no e-mail address", status=status)
        assert_accepted(suggestion, status=status, email="")
        suggestion.email = EMAIL


def test_deleting_a_finding_or_work_keeps_the_suggestion(suggestion, barrier, curator):
    suggestion.accept(by=curator)
    work = ReferenceFactory()
    Draft.objects.update(reference=work)
    work.delete()
    barrier.delete()
    suggestion.refresh_from_db()
    assert suggestion.finding is None
    assert Draft.objects.get().finding is None


def test_old_suggestions_and_addresses_are_deleted():
    now = timezone.now()
    kept = SuggestionFactory(status="refused", decided_at=now - timedelta(days=89))
    SuggestionFactory(status="refused", decided_at=now - timedelta(days=91))
    done = SuggestionFactory(status="done", decided_at=now - timedelta(days=900))
    late, later = SuggestionFactory(email=EMAIL), SuggestionFactory(email=EMAIL)
    for suggestion, days in ((late, 364), (later, 366)):
        sent = now - timedelta(days=days)
        Suggestion.objects.filter(pk=suggestion.pk).update(sent_at=sent)
    Suggestion.objects.delete_expired()
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
def test_a_source_is_a_url_if_it_has_no_other_text(source, address):
    assert Suggestion(source=source).source_url == address


def test_records_have_readable_names(draft):
    SourceFactory()
    assert str(draft.suggestion).startswith(str(draft.suggestion.initiative))
    assert str(draft) == f"draft for {draft.suggestion}"
