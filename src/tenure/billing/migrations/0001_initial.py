"""The tables of this room as they first were."""

import django.db.models.deletion
import tenure.kernel.ids
import tenure.workspace.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('sales', '0001_initial'),
        ('workspace', '0001_initial'),
    ]

    operations = [
        tenure.workspace.tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='ItemFact',
                    fields=[
                        ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('state', models.TextField(choices=[('trial', 'Trial'), ('paid', 'Paid'), ('paused', 'Paused'), ('past_due', 'Past due'), ('ended', 'Ended')], db_collation='C')),
                        ('list_minor', models.BigIntegerField()),
                        ('net_minor', models.BigIntegerField()),
                        ('micros', models.BigIntegerField()),
                        ('currency', models.TextField(db_collation='C')),
                        ('rate', models.DecimalField(decimal_places=12, max_digits=38, null=True)),
                        ('interval', models.TextField(choices=[('day', 'Daily'), ('week', 'Weekly'), ('month', 'Monthly'), ('quarter', 'Quarterly'), ('half_year', 'Half-yearly'), ('year', 'Annual')], db_collation='C')),
                        ('interval_count', models.SmallIntegerField(default=1)),
                        ('charge', models.TextField(choices=[('recurring', 'Recurring'), ('usage', 'Usage'), ('one_off', 'One-off')], db_collation='C')),
                        ('discount', models.TextField(blank=True, choices=[('once', 'Once'), ('repeating', 'For some time'), ('forever', 'For good')], db_collation='C', default='')),
                        ('valid_from', models.DateTimeField()),
                        ('valid_to', models.DateTimeField(null=True)),
                        ('recorded_at', models.DateTimeField()),
                        ('superseded_at', models.DateTimeField(null=True)),
                        ('reason', models.TextField(blank=True, db_collation='C', default='')),
                        ('end_reason', models.TextField(blank=True, db_collation='C', default='')),
                        ('cancelled_at', models.DateTimeField(null=True)),
                        ('source', models.TextField(blank=True, db_collation='C', default='')),
                        ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
                        ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account')),
                        ('subscription', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.subscription')),
                        ('item', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.subscriptionitem')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['workspace', 'item'], name='item_fact_item'), models.Index(condition=models.Q(('superseded_at__isnull', True)), fields=['workspace', 'account'], name='item_fact_account'), models.Index(condition=models.Q(('superseded_at__isnull', True)), fields=['workspace', 'valid_from'], include=('valid_to', 'state', 'charge', 'currency', 'micros', 'account', 'subscription'), name='item_fact_from')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['trial', 'paid', 'paused', 'past_due', 'ended'])), name='item_fact_state'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='item_fact_period')],
                    },
                ),
                migrations.CreateModel(
                    name='MrrMovement',
                    fields=[
                        ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('parent_id', models.UUIDField()),
                        ('kind', models.TextField(choices=[('new', 'New'), ('expansion', 'Expansion'), ('reactivation', 'Reactivation'), ('resume', 'Resumed'), ('contraction', 'Contraction'), ('churn', 'Churn'), ('pause', 'Paused')], db_collation='C', verbose_name='Kind')),
                        ('micros', models.BigIntegerField()),
                        ('currency', models.TextField(db_collation='C')),
                        ('rate', models.DecimalField(decimal_places=12, max_digits=38, null=True)),
                        ('reporting_micros', models.BigIntegerField(null=True)),
                        ('effective_at', models.DateTimeField(verbose_name='Effective')),
                        ('effective_on', models.DateField(verbose_name='Effective on')),
                        ('recorded_at', models.DateTimeField(verbose_name='Recorded')),
                        ('voided_at', models.DateTimeField(null=True)),
                        ('reason', models.TextField(blank=True, db_collation='C', default='', verbose_name='Reason')),
                        ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
                        ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account', verbose_name='Account')),
                        ('subscription', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.subscription')),
                        ('item', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.subscriptionitem')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('voided_at__isnull', True)), fields=['workspace', 'effective_on', 'id'], include=('kind', 'reporting_micros', 'account', 'parent_id'), name='mrr_movement_day'), models.Index(condition=models.Q(('voided_at__isnull', True)), fields=['workspace', 'kind', 'effective_on'], name='mrr_movement_kind_day'), models.Index(condition=models.Q(('voided_at__isnull', True)), fields=['workspace', 'account', 'effective_on'], name='mrr_movement_account'), models.Index(condition=models.Q(('voided_at__isnull', True)), fields=['workspace', 'subscription'], name='mrr_movement_subscription')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['new', 'expansion', 'reactivation', 'resume', 'contraction', 'churn', 'pause'])), name='mrr_movement_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='ReportedChurn',
                    fields=[
                        ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('external_id', models.TextField(blank=True, db_collation='C', default='', verbose_name='External id')),
                        ('version', models.IntegerField(default=1)),
                        ('created_at', models.DateTimeField(verbose_name='Created')),
                        ('updated_at', models.DateTimeField(verbose_name='Last change')),
                        ('deleted_at', models.DateTimeField(blank=True, null=True)),
                        ('churned_on', models.DateField(verbose_name='Left on')),
                        ('reason', models.TextField(blank=True, db_collation='C', default='', verbose_name='Reason')),
                        ('refund_minor', models.BigIntegerField(blank=True, null=True, verbose_name='Refund')),
                        ('currency', models.TextField(blank=True, db_collation='C', default='', verbose_name='Currency')),
                        ('comment', models.TextField(blank=True, default='', verbose_name='Comment')),
                        ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
                        ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account', verbose_name='Account')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='reported_churn_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'updated_at', 'id'], name='reported_churn_updated'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'churned_on', 'id'], name='reported_churn_day'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'account', 'churned_on'], name='reported_churn_account'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'reason', 'id'], name='reported_churn_reason')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='reported_churn_external_id')],
                    },
                ),
                migrations.CreateModel(
                    name='Subscription',
                    fields=[
                        ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('external_id', models.TextField(blank=True, db_collation='C', default='', verbose_name='External id')),
                        ('version', models.IntegerField(default=1)),
                        ('created_at', models.DateTimeField(verbose_name='Created')),
                        ('updated_at', models.DateTimeField(verbose_name='Last change')),
                        ('deleted_at', models.DateTimeField(blank=True, null=True)),
                        ('currency', models.TextField(db_collation='C', verbose_name='Currency')),
                        ('signed_on', models.DateField(blank=True, null=True, verbose_name='Signed on')),
                        ('starts_on', models.DateField(verbose_name='Starts on')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='Ends on')),
                        ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='Cancelled on')),
                        ('end_reason', models.TextField(blank=True, db_collation='C', default='', verbose_name='Reason of the end')),
                        ('is_trial', models.BooleanField(default=False, verbose_name='Trial')),
                        ('trial_ends_on', models.DateField(blank=True, null=True, verbose_name='Trial ends on')),
                        ('live_on', models.DateField(blank=True, null=True, verbose_name='Live on')),
                        ('adopting_on', models.DateField(blank=True, null=True, verbose_name='Adopting since')),
                        ('term', models.TextField(blank=True, choices=[('day', 'Daily'), ('week', 'Weekly'), ('month', 'Monthly'), ('quarter', 'Quarterly'), ('half_year', 'Half-yearly'), ('year', 'Annual')], db_collation='C', default='', verbose_name='Renewed')),
                        ('term_count', models.SmallIntegerField(default=1, verbose_name='Every so many')),
                        ('plan', models.TextField(blank=True, db_collation='C', default='', verbose_name='Plan')),
                        ('monthly_minor', models.BigIntegerField(default=0, verbose_name='Per month')),
                        ('state', models.TextField(choices=[('upcoming', 'Upcoming'), ('trial', 'Trial'), ('running', 'Running'), ('ended', 'Ended'), ('never_active', 'Never active')], db_collation='C', default='upcoming', verbose_name='State')),
                        ('renews_on', models.DateField(blank=True, null=True, verbose_name='Renews')),
                        ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
                        ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account', verbose_name='Account')),
                        ('opportunity', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.opportunity', verbose_name='Opportunity')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='subscription_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'updated_at', 'id'], name='subscription_updated'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'account', 'starts_on'], name='subscription_account'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'starts_on', 'id'], name='subscription_started'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('ends_on__isnull', False)), fields=['workspace', 'ends_on', 'id'], name='subscription_ended'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('renews_on__isnull', False)), fields=['workspace', 'renews_on', 'id'], name='subscription_renews'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'monthly_minor', 'id'], name='subscription_monthly'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'plan', 'id'], name='subscription_plan'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'state', 'id'], name='subscription_state_at'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('opportunity__isnull', False)), fields=['workspace', 'opportunity'], name='subscription_opportunity')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='subscription_external_id'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='subscription_ends_after_start'), models.CheckConstraint(condition=models.Q(('term__in', ['', 'day', 'week', 'month', 'quarter', 'half_year', 'year'])), name='subscription_term'), models.CheckConstraint(condition=models.Q(('term_count__gte', 1)), name='subscription_term_count'), models.CheckConstraint(condition=models.Q(('state__in', ['upcoming', 'trial', 'running', 'ended', 'never_active'])), name='subscription_state')],
                    },
                ),
                migrations.CreateModel(
                    name='SubscriptionItem',
                    fields=[
                        ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('external_id', models.TextField(blank=True, db_collation='C', default='', verbose_name='External id')),
                        ('version', models.IntegerField(default=1)),
                        ('created_at', models.DateTimeField(verbose_name='Created')),
                        ('updated_at', models.DateTimeField(verbose_name='Last change')),
                        ('deleted_at', models.DateTimeField(blank=True, null=True)),
                        ('plan', models.TextField(db_collation='C', verbose_name='Plan')),
                        ('quantity', models.DecimalField(decimal_places=12, default=1, max_digits=38, verbose_name='Quantity')),
                        ('list_minor', models.BigIntegerField(default=0, verbose_name='List amount')),
                        ('net_minor', models.BigIntegerField(default=0, verbose_name='Net amount')),
                        ('currency', models.TextField(db_collation='C', verbose_name='Currency')),
                        ('interval', models.TextField(choices=[('day', 'Daily'), ('week', 'Weekly'), ('month', 'Monthly'), ('quarter', 'Quarterly'), ('half_year', 'Half-yearly'), ('year', 'Annual')], db_collation='C', default='month', verbose_name='Paid')),
                        ('interval_count', models.SmallIntegerField(default=1, verbose_name='Every so many')),
                        ('charge', models.TextField(choices=[('recurring', 'Recurring'), ('usage', 'Usage'), ('one_off', 'One-off')], db_collation='C', default='recurring', verbose_name='Charge')),
                        ('discount', models.TextField(blank=True, choices=[('once', 'Once'), ('repeating', 'For some time'), ('forever', 'For good')], db_collation='C', default='', verbose_name='Discount')),
                        ('discount_ends_on', models.DateField(blank=True, null=True, verbose_name='Discount ends on')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='Starts on')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='Ends on')),
                        ('is_trial', models.BooleanField(default=False, verbose_name='Trial')),
                        ('trial_ends_on', models.DateField(blank=True, null=True, verbose_name='Trial ends on')),
                        ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
                        ('subscription', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.subscription', verbose_name='Subscription')),
                        ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account')),
                        ('replaces', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.subscriptionitem')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='item_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'subscription', 'id'], name='item_subscription'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'account', 'id'], name='item_account'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'plan', 'id'], name='item_plan')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='item_external_id'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='item_ends_after_start'), models.CheckConstraint(condition=models.Q(('interval__in', ['day', 'week', 'month', 'quarter', 'half_year', 'year'])), name='item_interval'), models.CheckConstraint(condition=models.Q(('interval_count__gte', 1)), name='item_interval_count'), models.CheckConstraint(condition=models.Q(('charge__in', ['recurring', 'usage', 'one_off'])), name='item_charge'), models.CheckConstraint(condition=models.Q(('discount__in', ['', 'once', 'repeating', 'forever'])), name='item_discount'), models.CheckConstraint(condition=models.Q(('list_minor__gte', 0), ('net_minor__gte', 0), ('quantity__gte', 0)), name='item_not_negative')],
                    },
                ),
            ],
        ),
    ]
