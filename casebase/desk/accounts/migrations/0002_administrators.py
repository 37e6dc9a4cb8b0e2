"""The group of those who look after accounts."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

# App → what administrators may do there.
MAY = {
    'accounts': ['view_event'],
    'axes': ['view_accessattempt', 'delete_accessattempt'],
    'otp_totp': ['view_totpdevice', 'delete_totpdevice'],
}


def give_permissions(apps, schema_editor):
    alias = schema_editor.connection.alias
    group, _ = apps.get_model('auth', 'Group').objects.get_or_create(name='Administrators')
    for label, names in MAY.items():
        # Django creates permissions after all migrations, which is too late for us.
        config = installed.get_app_config(label)
        create_permissions(config, verbosity=0, using=alias, apps=apps)
        permissions = apps.get_model('auth', 'Permission').objects
        group.permissions.add(
            *permissions.filter(content_type__app_label=label, codename__in=names)
        )


def take_permissions(apps, schema_editor):
    permissions = apps.get_model('auth', 'Permission').objects
    for group in apps.get_model('auth', 'Group').objects.filter(name='Administrators'):
        group.permissions.remove(*permissions.filter(content_type__app_label__in=MAY))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('axes', '0010_accessattemptexpiration'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('otp_totp', '0003_add_timestamps'),
    ]

    operations = [
        migrations.RunPython(give_permissions, take_permissions),
    ]
