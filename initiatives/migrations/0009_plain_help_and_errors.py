import django.core.validators
import initiatives.fields
import initiatives.models.findings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0008_help_at_the_desk'),
        ('references', '0006_plain_help'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.AlterField(
            model_name='concept',
            name='hidden_labels',
            field=initiatives.fields.LinesField(help_text='Words that readers use for it, one a line; found but not shown'),
        ),
        migrations.AlterField(
            model_name='concept',
            name='outputs',
            field=initiatives.fields.LinesField(help_text='Only for change steps: what should exist afterwards, one a line'),
        ),
        migrations.AlterField(
            model_name='documentation',
            name='is_read',
            field=models.BooleanField(default=True, help_text='Untick if the text was not available', verbose_name='read'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='figure_unit',
            field=models.CharField(blank=True, help_text='What follows the figure: “hours”, “EUR a year”', max_length=120, verbose_name='unit'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='short_id',
            field=models.CharField(default=initiatives.models.findings.random_short_id, help_text='Part of links to this statement; it never changes', max_length=12, unique=True),
        ),
        migrations.AlterField(
            model_name='finding',
            name='year',
            field=models.PositiveSmallIntegerField(blank=True, help_text='The year that the statement is about', null=True, validators=[django.core.validators.MinValueValidator(1800), django.core.validators.MaxValueValidator(2100)], verbose_name='year'),
        ),
        migrations.AlterField(
            model_name='initiative',
            name='evidence_note',
            field=models.TextField(blank=True, help_text='What the case rests on, and where it is thin'),
        ),
        migrations.AlterField(
            model_name='initiative',
            name='not_found',
            field=initiatives.fields.LinesField(help_text='Kinds of finding that somebody looked for in vain, one a line', verbose_name='looked for, nothing found'),
        ),
        migrations.AlterField(
            model_name='initiative',
            name='place_note',
            field=models.TextField(blank=True, help_text='What the point marks, if not the place itself'),
        ),
        migrations.AlterField(
            model_name='initiative',
            name='status_note',
            field=models.TextField(blank=True, help_text='Before publication: what to settle. If withdrawn: why, for readers'),
        ),
        migrations.AlterField(
            model_name='source',
            name='via',
            field=models.CharField(blank=True, choices=[('primary', 'The work itself'), ('secondary', 'Its abstract, a summary or a report by others')], help_text='Required, except for a conflict', max_length=9, verbose_name='read as'),
        ),
        migrations.AlterConstraint(
            model_name='finding',
            name='finding_direction_fits_kind',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['barrier', 'risk']), models.Q(('direction', 'neutral'), _negated=True)), models.Q(models.Q(('kind__in', ['barrier', 'risk']), _negated=True), models.Q(('direction', 'not-reported'), _negated=True)), _connector='OR'), name='finding_direction_fits_kind', violation_error_code='direction', violation_error_message='A barrier or risk can’t be “neutral”; other kinds can’t be “not reported”.'),
        ),
        migrations.AlterConstraint(
            model_name='formerslug',
            name='former_slug_has_one_owner',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concept__isnull', True), ('initiative__isnull', False)), models.Q(('concept__isnull', False), ('initiative__isnull', True)), _connector='OR'), name='former_slug_has_one_owner', violation_error_message='A former slug belongs to one case or term.'),
        ),
        migrations.AlterConstraint(
            model_name='initiative',
            name='initiative_once_public_is_no_draft',
            constraint=models.CheckConstraint(condition=models.Q(('published_on__isnull', True), models.Q(('status__in', ['draft', 'review']), _negated=True), _connector='OR'), name='initiative_once_public_is_no_draft', violation_error_code='status', violation_error_message='Readers could see this case, so it can’t be a draft or in review again. Withdraw it instead.'),
        ),
    ]
