"""A case on its way to readers and back: what may follow what, and what it lacks."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Finding, Initiative, NotReadyError
from initiatives.status_transitions import MOVES
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory
from tests.rules import allows, refuses

pytestmark = pytest.mark.django_db

NEEDS_REASON = {"send_back", "withdraw"}


def move(case, verb, **said):
    if verb in NEEDS_REASON:
        said.setdefault("reason", "The council asked us to.")
    getattr(case, verb)(**said)


def in_status(status, **fields):
    return InitiativeFactory(status=status, status_note="Why.", **fields)


def stands(case):
    """What the database knows of where it stands."""
    fields = ["status", "status_note", "published_on", "revised_on"]
    return Initiative.objects.values(*fields).get(pk=case.pk)


@pytest.mark.parametrize("verb", MOVES)
def test_a_verb_leads_from_its_status_to_the_next(verb):
    case = in_status(MOVES[verb].start)
    move(case, verb)
    assert case.status == stands(case)["status"] == MOVES[verb].end


@pytest.mark.parametrize("verb", MOVES)
@pytest.mark.parametrize("status", Initiative.Status)
def test_from_any_other_status_it_is_refused_and_nothing_changes(verb, status):
    if status == MOVES[verb].start:
        return
    case = in_status(status)
    before = stands(case)
    with pytest.raises(ValidationError, match=f"its status is {status.label.lower()}"):
        move(case, verb)
    assert stands(case) == before
    assert case.status == status
    assert not case.status_changes.exists()


def test_of_two_who_decide_at_once_the_second_is_told():
    case = in_status("review")
    seen_before = Initiative.objects.get(pk=case.pk)
    case.send_back(reason="Find the report.")
    with pytest.raises(ValidationError, match="its status is draft, and not in review"):
        seen_before.publish()
    assert stands(case)["status"] == "draft"


def test_a_case_is_published_today():
    case = InitiativeFactory(status="review", status_note="Settle the year.")
    case.publish()
    today = date.today()
    assert stands(case) == {
        "status": "published",
        "status_note": "",
        "published_on": today,
        "revised_on": today,
    }


def test_published_again_a_case_keeps_its_first_date():
    case = InitiativeFactory(published_on=date(2026, 1, 31))
    case.withdraw(reason="They asked us to.")
    case.reinstate()
    assert (case.status, case.status_note) == ("published", "")
    assert case.published_on == date(2026, 1, 31)
    assert case.revised_on == date.today()


def test_publishing_names_all_that_is_missing_and_changes_nothing():
    case = InitiativeFactory(status="review", status_note="x", summary="", country="")
    FindingFactory(initiative=case, sources=0)
    with pytest.raises(NotReadyError) as refusal:
        case.publish()
    text = " ".join(refusal.value.messages)
    assert all(word in text for word in ("a summary", "a country", "without a source"))
    for known in (case, Initiative.objects.get()):
        assert (known.status, known.status_note) == ("review", "x")
        assert known.published_on is None


def test_each_gap_says_of_which_record_and_field_it_is():
    case = InitiativeFactory(status="draft", summary="", locality="")
    unsourced = FindingFactory(initiative=case, sources=0, statement="They met.")
    heading = ConceptFactory(scheme="barriers", label="Inside")
    grouped = FindingFactory(initiative=case, kind="barrier", concept=heading)
    risk = ConceptFactory(scheme="risks")
    strayed = FindingFactory(initiative=case, kind="barrier")
    # No form and no load lets these in.
    type(heading).objects.filter(pk=heading.pk).update(is_heading=True)
    Finding.objects.filter(pk=strayed.pk).update(concept=risk.pk)
    gaps = case.missing()
    assert [(gap.record, gap.field) for gap in gaps] == [
        (case, "locality"),
        (case, "summary"),
        (unsourced, "sources"),
        (grouped, "concept"),
        (strayed, "concept"),
    ]
    assert str(gaps[1]) == "A published case needs a summary."
    assert str(gaps[2]) == "Outcome · They met.: This finding is without a source."
    assert "“Inside” only groups other terms" in str(gaps[3])


def test_what_is_missing_asks_as_much_for_ten_findings_as_for_one():
    small, large = InitiativeFactory(), InitiativeFactory()
    FindingFactory(initiative=small, kind="barrier")
    FindingFactory.create_batch(10, initiative=large, kind="barrier", sources=2)
    with CaptureQueriesContext(connection) as few:
        small.missing()
    with CaptureQueriesContext(connection) as many:
        large.missing()
    assert len(many) == len(few)


def test_a_whole_case_lacks_nothing():
    assert FindingFactory(kind="barrier").initiative.missing() == []


def test_what_a_published_case_lacks_keeps_a_withdrawn_one_back():
    case = in_status("withdrawn", summary="")
    with pytest.raises(NotReadyError, match="needs a summary"):
        case.reinstate()


def test_an_incomplete_case_is_submitted_with_a_note_only():
    case = InitiativeFactory(status="draft", summary="")
    with pytest.raises(NotReadyError, match="needs a summary"):
        case.submit()
    case.submit(note="Who can sum this up?")
    assert stands(case)["status_note"] == "Who can sum this up?"


def test_submitted_without_a_note_a_case_keeps_the_one_it_has():
    case = in_status("draft")
    case.submit()
    assert stands(case)["status_note"] == "Why."


@pytest.mark.parametrize("verb", sorted(NEEDS_REASON))
@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_case_is_taken_from_someone_with_a_reason_only(verb, reason):
    case = in_status(MOVES[verb].start)
    with pytest.raises(ValidationError, match="Say in the status note why"):
        move(case, verb, reason=reason)
    assert case.status == stands(case)["status"] == MOVES[verb].start


@pytest.mark.parametrize("verb", sorted(NEEDS_REASON))
def test_the_reason_is_kept_with_the_case(verb):
    case = in_status(MOVES[verb].start)
    move(case, verb, reason=" They asked us to. ")
    assert stands(case)["status_note"] == "They asked us to."


def test_each_decision_is_kept_with_who_and_why():
    case, ada = in_status("draft"), User.objects.create_user("ada")
    case.submit(by=ada)
    case.send_back(reason="Find the report.")
    decisions = case.status_changes.values_list("status", "by", "reason")
    assert list(decisions) == [
        ("draft", None, "Find the report."),
        ("review", ada.pk, ""),
    ]
    assert str(case.status_changes.first()).startswith("Draft, ")


def test_whoever_submitted_a_case_does_not_publish_it(settings):
    ada, ben = (User.objects.create_user(name) for name in ("ada", "ben"))
    case = in_status("draft")
    case.submit(by=ada)
    with pytest.raises(ValidationError, match="somebody else reviews"):
        case.publish(by=ada)
    case.send_back(reason="Find the report.", by=ada)
    case.submit(by=ben)
    case.publish(by=ada)
    assert stands(case)["status"] == "published"


def test_where_one_person_keeps_the_base_they_publish_what_they_wrote(settings):
    settings.REVIEW_BY_ANOTHER = False
    case, ada = in_status("draft"), User.objects.create_user("ada")
    case.submit(by=ada)
    case.publish(by=ada)
    assert stands(case)["status"] == "published"


def test_what_nobody_submitted_anybody_may_publish():
    case, ada = in_status("review"), User.objects.create_user("ada")
    case.publish(by=ada)
    assert stands(case)["status"] == "published"


def test_once_public_a_case_is_no_draft_again():
    allows(in_status("withdrawn"), published_on=date(2026, 1, 31))
    for status in ("draft", "review"):
        words = "Readers could see this case"
        case = InitiativeFactory(published_on=date(2026, 1, 31))
        refuses(case, words, status=status)


def test_a_draft_that_is_renamed_leaves_no_address_behind():
    case = in_status("draft", slug="weihe")
    case.rename(slug="weyhe")
    assert case.slug == "weyhe"
    assert not case.former_slugs.exists()
