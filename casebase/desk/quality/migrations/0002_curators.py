"""What curators see and judge of it."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

MAY = [
    'view_link',
    'view_worklikeness',
    'change_worklikeness',
    'view_personlikeness',
    'change_personlikeness',
]


def allow(apps, schema_editor):
    # Django creates permissions after all migrations, which is too late for us.
    create_permissions(
        installed.get_app_config('upkeep'),
        verbosity=0,
        using=schema_editor.connection.alias,
        apps=apps,
    )
    permissions = apps.get_model('auth', 'Permission').objects.filter(
        content_type__app_label='upkeep', codename__in=MAY
    )
    for group in apps.get_model('auth', 'Group').objects.filter(name='Curators'):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0002_curators'),
        ('upkeep', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
