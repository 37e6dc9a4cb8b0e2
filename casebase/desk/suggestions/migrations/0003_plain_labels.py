import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0009_plain_help_and_errors'),
        ('suggestions', '0002_curators'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='draft',
            name='finding',
            field=models.ForeignKey(blank=True, help_text='Save the draft to see its texts below', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='drafts', to='initiatives.finding'),
        ),
        migrations.AlterField(
            model_name='suggestion',
            name='email',
            field=models.EmailField(blank=True, help_text='Deleted once the answer is given', max_length=254, verbose_name='e-mail address'),
        ),
        migrations.AlterField(
            model_name='suggestion',
            name='quoted',
            field=models.TextField(blank=True, help_text='The statement that the reader saw', verbose_name='statement at the time'),
        ),
        migrations.AlterConstraint(
            model_name='suggestion',
            name='suggestion_answered_without_email',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'accepted']), ('email', ''), _connector='OR'), name='suggestion_answered_without_email', violation_error_message='An answered suggestion has no e-mail address.'),
        ),
    ]
