import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0002_kind_of_any_length'),
    ]

    operations = [
        migrations.AlterField(
            model_name='edit',
            name='act',
            field=models.CharField(choices=[('form', 'At the desk'), ('load', 'Load of files'), ('import', 'Import'), ('merge', 'Merge'), ('restore', 'Restored version'), ('undo', 'Undone edit'), ('elsewhere', 'Outside the desk'), ('beginning', 'Start of the history')], max_length=20, verbose_name='how'),
        ),
        migrations.AlterField(
            model_name='edit',
            name='undoes',
            field=models.ForeignKey(help_text='The edit that this one undid', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='history.edit'),
        ),
    ]
