"""Someone who guesses passwords is locked out for a while, and told until when."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from casebase.desk.accounts.models import Event
from tests.accounts.person import CODE, DESK, FACTOR, PASSWORD, Person, end_waiting_time
from tests.desk import Administrator

pytestmark = pytest.mark.django_db

CHANGE, DONE = (reverse(f"admin:password_change{end}") for end in ("", "_done"))
LIMIT = settings.AXES_FAILURE_LIMIT
VARIABLE_PARTS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|<time.+?/time>')


@pytest.fixture
def alice():
    return Person()


def guess(person, times, **request):
    return [person.type_password("wrong", **request) for _ in range(times)][-1]


def let_time_pass(**span):
    earlier = timezone.now() - timedelta(**span)
    AccessAttempt.objects.update(attempt_time=earlier)


@pytest.mark.once
def test_a_few_wrong_passwords_are_allowed(alice):
    for _ in range(3):
        guess(alice, LIMIT - 1)
        assert alice.type_password().url == DESK
    assert alice.is_signed_in()


def test_many_guesses_are_refused_and_so_is_the_right_password(alice):
    for n in range(1, 31):
        assert guess(alice, 1).status_code == (200 if n < LIMIT else 429)
    page = alice.type_password()
    assertContains(page, "closed until", status_code=429)
    assertContains(page, "ask an administrator, who can set a new one", status_code=429)
    assert 1790 < int(page["Retry-After"]) <= 1800
    assert "no-store" in page["Cache-Control"]
    assert not alice.is_signed_in()
    # No password was checked since: the log and the count are unchanged.
    assert Event.objects.filter(kind="wrong-password").count() == LIMIT
    assert AccessAttempt.objects.get().failures_since_start == LIMIT


@pytest.mark.once
def test_guesses_from_several_browsers_count_together(alice):
    for n in range(LIMIT - 1):
        guess(alice, 1, headers={"user-agent": f"Browser {n}"})
    assert guess(alice, 1, headers={"user-agent": "Another"}).status_code == 429


@pytest.mark.once
def test_guesses_from_one_network_count_together(alice):
    for n in range(1, LIMIT):
        guess(alice, 1, REMOTE_ADDR=f"2001:db8::{n}")
    assert guess(alice, 1, REMOTE_ADDR="2001:db8::ffff").status_code == 429


@pytest.mark.once
def test_a_locked_name_can_sign_in_from_another_address(alice):
    guess(alice, LIMIT)
    alice.client.defaults["REMOTE_ADDR"] = "192.0.2.2"
    assert alice.type_password().url == DESK


def test_a_lock_ends_by_itself(alice):
    guess(alice, LIMIT)
    let_time_pass(minutes=29)
    # More guesses do not prolong it.
    assert int(guess(alice, 1)["Retry-After"]) <= 60
    let_time_pass(minutes=31)
    assert alice.type_password().url == DESK


@pytest.mark.once
def test_a_command_ends_a_lock(alice):
    guess(alice, LIMIT)
    call_command("axes_reset_username", "alice", verbosity=0)
    assert alice.type_password().url == DESK


def test_an_administrator_can_end_a_lock(alice):
    guess(alice, LIMIT)
    Administrator().delete(AccessAttempt.objects.get())
    assert alice.type_password().url == DESK


@pytest.mark.once
def test_a_name_without_an_account_gets_the_same_answer(alice):
    def collect_answers(name):
        pages = [guess(alice, 1, name=name) for _ in range(LIMIT)]
        texts = [VARIABLE_PARTS.sub("", page.text) for page in pages]
        statuses = [page.status_code for page in pages]
        return statuses, [text.replace(name, "…") for text in texts]

    assert collect_answers("alice") == collect_answers("nobody-here")


def test_one_password_on_many_names_is_refused():
    others = [Person(f"person-{n}") for n in range(settings.FAILURES_OF_ONE_ADDRESS)]
    for person in others:
        assert guess(person, 1).status_code == 200
    page = Person("bob").type_password()
    assertContains(page, "Sign-in from your network is closed", status_code=429)


def test_wrong_codes_count_too(alice):
    app, _ = alice.set_up()
    alice.client.logout()
    alice.type_password()
    pages = []
    for _ in range(LIMIT + 1):
        end_waiting_time(app)
        pages.append(alice.type_code("000000").status_code)
    assert pages == [200] * (LIMIT - 1) + [429, 429]
    # Signing in again with the password does not help.
    assert alice.type_password().status_code == 429
    assert alice.client.get(CODE).status_code == 200


@pytest.mark.once
def test_the_right_password_does_not_reset_wrong_codes(alice):
    app, _ = alice.set_up()
    for _ in range(LIMIT):
        alice.client.logout()
        alice.type_password()
        end_waiting_time(app)
        last = alice.type_code("000000")
    assert last.status_code == 429


NEW = {
    "new_password1": "seven boats on a lake",
    "new_password2": "seven boats on a lake",
}


@pytest.mark.once
@pytest.mark.parametrize(
    ("page", "field", "sent"),
    [(FACTOR, "password", {"renew": ""}), (CHANGE, "old_password", NEW)],
    ids=["second factor", "new password"],
)
def test_wrong_passwords_in_other_forms_count_too(alice, page, field, sent):
    alice.set_up()
    for n in range(1, LIMIT + 1):
        last = alice.client.post(page, {field: "wrong", **sent})
        assert last.status_code == (200 if n < LIMIT else 429)
    assert alice.client.post(page, {field: PASSWORD, **sent}).status_code == 429
    assert Event.objects.filter(kind="wrong-password").count() == LIMIT
    alice.user.refresh_from_db()
    assert alice.user.check_password(PASSWORD)


@pytest.mark.once
def test_a_password_is_changed_with_the_old_one(alice):
    alice.type_password()
    assert alice.client.post(CHANGE, {"old_password": PASSWORD, **NEW}).url == DONE
    assert alice.is_signed_in()
    alice.user.refresh_from_db()
    assert alice.user.check_password(NEW["new_password1"])


@pytest.mark.parametrize("name", ["", "x" * 3000, "a\0b", "ﷺ" * 40, "' OR 1=1 --"])
def test_odd_names_are_handled(alice, name):
    assert guess(alice, 1, name=name).status_code == 200


@pytest.mark.parametrize("code", ["", "0", "a\0bcdef", "😀" * 6, "x" * 500, "²³¼½¾¹"])
def test_odd_codes_are_rejected(alice, code):
    alice.set_up()
    alice.client.logout()
    alice.type_password()
    assert alice.type_code(code).status_code == 200
