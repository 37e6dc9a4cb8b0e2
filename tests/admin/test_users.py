"""Administrators manage accounts, but cannot raise their own permissions."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.desk import admin_url, form_values
from tests.group_members import member_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def administrator():
    return member_of("Administrators")


def superuser():
    return User.objects.create_superuser("root", None, "the tallest")


def test_an_administrator_puts_people_into_groups(administrator):
    ada = User.objects.create_user("ada")
    keepers = Group.objects.get(name="Codebook keepers")
    form = form_values(administrator.get(admin_url(ada, "change", ada.pk)))
    sent = form | {"groups": [keepers.pk], "is_staff": "on"}
    assert administrator.post(admin_url(ada, "change", ada.pk), sent).status_code == 302
    ada.refresh_from_db()
    assert ada.is_staff
    assert list(ada.groups.all()) == [keepers]


def test_an_administrator_cannot_make_a_superuser(administrator):
    every = Permission.objects.values_list("pk", flat=True)
    rise = {"is_superuser": "on", "user_permissions": list(every)}
    for user in (User.objects.get(username="member"), User.objects.create_user("ada")):
        address = admin_url(user, "change", user.pk)
        administrator.post(address, form_values(administrator.get(address)) | rise)
        user = User.objects.get(pk=user.pk)
        assert not user.is_superuser
        assert not user.user_permissions.exists()


def test_an_administrator_cannot_take_over_a_superuser(administrator):
    root = superuser()
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    new = {"password1": "mine from now on", "password2": "mine from now on"}
    assert administrator.post(password, new).status_code == 403
    change = admin_url(root, "change", root.pk)
    assert administrator.post(change, {"username": "toor"}).status_code == 403
    assert administrator.get(change).status_code == 200
    assert User.objects.get(username="root").check_password("the tallest")


def test_an_administrator_cannot_remove_a_superusers_second_factor(administrator):
    apps = [
        TOTPDevice.objects.create(user=user, name="phone")
        for user in (superuser(), User.objects.create_user("ada"))
    ]
    for app in apps:
        address = admin_url(app, "delete", app.pk)
        administrator.post(address, {"post": "yes"})
    assert list(TOTPDevice.objects.all()) == apps[:1]
    sent = {"action": "delete_selected", "_selected_action": [apps[0].pk]}
    administrator.post(admin_url(TOTPDevice, "changelist"), sent | {"post": "yes"})
    assert TOTPDevice.objects.exists()


def test_a_group_is_changed_by_superusers_only(administrator):
    group = Group.objects.get(name="Administrators")
    answer = administrator.post(admin_url(group, "change", group.pk), {"name": "x"})
    assert answer.status_code == 403


def test_permission_to_delete_accounts_excludes_superusers(administrator):
    member, root = User.objects.get(username="member"), superuser()
    member.user_permissions.add(Permission.objects.get(codename="delete_user"))
    answer = administrator.post(admin_url(root, "delete", root.pk), {"post": "yes"})
    assert answer.status_code == 403


def test_a_superuser_makes_another():
    client, ada = Client(), User.objects.create_user("ada")
    client.force_login(superuser())
    address = admin_url(ada, "change", ada.pk)
    sent = form_values(client.get(address)) | {"is_superuser": "on"}
    assert client.post(address, sent).status_code == 302
    ada.refresh_from_db()
    assert ada.is_superuser
