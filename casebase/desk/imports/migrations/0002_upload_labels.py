from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='upload',
            name='attempt',
            field=models.PositiveIntegerField(default=0, help_text='Each preview and each confirmation is a new attempt'),
        ),
        migrations.AlterField(
            model_name='upload',
            name='mark',
            field=models.CharField(blank=True, help_text='The digest of the confirmed preview', max_length=64),
        ),
        migrations.AlterField(
            model_name='upload',
            name='name',
            field=models.CharField(help_text='The name of the files', max_length=200),
        ),
        migrations.AlterField(
            model_name='upload',
            name='options',
            field=models.JSONField(default=dict, help_text='What the curator chose'),
        ),
        migrations.AlterField(
            model_name='upload',
            name='report',
            field=models.JSONField(default=dict, help_text='What was imported'),
        ),
        migrations.AlterField(
            model_name='upload',
            name='state',
            field=models.CharField(choices=[('open', 'To be confirmed'), ('confirmed', 'Being imported'), ('done', 'Imported')], default='open', max_length=10),
        ),
    ]
