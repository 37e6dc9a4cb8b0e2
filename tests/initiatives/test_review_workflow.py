"""The transitions of a case, and the gaps that prevent its publication."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Finding, Initiative, NotReadyError
from initiatives.status_transitions import TRANSITIONS
from tests.constraints import assert_accepted, assert_rejected
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

pytestmark = pytest.mark.django_db

NEEDS_REASON = {"send_back", "withdraw"}


def transition(case, verb, **arguments):
    if verb in NEEDS_REASON:
        arguments.setdefault("reason", "The council asked us to.")
    getattr(case, verb)(**arguments)


def in_status(status, **fields):
    return InitiativeFactory(status=status, status_note="Why.", **fields)


def saved(case):
    """Return the columns of the workflow from the database."""
    fields = ["status", "status_note", "published_on", "revised_on"]
    return Initiative.objects.values(*fields).get(pk=case.pk)


@pytest.mark.parametrize("verb", TRANSITIONS)
def test_a_transition_changes_the_status(verb):
    case = in_status(TRANSITIONS[verb].start)
    transition(case, verb)
    assert case.status == saved(case)["status"] == TRANSITIONS[verb].end


@pytest.mark.parametrize("verb", TRANSITIONS)
@pytest.mark.parametrize("status", Initiative.Status)
def test_from_another_status_a_transition_changes_nothing(verb, status):
    if status == TRANSITIONS[verb].start:
        return
    case = in_status(status)
    before = saved(case)
    with pytest.raises(ValidationError, match=f"its status is {status.label.lower()}"):
        transition(case, verb)
    assert saved(case) == before
    assert case.status == status
    assert not case.status_changes.exists()


def test_a_decision_on_an_outdated_case_is_an_error():
    case = in_status("review")
    outdated = Initiative.objects.get(pk=case.pk)
    case.send_back(reason="Find the report.")
    with pytest.raises(ValidationError, match="its status is draft, and not in review"):
        outdated.publish()
    assert saved(case)["status"] == "draft"


def test_publishing_sets_the_dates_to_today():
    case = InitiativeFactory(status="review", status_note="Settle the year.")
    case.publish()
    today = date.today()
    assert saved(case) == {
        "status": "published",
        "status_note": "",
        "published_on": today,
        "revised_on": today,
    }


def test_a_case_published_again_keeps_its_first_date():
    case = InitiativeFactory(published_on=date(2026, 1, 31))
    case.withdraw(reason="They asked us to.")
    case.reinstate()
    assert (case.status, case.status_note) == ("published", "")
    assert case.published_on == date(2026, 1, 31)
    assert case.revised_on == date.today()


def test_an_incomplete_case_is_not_published_and_all_gaps_are_listed():
    case = InitiativeFactory(status="review", status_note="x", summary="", country="")
    FindingFactory(initiative=case, sources=0)
    with pytest.raises(NotReadyError) as error:
        case.publish()
    text = " ".join(error.value.messages)
    assert all(word in text for word in ("a summary", "a country", "without a source"))
    for known in (case, Initiative.objects.get()):
        assert (known.status, known.status_note) == ("review", "x")
        assert known.published_on is None


def test_each_gap_has_its_record_and_field():
    case = InitiativeFactory(status="draft", summary="", locality="")
    unsourced = FindingFactory(initiative=case, sources=0, statement="They met.")
    heading = ConceptFactory(scheme="barriers", label="Inside")
    grouped = FindingFactory(initiative=case, kind="barrier", concept=heading)
    risk = ConceptFactory(scheme="risks")
    misfiled = FindingFactory(initiative=case, kind="barrier")
    # Neither a form nor an import accepts these.
    type(heading).objects.filter(pk=heading.pk).update(is_heading=True)
    Finding.objects.filter(pk=misfiled.pk).update(concept=risk.pk)
    gaps = case.publication_gaps()
    assert [(gap.record, gap.field) for gap in gaps] == [
        (case, "locality"),
        (case, "summary"),
        (unsourced, "sources"),
        (grouped, "concept"),
        (misfiled, "concept"),
    ]
    assert str(gaps[1]) == "A published case needs a summary."
    assert str(gaps[2]) == "Outcome · They met.: This finding is without a source."
    assert "“Inside” only groups other terms" in str(gaps[3])


def test_gaps_of_ten_findings_need_no_more_queries_than_of_one():
    small, large = InitiativeFactory(), InitiativeFactory()
    FindingFactory(initiative=small, kind="barrier")
    FindingFactory.create_batch(10, initiative=large, kind="barrier", sources=2)
    with CaptureQueriesContext(connection) as few:
        small.publication_gaps()
    with CaptureQueriesContext(connection) as many:
        large.publication_gaps()
    assert len(many) == len(few)


def test_a_complete_case_has_no_gaps():
    assert FindingFactory(kind="barrier").initiative.publication_gaps() == []


def test_an_incomplete_case_is_not_published_again():
    case = in_status("withdrawn", summary="")
    with pytest.raises(NotReadyError, match="needs a summary"):
        case.reinstate()


def test_an_incomplete_case_is_submitted_only_with_a_note():
    case = InitiativeFactory(status="draft", summary="")
    with pytest.raises(NotReadyError, match="needs a summary"):
        case.submit()
    case.submit(note="Who can sum this up?")
    assert saved(case)["status_note"] == "Who can sum this up?"


def test_submitting_without_a_note_keeps_the_present_one():
    case = in_status("draft")
    case.submit()
    assert saved(case)["status_note"] == "Why."


@pytest.mark.parametrize("verb", sorted(NEEDS_REASON))
@pytest.mark.parametrize("reason", ["", " \n"])
def test_sending_back_and_withdrawing_need_a_reason(verb, reason):
    case = in_status(TRANSITIONS[verb].start)
    with pytest.raises(ValidationError, match="Say in the status note why"):
        transition(case, verb, reason=reason)
    assert case.status == saved(case)["status"] == TRANSITIONS[verb].start


@pytest.mark.parametrize("verb", sorted(NEEDS_REASON))
def test_the_reason_becomes_the_status_note(verb):
    case = in_status(TRANSITIONS[verb].start)
    transition(case, verb, reason=" They asked us to. ")
    assert saved(case)["status_note"] == "They asked us to."


def test_each_decision_is_recorded_with_user_and_reason():
    case, ada = in_status("draft"), User.objects.create_user("ada")
    case.submit(by=ada)
    case.send_back(reason="Find the report.")
    decisions = case.status_changes.values_list("status", "by", "reason")
    assert list(decisions) == [
        ("draft", None, "Find the report."),
        ("review", ada.pk, ""),
    ]
    assert str(case.status_changes.first()).startswith("Draft, ")


def test_the_user_who_submitted_a_case_can_not_publish_it(settings):
    ada, ben = (User.objects.create_user(name) for name in ("ada", "ben"))
    case = in_status("draft")
    case.submit(by=ada)
    with pytest.raises(ValidationError, match="somebody else reviews"):
        case.publish(by=ada)
    case.send_back(reason="Find the report.", by=ada)
    case.submit(by=ben)
    case.publish(by=ada)
    assert saved(case)["status"] == "published"


def test_a_setting_lets_users_publish_what_they_submitted(settings):
    settings.REVIEW_BY_ANOTHER = False
    case, ada = in_status("draft"), User.objects.create_user("ada")
    case.submit(by=ada)
    case.publish(by=ada)
    assert saved(case)["status"] == "published"


def test_any_user_can_publish_a_case_that_nobody_submitted():
    case, ada = in_status("review"), User.objects.create_user("ada")
    case.publish(by=ada)
    assert saved(case)["status"] == "published"


def test_a_case_that_was_public_can_not_become_a_draft():
    assert_accepted(in_status("withdrawn"), published_on=date(2026, 1, 31))
    for status in ("draft", "review"):
        words = "Readers could see this case"
        case = InitiativeFactory(published_on=date(2026, 1, 31))
        assert_rejected(case, words, status=status)


def test_renaming_a_draft_saves_no_former_slug():
    case = in_status("draft", slug="weihe")
    case.rename(slug="weyhe")
    assert case.slug == "weyhe"
    assert not case.former_slugs.exists()
