"""Who keeps the codebook keeps which terms are related; who sees it sees that, too."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

GIVEN = {
    'change_barrier': ['add', 'change', 'delete', 'view'],
    'view_barrier': ['view'],
}


def permissions(apps, actions):
    return apps.get_model('auth', 'Permission').objects.filter(
        content_type__app_label='initiatives',
        codename__in=[f'{action}_relatedterm' for action in actions],
    )


def give(apps, schema_editor):
    # Django creates permissions after all migrations, which is too late for us.
    create_permissions(
        installed.get_app_config('initiatives'),
        verbosity=0,
        using=schema_editor.connection.alias,
        apps=apps,
    )
    groups = apps.get_model('auth', 'Group').objects
    for codename, actions in GIVEN.items():
        for group in groups.filter(permissions__codename=codename):
            group.permissions.add(*permissions(apps, actions))


def take(apps, schema_editor):
    for group in apps.get_model('auth', 'Group').objects.all():
        group.permissions.remove(*permissions(apps, GIVEN['change_barrier']))


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('initiatives', '0012_related_terms'),
    ]

    operations = [migrations.RunPython(give, take)]
