"""The audit log: what it contains, who can read it, and for how long."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django.asserts import assertContains, assertNotContains

from casebase.desk.accounts.models import Event
from tests.accounts.person import (
    FACTOR,
    PASSWORD,
    Person,
    end_waiting_time,
    next_code,
)
from tests.desk import Administrator, Curator, form_values, listed_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    person = Person()
    Event.objects.all().delete()
    return person


@pytest.fixture
def root(alice):
    """A superuser, signed in."""
    User.objects.update(is_superuser=True)
    alice.type_password()
    Event.objects.all().delete()
    return alice


@pytest.fixture
def bob():
    bob = User.objects.create_user("bob", password=PASSWORD)
    Event.objects.all().delete()
    return bob


def take_events():
    """Return all events of the log, oldest first, and delete them."""
    events = list(Event.objects.values_list("kind", "who", "whom", "detail"))[::-1]
    Event.objects.all().delete()
    return events


def submit_changes(person, account, **fields):
    """Submit the page of an account or a group with these changes."""
    name = account._meta.model_name
    address = reverse(f"admin:auth_{name}_change", args=[account.pk])
    sent = form_values(person.client.get(address)) | fields
    assert person.client.post(address, sent).status_code == 302


def test_sign_ins_with_a_password_are_logged(alice):
    alice.type_password("wrong")
    alice.type_password()
    assert take_events() == [
        ("wrong-password", "alice", "", ""),
        ("signed-in", "alice", "", "with a password alone"),
    ]


def test_the_address_is_logged(alice):
    alice.type_password(REMOTE_ADDR="2001:db8:1:2:3::4")
    assert Event.objects.get().origin == "2001:db8:1:2::"


@pytest.mark.once
def test_a_name_without_an_account_is_not_logged(alice):
    alice.type_password("alice", name=PASSWORD)
    assert take_events() == [("wrong-password", "", "", "No account has this name.")]


def test_a_lockout_is_logged_once(alice):
    for _ in range(8):
        alice.type_password("wrong")
    kinds = [kind for kind, *_ in take_events()]
    assert kinds == ["wrong-password"] * 5 + ["locked-out"]


def test_steps_with_a_second_factor_are_logged(alice):
    app, _ = alice.set_up()
    alice.client.post(reverse("admin:logout"))
    alice.type_password()
    alice.type_code("000000")
    end_waiting_time(app)
    alice.type_code(next_code(app))
    assert take_events() == [
        ("signed-in", "alice", "", "with a password alone"),
        ("second-factor", "alice", "", "set up"),
        ("signed-in", "alice", "", "with a code"),
        ("signed-out", "alice", "", ""),
        ("password-given", "alice", "", ""),
        ("wrong-code", "alice", "", ""),
        ("signed-in", "alice", "", "with a code"),
    ]


def test_uses_of_back_up_codes_are_logged(alice):
    _, codes = alice.set_up()
    alice.client.logout()
    alice.type_password()
    take_events()
    alice.type_code(codes[0])
    alice.client.post(FACTOR, {"password": PASSWORD, "renew": ""})
    alice.client.post(FACTOR, {"password": PASSWORD, "remove": ""})
    assert take_events() == [
        ("signed-in", "alice", "", "with a back-up code; 9 left"),
        ("second-factor", "alice", "", "new back-up codes"),
        ("second-factor", "alice", "alice", "removed"),
    ]


@pytest.mark.once
def test_a_removal_of_an_app_by_an_administrator_is_logged(alice):
    app, _ = alice.set_up()
    take_events()
    administrator = Administrator()
    administrator.client.post(reverse("admin:leave"))
    administrator.client.force_login(User.objects.get(username="Administrators"))
    take_events()
    administrator.delete(app)
    assert take_events() == [("second-factor", "Administrators", "alice", "removed")]


@pytest.mark.once
def test_deleting_an_unconfirmed_app_is_not_logged(alice):
    alice.type_password()
    take_events()
    TOTPDevice.objects.create(user=alice.user, confirmed=False).delete()
    assert take_events() == []


@pytest.mark.once
def test_a_change_of_the_own_password_is_logged(root):
    new = "the door by the garden"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    root.client.post(reverse("admin:password_change"), form)
    assert take_events() == [("password", "alice", "alice", "")]


@pytest.mark.once
def test_a_change_of_another_password_is_logged(root, bob):
    address = reverse("admin:auth_user_password_change", args=[bob.pk])
    new = {"password1": "the door by the garden", "password2": "the door by the garden"}
    root.client.post(address, new | {"usable_password": "true"})
    assert take_events() == [("password", "alice", "bob", "")]
    root.client.post(address, {"usable_password": "false", "unset-password": ""})
    assert take_events() == [("password", "alice", "bob", "")]


@pytest.mark.once
def test_rehashing_a_password_is_not_logged(alice, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    alice.type_password()
    alice.user.refresh_from_db()
    assert alice.user.password.startswith("scrypt")
    assert [kind for kind, *_ in take_events()] == ["signed-in"]


def test_changed_permissions_are_logged(root, bob):
    group = Group.objects.get(name="Curators")
    may = Permission.objects.get(codename="view_event")
    submit_changes(root, bob, is_staff="on", is_active=[])
    submit_changes(root, bob, groups=[group.pk])
    submit_changes(root, bob, groups=[], user_permissions=[may.pk])
    submit_changes(root, bob, username="robert")
    assert take_events() == [
        ("rights", "alice", "bob", "is_active: True → False; is_staff: False → True"),
        ("rights", "alice", "bob", "groups: + Curators"),
        ("rights", "alice", "bob", "groups: − Curators"),
        ("rights", "alice", "bob", f"user permissions: + {may}"),
        ("rights", "alice", "robert", "username: bob → robert"),
    ]


def test_changes_of_a_group_are_logged(root, bob):
    group = Group.objects.create(name="Readers")
    may = Permission.objects.get(codename="view_event")
    submit_changes(root, group, permissions=[may.pk])
    group.user_set.add(bob)
    group.permissions.clear()
    group.delete()
    assert take_events() == [
        ("account", "", "Readers", "group added"),
        ("rights", "alice", "Readers", f"permissions: + {may}"),
        ("rights", "", "Readers", "groups: + bob"),
        ("rights", "", "Readers", "permissions: none any more"),
        ("account", "", "Readers", "deleted"),
    ]


def test_accounts_created_by_commands_are_logged():
    Event.objects.all().delete()
    call_command("createsuperuser", "--no-input", username="eve", email="", verbosity=0)
    eve = User.objects.get(username="eve")
    TOTPDevice.objects.create(user=eve)
    eve.delete()
    assert take_events() == [
        ("account", "", "eve", "added, is_staff, is_superuser"),
        ("second-factor", "", "eve", "removed"),
        ("account", "", "eve", "deleted"),
    ]


@pytest.mark.once
def test_a_change_of_the_name_is_not_logged(alice):
    alice.user.first_name = "Alice"
    alice.user.save()
    alice.user.save(update_fields=["first_name"])
    assert take_events() == []


def test_administrators_can_read_the_log_and_nobody_can_change_it(alice):
    alice.type_password()
    event = Event.objects.get()
    administrator = Administrator()
    assert event in listed_records(administrator.list(Event))
    assertContains(administrator.open(event), "with a password alone")
    assert listed_records(administrator.list(Event, q="alice")) == [event]
    User.objects.filter(username="Administrators").update(is_superuser=True)
    assertNotContains(administrator.open(event), 'name="_save"')
    assert administrator.delete(event).status_code == 403
    add = administrator.client.get(reverse("admin:accounts_event_add"))
    assert add.status_code == 403


@pytest.mark.once
def test_curators_can_not_read_the_log():
    assert Curator().list(Event).status_code == 403


def test_old_addresses_are_deleted(alice, settings):
    settings.KEEP_ADDRESSES_DAYS = 30
    for days in (29, 31):
        alice.type_password("wrong")
        event = Event.objects.latest("pk")
        event.happened_at = timezone.now() - timedelta(days=days)
        event.save()
    alice.type_password()
    kept = Event.objects.values_list("origin", flat=True).order_by("happened_at")
    assert list(kept) == [None, "192.0.2.1", "192.0.2.1"]


@pytest.mark.once
def test_an_event_is_described_by_kind_and_account(alice):
    alice.type_password()
    assert str(Event.objects.get()) == "Signed in: alice"
