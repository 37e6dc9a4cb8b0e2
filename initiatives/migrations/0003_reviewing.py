import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def withdraw_what_was_public(apps, schema_editor):
    """What readers could see once and is a draft now answers them from now on."""
    Initiative = apps.get_model('initiatives', 'Initiative')
    StatusChange = apps.get_model('initiatives', 'StatusChange')
    taken_back = Initiative.objects.filter(
        published_on__isnull=False, status__in=['draft', 'review']
    )
    for case in taken_back:
        # The note was not for readers.
        StatusChange.objects.create(
            initiative=case, status='withdrawn', reason=case.status_note
        )
        case.status = 'withdrawn'
        case.status_note = 'It was taken back to be worked on.'
        case.save(update_fields=['status', 'status_note'])


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0002_curators'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(blank=True, max_length=80, verbose_name='for whom')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StatusChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='status_changes', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='initiative',
            options={'ordering': ['name'], 'permissions': [('review_initiative', 'Can send back, publish and withdraw cases, and change any')]},
        ),
        migrations.AlterField(
            model_name='initiative',
            name='published_on',
            field=models.DateField(blank=True, help_text='When readers could first see it', null=True),
        ),
        migrations.AlterField(
            model_name='initiative',
            name='status_note',
            field=models.TextField(blank=True, help_text='Not public yet: what is to be settled. Withdrawn: why, for readers'),
        ),
        migrations.RunPython(withdraw_what_was_public, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('published_on__isnull', True), models.Q(('status__in', ['draft', 'review']), _negated=True), _connector='OR'), name='initiative_once_public_is_no_draft', violation_error_code='status', violation_error_message='Readers could see this case; it is published or withdrawn, and never a draft or in review again.'),
        ),
    ]
