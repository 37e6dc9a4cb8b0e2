"""A form that is submitted after the sign-in has ended comes back after the next."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from casebase import unsaved_forms
from initiatives.models import Initiative
from tests.accounts.person import LOGIN, Person
from tests.desk import admin_url, form_values, new_finding
from tests.factories import InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADD = reverse("admin:initiatives_initiative_add")
TYPED = {"name": "Streetwatchers", "summary": "Neighbours walk at night."}


def create_curator(name="alice"):
    person = Person(name)
    person.user.groups.add(Group.objects.get(name="Curators"))
    return person


@pytest.fixture
def alice():
    person = create_curator()
    person.type_password()
    return person


def end_sessions(person):
    Session.objects.all().delete()
    assert not person.is_signed_in()


def send_signed_out(person, address, fields):
    """Submit a form that was opened before the sign-in ended; return the response."""
    sent = form_values(person.client.get(address)) | fields
    end_sessions(person)
    answer = person.client.post(address, sent)
    assert answer.url == f"{LOGIN}?next={address}"
    return answer


def test_a_changed_case_comes_back_once_and_can_be_saved(alice):
    case = InitiativeFactory(status="draft", name="Before", summary="Before.")
    address = admin_url(case, "change", case.pk)
    send_signed_out(alice, address, TYPED | new_finding(statement="It works."))
    assertContains(alice.client.get(LOGIN), unsaved_forms.STORED_MESSAGE)
    alice.type_password()
    shown = alice.client.get(address)
    for words in (unsaved_forms.RESTORED_MESSAGE, *TYPED.values(), "It works."):
        assertContains(shown, words)
    case.refresh_from_db()
    assert case.name == "Before"
    assert not case.findings.exists()

    assertNotContains(alice.client.get(address), TYPED["name"])
    assert alice.client.post(address, form_values(shown)).status_code == 302
    case.refresh_from_db()
    assert case.name == TYPED["name"]
    assert case.findings.get().statement == "It works."


def test_a_new_case_comes_back(alice):
    send_signed_out(alice, ADD, TYPED)
    alice.type_password()
    assertContains(alice.client.get(ADD), TYPED["name"])
    assert not Initiative.objects.exists()


def test_a_form_comes_back_after_a_second_factor(alice):
    _, codes = alice.set_up()
    send_signed_out(alice, ADD, TYPED)
    alice.type_password()
    alice.type_code(codes[0])
    assertContains(alice.client.get(ADD), TYPED["name"])


def test_nobody_else_sees_the_form(alice):
    bob = create_curator("bob")
    send_signed_out(alice, ADD, TYPED)
    bob.client = alice.client
    bob.type_password()
    assertNotContains(bob.client.get(ADD), TYPED["name"])


def test_a_form_comes_back_only_on_its_own_page(alice):
    send_signed_out(alice, ADD, TYPED)
    alice.type_password()
    case = InitiativeFactory(status="draft")
    other = alice.client.get(admin_url(case, "change", case.pk))
    assertNotContains(other, TYPED["name"])
    assertContains(alice.client.get(ADD), TYPED["name"])


def test_a_form_that_is_too_large_is_reported(alice, monkeypatch):
    monkeypatch.setattr(unsaved_forms, "MAX_CHARACTERS", 100)
    send_signed_out(alice, ADD, TYPED)
    assertContains(alice.client.get(LOGIN), unsaved_forms.TOO_LARGE_MESSAGE)
    alice.type_password()
    assertNotContains(alice.client.get(ADD), TYPED["name"])


@pytest.mark.parametrize("cookie", ["", "1", "1:1vxyz:forged", "\0"])
def test_an_anonymous_visitor_stores_nothing(cookie):
    client = Client()
    if cookie:
        client.cookies[unsaved_forms.COOKIE] = cookie
    assert client.post(ADD, TYPED).url == f"{LOGIN}?next={ADD}"
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["is_active", "is_staff"])
def test_forms_of_users_who_may_not_return_are_not_stored(alice, name):
    setattr(alice.user, name, False)
    alice.user.save()
    end_sessions(alice)
    assert alice.client.post(ADD, TYPED).status_code == 302
    assert not Session.objects.exists()


def test_passwords_are_never_stored(alice):
    end_sessions(alice)
    for name in ("password_change", "auth_user_add", "second-factor"):
        alice.client.post(reverse(f"admin:{name}"), {"password1": "secret"})
    assert not Session.objects.exists()


def test_without_the_csrf_token_nothing_is_stored(alice):
    end_sessions(alice)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = alice.client.cookies
    assert strict.post(ADD, TYPED).status_code == 403
    assert not Session.objects.exists()


def test_readers_get_no_session(client):
    assert unsaved_forms.COOKIE not in client.get("/").cookies
