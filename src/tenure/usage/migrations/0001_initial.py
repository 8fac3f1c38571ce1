"""The tables of this room as they first were."""

import django.db.models.deletion
import tenure.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('workspace', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meter',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(db_collation='C', verbose_name='Key')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('unit', models.CharField(blank=True, default='', max_length=40, verbose_name='Unit')),
                ('description', models.TextField(blank=True, default='', verbose_name='Description')),
                ('created_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='MeterVersion',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('definition', models.JSONField()),
                ('effective_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.TextField(default='')),
                ('note', models.TextField(blank=True, default='', verbose_name='What changed')),
                ('meter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='usage.meter')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Quota',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=12, max_digits=38, verbose_name='Amount')),
                ('period', models.TextField(choices=[('day', 'a day'), ('week', 'a week'), ('month', 'a month'), ('year', 'a year')], db_collation='C', default='month', verbose_name='Period')),
                ('thresholds', models.JSONField(default=list, verbose_name='Thresholds')),
                ('set_at', models.DateTimeField()),
                ('account', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account')),
                ('meter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='usage.meter')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='QuotaAlert',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('period_started_at', models.DateTimeField()),
                ('threshold', models.IntegerField()),
                ('used', models.DecimalField(decimal_places=12, max_digits=38)),
                ('raised_at', models.DateTimeField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account')),
                ('quota', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='usage.quota')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Feature',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(db_collation='C', verbose_name='Key')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('events', models.JSONField(default=list, verbose_name='Events')),
                ('is_core', models.BooleanField(default=False, verbose_name='Core')),
                ('is_paid', models.BooleanField(default=False, verbose_name='Paid')),
                ('created_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'key'), name='feature_key')],
            },
        ),
        migrations.AddIndex(
            model_name='meter',
            index=models.Index(fields=['workspace', 'created_at', 'id'], name='meter_created'),
        ),
        migrations.AddConstraint(
            model_name='meter',
            constraint=models.UniqueConstraint(fields=('workspace', 'key'), name='meter_key'),
        ),
        migrations.AddConstraint(
            model_name='meterversion',
            constraint=models.UniqueConstraint(fields=('workspace', 'meter', 'number'), name='meter_version_number'),
        ),
        migrations.AddConstraint(
            model_name='meterversion',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='meter_version_counts_from_one'),
        ),
        migrations.AddIndex(
            model_name='quota',
            index=models.Index(fields=['workspace', 'account'], name='quota_account'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.UniqueConstraint(fields=('workspace', 'meter', 'account'), name='quota_one', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.CheckConstraint(condition=models.Q(('period__in', ['day', 'week', 'month', 'year'])), name='quota_period'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='quota_amount'),
        ),
        migrations.AddIndex(
            model_name='quotaalert',
            index=models.Index(fields=['workspace', 'account', 'raised_at'], name='quota_alert_account'),
        ),
        migrations.AddConstraint(
            model_name='quotaalert',
            constraint=models.UniqueConstraint(fields=('workspace', 'quota', 'account', 'period_started_at', 'threshold'), name='quota_alert_once'),
        ),
    ]
