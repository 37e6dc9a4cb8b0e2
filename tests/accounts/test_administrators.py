"""The group Administrators: its permissions on accounts, and their migration."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

pytestmark = pytest.mark.django_db

migration = import_module("casebase.desk.accounts.migrations.0002_administrators")
PERMISSIONS = {
    "view_event",
    "view_accessattempt",
    "delete_accessattempt",
    "view_totpdevice",
    "delete_totpdevice",
}


def group_permissions():
    group = Group.objects.get(name="Administrators")
    return set(group.permissions.values_list("codename", flat=True))


def test_administrators_have_permissions_on_accounts():
    assert group_permissions() >= PERMISSIONS


def test_the_migration_is_reversible():
    before = group_permissions()
    migration.take_permissions(apps, connection.schema_editor())
    assert group_permissions() == before - PERMISSIONS
    for _ in range(2):
        migration.give_permissions(apps, connection.schema_editor())
        assert group_permissions() == before
