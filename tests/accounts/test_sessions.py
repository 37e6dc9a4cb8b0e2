"""How long a sign-in lasts, and what ends it early."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from casebase.desk.accounts.sessions import LAST_SEEN
from tests.accounts.person import DESK, PASSWORD, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    person = Person()
    person.type_password()
    return person


def set_last_seen(person, seconds_ago):
    session = person.client.session
    session[LAST_SEEN] = int(time.time()) - seconds_ago
    session.save()


def test_an_active_user_stays_signed_in(alice):
    set_last_seen(alice, settings.SESSION_IDLE_SECONDS - 10)
    assert alice.is_signed_in()
    assert time.time() - alice.client.session[LAST_SEEN] < 10


def test_a_session_is_not_written_for_every_page(alice):
    set_last_seen(alice, 30)
    alice.is_signed_in()
    assert time.time() - alice.client.session[LAST_SEEN] >= 30


def test_reading_does_not_wait_for_a_writer(alice, concurrent_writer):
    concurrent_writer.rollback()
    set_last_seen(alice, 100)
    concurrent_writer.execute("BEGIN IMMEDIATE")
    assert alice.is_signed_in()
    concurrent_writer.rollback()
    assert time.time() - alice.client.session[LAST_SEEN] >= 100
    assert alice.is_signed_in()
    assert time.time() - alice.client.session[LAST_SEEN] < 10


def test_an_idle_session_ends(alice):
    set_last_seen(alice, settings.SESSION_IDLE_SECONDS + 10)
    key = alice.client.session.session_key
    assert alice.client.get(DESK).url == f"{reverse('admin:login')}?next={DESK}"
    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize("ends", ["away", "new password"])
def test_a_signed_out_user_does_not_wait_for_a_writer(alice, concurrent_writer, ends):
    concurrent_writer.rollback()
    key = alice.client.session.session_key
    if ends == "away":
        set_last_seen(alice, settings.SESSION_IDLE_SECONDS + 10)
    else:
        alice.user.set_password("the door by the garden")
        alice.user.save()
    concurrent_writer.execute("BEGIN IMMEDIATE")
    assert not alice.is_signed_in()
    concurrent_writer.rollback()
    assert Session.objects.filter(session_key=key).exists()
    assert not alice.is_signed_in()
    assert not Session.objects.filter(session_key=key).exists()


def test_a_session_without_a_time_is_over(alice):
    session = alice.client.session
    del session[LAST_SEEN]
    session.save()
    assert not alice.is_signed_in()


def test_a_session_ends_after_twelve_hours_even_in_use(alice):
    ends = Session.objects.get().expire_date
    assert ends - timezone.now() < timedelta(hours=12)
    set_last_seen(alice, 100)
    assert alice.is_signed_in()
    assert Session.objects.get().expire_date == ends
    Session.objects.update(expire_date=timezone.now())
    assert not alice.is_signed_in()


def test_the_session_cookie_is_restricted(alice):
    alice.client.logout()
    alice.type_password()
    cookie = alice.client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 0 < cookie["max-age"] <= 12 * 60 * 60
    # It is secure if the site uses HTTPS: see tests/test_settings.py.
    assert not cookie["secure"]


def test_a_new_password_signs_out_everywhere_else(alice):
    elsewhere = alice.in_another_browser()
    elsewhere.type_password()
    new = "the door by the garden"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    changed = alice.client.post(reverse("admin:password_change"), form)
    assert changed.url == reverse("admin:password_change_done")
    assert alice.is_signed_in()
    assert not elsewhere.is_signed_in()


def test_a_closed_account_is_signed_out_at_once(alice):
    alice.user.is_active = False
    alice.user.save()
    assert not alice.is_signed_in()
