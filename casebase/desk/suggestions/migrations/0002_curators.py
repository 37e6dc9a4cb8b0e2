"""Curators answer what readers suggest."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

MAY = ['view_suggestion', 'change_suggestion']


def give_permissions(apps, schema_editor):
    # Django creates permissions after all migrations, which is too late for us.
    create_permissions(
        installed.get_app_config('suggestions'),
        verbosity=0,
        using=schema_editor.connection.alias,
        apps=apps,
    )
    curators, _ = apps.get_model('auth', 'Group').objects.get_or_create(name='Curators')
    curators.permissions.add(*permissions(apps))


def take_permissions(apps, schema_editor):
    for curators in apps.get_model('auth', 'Group').objects.filter(name='Curators'):
        curators.permissions.remove(*permissions(apps))


def permissions(apps):
    return apps.get_model('auth', 'Permission').objects.filter(
        content_type__app_label='suggestions', codename__in=MAY
    )


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('suggestions', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(give_permissions, take_permissions),
    ]
