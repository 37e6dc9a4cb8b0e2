from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_having'),
    ]

    operations = [
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(help_text='See casebase/registry.py', max_length=50),
        ),
        migrations.AlterField(
            model_name='name',
            name='kind',
            field=models.CharField(max_length=50),
        ),
    ]
