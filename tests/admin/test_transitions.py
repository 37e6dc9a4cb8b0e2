"""The desk: transitions from draft to published, and their permissions."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from initiatives.models import Initiative
from initiatives.status_transitions import TRANSITIONS
from tests.desk import Curator, admin_url
from tests.factories import FindingFactory, InitiativeFactory
from tests.group_members import Contributor

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS = {"words": "The council asked us to."}


@pytest.fixture
def curator():
    return Curator()


@pytest.fixture
def contributor():
    return Contributor()


def step(case, verb):
    return reverse("admin:initiatives_initiative_move", args=[case.pk, verb])


def in_status(status, **fields):
    return InitiativeFactory(status=status, status_note="Why.", **fields)


def status_of(case):
    return Initiative.objects.values_list("status", flat=True).get(pk=case.pk)


def choose(person, action, *cases):
    sent = {"action": action, "_selected_action": [case.pk for case in cases]}
    return person.client.post(admin_url(Initiative, "changelist"), sent, follow=True)


@pytest.mark.parametrize("verb", TRANSITIONS)
def test_a_transition_has_a_page_and_is_made_by_post(curator, verb):
    case = in_status(TRANSITIONS[verb].start)
    asked = curator.client.get(step(case, verb))
    assertContains(asked, TRANSITIONS[verb].description)
    assert status_of(case) == TRANSITIONS[verb].start
    taken = curator.client.post(step(case, verb), WORDS)
    assertRedirects(taken, admin_url(case, "change", case.pk))
    assert status_of(case) == TRANSITIONS[verb].end
    assert case.status_changes.get().by.username == "Curators"


def test_cross_site_transitions_are_rejected(curator):
    case = in_status("review")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="Curators"))
    assert strict.post(step(case, "publish")).status_code == 403
    assert status_of(case) == "review"


@pytest.mark.parametrize("verb", ["send_back", "withdraw"])
def test_a_required_reason_is_asked_for(curator, verb):
    case = in_status(TRANSITIONS[verb].start)
    refused = curator.client.post(step(case, verb), {"words": " "})
    assertContains(refused, "This field is required.")
    assert status_of(case) == TRANSITIONS[verb].start


def test_an_unsourced_draft_is_not_published_and_the_page_says_what_is_missing(curator):
    finding = FindingFactory(initiative=in_status("review"), sources=0)
    case = finding.initiative
    refused = curator.client.post(step(case, "publish"))
    assertContains(refused, "This finding is without a source.")
    assert status_of(case) == "review"
    assert not LogEntry.objects.exists()


def test_publishing_needs_sources_even_without_permission_on_findings():
    case = FindingFactory(initiative=in_status("review"), sources=0).initiative
    user = User.objects.create_user("odd", is_staff=True)
    rights = ["view_initiative", "change_initiative", "review_initiative"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(user)
    form = client.get(admin_url(case, "change", case.pk))
    assertContains(form, "This finding is without a source.")
    assertContains(client.post(step(case, "publish")), "without a source")
    saved = client.post(admin_url(case, "change", case.pk), {"status": "published"})
    assert saved.status_code == 200
    assert status_of(case) == "review"


def test_the_form_of_a_case_cannot_change_its_status(curator):
    case = in_status("draft")
    curator.change(case, {"status": "published", "published_on": "2026-01-31"})
    case.refresh_from_db()
    assert (case.status, case.published_on) == ("draft", None)


def test_saving_can_lead_to_a_transition(curator):
    case = in_status("draft")
    saved = curator.change(case, {"summary": "New words.", "_move": "submit"})
    assertRedirects(saved, step(case, "submit"))
    case.refresh_from_db()
    assert (case.summary, case.status) == ("New words.", "draft")


def test_saving_without_a_transition_only_saves(curator):
    saved = curator.change(in_status("draft"), {"_move": "explode"})
    assertRedirects(saved, admin_url(Initiative, "changelist"))


@pytest.mark.parametrize(
    ("status", "group", "offered"),
    [
        ("draft", Contributor, {"submit"}),
        ("draft", Curator, {"submit"}),
        ("review", Contributor, set()),
        ("review", Curator, {"publish", "send_back"}),
        ("published", Contributor, set()),
        ("published", Curator, {"withdraw"}),
        ("withdrawn", Contributor, set()),
        ("withdrawn", Curator, {"reinstate"}),
    ],
)
def test_only_permitted_transitions_are_offered(status, group, offered):
    case = in_status(status)
    text = group().open(case).text
    ways = {verb: (f'value="{verb}"', step(case, verb)) for verb in TRANSITIONS}
    shown = {verb for verb in ways if any(way in text for way in ways[verb])}
    assert shown == offered


@pytest.mark.parametrize("verb", [verb for verb in TRANSITIONS if verb != "submit"])
def test_a_contributor_cannot_make_transitions_of_curators(contributor, verb):
    case = in_status(TRANSITIONS[verb].start)
    for ask in (contributor.client.get, contributor.client.post):
        assert ask(step(case, verb), WORDS).status_code == 403
    assert status_of(case) == TRANSITIONS[verb].start


def test_a_contributor_changes_drafts_and_submits_them(contributor):
    case = in_status("draft")
    assert contributor.change(case, {"summary": "New words."}).status_code == 302
    contributor.client.post(step(case, "submit"), WORDS)
    assert status_of(case) == "review"
    changed = contributor.client.post(
        admin_url(case, "change", case.pk), {"summary": "x"}
    )
    assert changed.status_code == 403
    again = contributor.client.post(step(case, "submit"), WORDS)
    assertContains(again, "its status is in review, and not draft")
    case.refresh_from_db()
    assert case.summary == "New words."


def test_a_transition_already_made_is_reported(curator):
    case = in_status("draft")
    refused = curator.client.post(step(case, "publish"))
    assertContains(refused, "its status is draft, and not in review")


def test_a_curator_does_not_publish_what_they_submitted(curator, settings):
    case = in_status("draft")
    curator.client.post(step(case, "submit"))
    shown = curator.open(case)
    assertContains(shown, "somebody else reviews and publishes it")
    assertNotContains(shown, step(case, "publish"))
    assertNotContains(shown, 'value="publish"')
    assertContains(curator.client.post(step(case, "publish")), "somebody else reviews")
    settings.REVIEW_BY_ANOTHER = False
    curator.client.post(step(case, "publish"))
    assert status_of(case) == "published"


@pytest.mark.parametrize("key", ["0", "9" * 30, "nonsense"])
def test_a_transition_of_an_unknown_case_redirects(curator, key):
    address = reverse("admin:initiatives_initiative_move", args=[key, "publish"])
    assert curator.client.post(address).status_code == 302


def test_an_unknown_transition_is_not_found(curator):
    assert curator.client.post(step(in_status("draft"), "explode")).status_code == 404


def test_several_cases_are_submitted(contributor):
    good, bad = in_status("draft"), in_status("draft", summary="")
    said = choose(contributor, "submit_selected", good, bad)
    assertContains(said, "1 of 2 submitted for review.")
    assert [status_of(case) for case in (good, bad)] == ["review", "draft"]


def test_if_no_case_is_published_only_the_reasons_are_shown(curator):
    said = choose(curator, "publish_selected", in_status("draft"))
    assertContains(said, "its status is draft")
    assertNotContains(said, "0 of 1 published")


def test_a_contributor_cannot_publish_several_cases(contributor):
    case = in_status("review")
    said = choose(contributor, "publish_selected", case)
    assertContains(said, "No action selected.")
    assert status_of(case) == "review"


def test_too_many_cases_at_once_are_rejected(curator, monkeypatch):
    monkeypatch.setattr("casebase.desk.admin.transitions.MAX_CASES", 1)
    first, second = in_status("review"), in_status("review")
    said = choose(curator, "publish_selected", first, second)
    assertContains(said, "At most 1 cases in one go; nothing was done.")
    assert status_of(first) == status_of(second) == "review"


def test_the_page_says_who_decided_what(curator):
    case = in_status("review")
    curator.client.post(step(case, "send_back"), {"words": "Find <b>the</b> report."})
    shown = curator.open(case)
    assertContains(shown, "draft, by Curators")
    assertContains(shown, "Find &lt;b&gt;the&lt;/b&gt; report.")


def test_what_is_missing_is_listed_without_links_where_nothing_can_be_edited():
    finding = FindingFactory(initiative=in_status("review", summary=""), sources=0)
    shown = Contributor().open(finding.initiative)
    assertContains(shown, "A published case needs a summary.")
    assertNotContains(shown, 'href="#id_')


def test_a_form_keeps_the_rules_of_a_published_case(curator):
    response = curator.change(InitiativeFactory(), {"country": "", "summary": ""})
    errors = response.context["adminform"].form.errors
    assert errors == {
        "country": ["A published case needs a country, and a locality or region."],
        "summary": ["A published case needs a summary."],
    }


def test_a_form_keeps_the_reason_of_a_withdrawn_case(curator):
    response = curator.change(in_status("withdrawn"), {"status_note": ""})
    assert "status_note" in response.context["adminform"].form.errors


def test_not_even_superusers_can_delete_a_public_case():
    case, draft = in_status("published"), in_status("draft")
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    address = admin_url(case, "delete", case.pk)
    assert client.post(address, {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [case.pk, draft.pk]}
    sent["post"] = "yes"
    assert client.post(admin_url(Initiative, "changelist"), sent).status_code == 403
    assert Initiative.objects.count() == 2
