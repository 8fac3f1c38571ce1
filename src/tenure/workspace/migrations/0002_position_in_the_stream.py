from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='consumerposition',
            name='sequence',
            field=models.BigIntegerField(null=True),
        ),
    ]
