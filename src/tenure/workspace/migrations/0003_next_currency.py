from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0002_position_in_the_stream'),
    ]

    operations = [
        migrations.AddField(
            model_name='workspace',
            name='next_currency',
            field=models.CharField(blank=True, default='', max_length=3),
        ),
    ]
