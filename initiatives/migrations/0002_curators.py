"""The group of those who edit the casebase."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ['initiatives', 'references', 'taggit']

# What belongs to a case or a work may go with an edit of it.
PARTS = [
    'conflict',
    'contribution',
    'documentation',
    'finding',
    'formerkey',
    'formerslug',
    'involvement',
    'source',
    'taggedinitiative',
]
# All else has an address that others cite, or is a name that others share: a case is
# withdrawn, a term or a work is renamed, and none is deleted.


def create_group(apps, schema_editor):
    permissions = apps.get_model('auth', 'Permission').objects.filter(
        content_type__app_label__in=APPS
    )
    # Django creates permissions after all migrations, which is too late for us.
    for label in APPS:
        create_permissions(
            installed.get_app_config(label),
            verbosity=0,
            using=schema_editor.connection.alias,
            apps=apps,
        )
    curators, _ = apps.get_model('auth', 'Group').objects.get_or_create(name='Curators')
    may = permissions.exclude(codename__startswith='delete_')
    may |= permissions.filter(codename__in=[f'delete_{part}' for part in PARTS])
    # Taggit's own way to tag, which we do not use.
    curators.permissions.set(may.exclude(content_type__model='taggeditem'))


def remove_group(apps, schema_editor):
    apps.get_model('auth', 'Group').objects.filter(name='Curators').delete()


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('initiatives', '0001_initial'),
        ('references', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.RunPython(create_group, remove_group),
    ]
