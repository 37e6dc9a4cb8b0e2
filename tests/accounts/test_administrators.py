"""The group Administrators: what it is given by this app, and its migration."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

pytestmark = pytest.mark.django_db

migration = import_module("casebase.desk.accounts.migrations.0002_administrators")
GIVEN = {
    "view_event",
    "view_accessattempt",
    "delete_accessattempt",
    "view_totpdevice",
    "delete_totpdevice",
}


def permissions():
    group = Group.objects.get(name="Administrators")
    return set(group.permissions.values_list("codename", flat=True))


def test_administrators_look_after_accounts():
    assert permissions() >= GIVEN


def test_the_migration_goes_back_and_forth():
    before = permissions()
    migration.take_permissions(apps, connection.schema_editor())
    assert permissions() == before - GIVEN
    for _ in range(2):
        migration.give_permissions(apps, connection.schema_editor())
        assert permissions() == before
