from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_administrators'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('signed-in', 'Signed in'), ('password-given', 'Gave the password, code not given yet'), ('wrong-password', 'Wrong name or password'), ('wrong-code', 'Wrong code'), ('locked-out', 'Locked out'), ('signed-out', 'Signed out'), ('second-factor', 'Second factor changed'), ('password', 'Password changed'), ('account', 'Account or group added or deleted'), ('rights', 'Rights changed')], max_length=20, verbose_name='what'),
        ),
        migrations.AlterField(
            model_name='event',
            name='who',
            field=models.CharField(blank=True, help_text='Empty if unknown, or done on the server', max_length=150),
        ),
    ]
