from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('upkeep', '0002_curators'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='personlikeness',
            options={'ordering': ['-found_on', 'pk'], 'verbose_name': 'pair of likely duplicate names', 'verbose_name_plural': 'likely duplicate names'},
        ),
        migrations.AlterModelOptions(
            name='worklikeness',
            options={'ordering': ['-found_on', 'pk'], 'verbose_name': 'pair of likely duplicate works', 'verbose_name_plural': 'likely duplicate works'},
        ),
    ]
