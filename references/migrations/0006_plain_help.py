import datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('references', '0005_title_markup'),
    ]

    operations = [
        migrations.AlterField(
            model_name='person',
            name='dropping_particle',
            field=models.CharField(blank=True, help_text='Omitted if only the family name is shown', max_length=30),
        ),
        migrations.AlterField(
            model_name='reference',
            name='added_on',
            field=models.DateField(default=datetime.date.today, editable=False, help_text='When it was added to Casebase'),
        ),
        migrations.AlterField(
            model_name='reference',
            name='revised_on',
            field=models.DateField(default=datetime.date.today, editable=False, help_text='When the data of its citation last changed'),
        ),
    ]
