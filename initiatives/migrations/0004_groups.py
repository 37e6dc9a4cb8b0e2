"""Who writes, who reviews, who keeps the codebook, and who looks after people.

Whatever else a group may do, by hand or by another app, it keeps.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = ['initiatives', 'references', 'taggit']

CODEBOOK = [
    'barrier',
    'changestep',
    'concept',
    'leadershipstyle',
    'mode',
    'motivation',
    'negativeeffect',
    'resilience',
    'risk',
    'scheme',
    'servicearea',
    'strategy',
]
PARTS = [
    'conflict',
    'documentation',
    'finding',
    'involvement',
    'source',
    'taggedinitiative',
]
VIEW = [
    *CODEBOOK,
    *PARTS,
    'contribution',
    'formerkey',
    'formerslug',
    'initiative',
    'organisation',
    'person',
    'reference',
    'tag',
]


def named(action, names):
    return [f'{action}_{name}' for name in names]


# Group → app → permissions. Contributors show readers nothing: all works and people are
# public, so they add none; a body is seen with its cases only.
GIVEN = {
    'Contributors': {
        'initiatives': [
            *named('add', [*PARTS, 'initiative', 'organisation']),
            *named('change', [*PARTS, 'initiative']),
            *named('delete', PARTS),
            *named('view', VIEW),
        ],
        'references': named('view', VIEW),
        'taggit': named('view', VIEW),
    },
    'Curators': {'initiatives': ['delete_initiative', 'review_initiative']},
    'Codebook keepers': {
        'initiatives': [
            *named('add', [*CODEBOOK, 'source']),
            *named('change', [*CODEBOOK, 'source']),
            *named('delete', ['source']),
            *named('view', VIEW),
        ],
        'references': named('view', VIEW),
        'taggit': named('view', VIEW),
    },
    'Administrators': {
        'auth': ['add_user', 'change_user', 'view_group', 'view_user'],
    },
}
# Of the Curators: terms are for their keepers, and old addresses lead on for ever.
TAKEN = {
    'Curators': {
        'initiatives': [
            *named('add', CODEBOOK),
            *named('change', CODEBOOK),
            'delete_formerslug',
        ],
        'references': ['delete_formerkey'],
    },
}


def create_groups(apps, schema_editor):
    for label in [*CONTENT, 'auth']:
        # Django creates permissions after all migrations, which is too late for us.
        create_permissions(
            installed.get_app_config(label),
            verbosity=0,
            using=schema_editor.connection.alias,
            apps=apps,
        )
    groups = apps.get_model('auth', 'Group').objects
    for name in GIVEN:
        groups.get_or_create(name=name)
    give(apps, GIVEN)
    take(apps, TAKEN)
    # Who could change terms so far can still do so.
    users = apps.get_model('auth', 'User').objects
    keepers = groups.get(name='Codebook keepers')
    for user in users.filter(groups__name='Curators'):
        user.groups.add(keepers)


def remove_groups(apps, schema_editor):
    give(apps, TAKEN)
    take(apps, GIVEN)
    # The group of the Administrators is not ours alone.
    added = ['Contributors', 'Codebook keepers']
    apps.get_model('auth', 'Group').objects.filter(name__in=added).delete()


def give(apps, rights):
    for group, permissions in permissions_of(apps, rights):
        group.permissions.add(*permissions)


def take(apps, rights):
    for group, permissions in permissions_of(apps, rights):
        group.permissions.remove(*permissions)


def permissions_of(apps, rights):
    permissions = apps.get_model('auth', 'Permission').objects
    for group in apps.get_model('auth', 'Group').objects.filter(name__in=rights):
        for label, names in rights[group.name].items():
            yield group, permissions.filter(
                content_type__app_label=label, codename__in=names
            )


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('initiatives', '0003_reviewing'),
        ('references', '0002_days'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.RunPython(create_groups, remove_groups),
    ]
