"""The tables of this room as they first were."""

import django.db.models.deletion
import tenure.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('market', '0001_initial'),
        ('workspace', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opportunity',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('external_id', models.TextField(blank=True, db_collation='C', default='', verbose_name='External id')),
                ('version', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField(verbose_name='Created')),
                ('updated_at', models.DateTimeField(verbose_name='Last change')),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.TextField(blank=True, default='', verbose_name='Name')),
                ('name_sort', models.TextField(db_collation='C', editable=False)),
                ('name_key', models.TextField(db_collation='C', default='', editable=False)),
                ('kind', models.TextField(choices=[('first_purchase', 'First purchase'), ('expansion', 'Expansion'), ('implementation', 'Further implementation')], db_collation='C', default='first_purchase', verbose_name='Kind')),
                ('partner', models.TextField(blank=True, db_collation='C', default='', verbose_name='Partner')),
                ('outcome', models.TextField(choices=[('open', 'Open'), ('won', 'Won'), ('lost', 'Lost')], db_collation='C', default='open', editable=False, verbose_name='Outcome')),
                ('amount_minor', models.BigIntegerField(blank=True, null=True, verbose_name='Amount')),
                ('currency', models.TextField(blank=True, db_collation='C', default='', max_length=3, verbose_name='Currency')),
                ('engaged_at', models.DateTimeField(blank=True, null=True, verbose_name='Engaged')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='Closed')),
                ('stage_since', models.DateTimeField(verbose_name='In this stage since')),
                ('expected_close_on', models.DateField(blank=True, null=True, verbose_name='Expected close')),
                ('reason', models.TextField(blank=True, db_collation='C', default='', verbose_name='Reason won or lost')),
                ('competitor', models.TextField(blank=True, db_collation='C', default='', verbose_name='Competitor')),
                ('description', models.TextField(blank=True, default='', verbose_name='Description')),
                ('account', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account', verbose_name='Account')),
                ('lead', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.lead', verbose_name='Lead')),
                ('owner', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspace.member', verbose_name='Owner')),
                ('person', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.person', verbose_name='Main contact')),
                ('turn', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.turn')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'verbose_name_plural': 'opportunities',
                'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='opportunity_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'name_sort', 'id'], name='opportunity_name'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'updated_at', 'id'], name='opportunity_updated'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('amount_minor__isnull', False)), fields=['workspace', 'amount_minor', 'id'], name='opportunity_amount'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('engaged_at__isnull', False)), fields=['workspace', 'engaged_at', 'id'], name='opportunity_engaged'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('closed_at__isnull', False)), fields=['workspace', 'closed_at', 'id'], name='opportunity_closed_at'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('expected_close_on__isnull', False)), fields=['workspace', 'expected_close_on', 'id'], name='opportunity_expected'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'outcome', 'closed_at'], name='opportunity_outcome'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('account__isnull', False)), fields=['workspace', 'account', 'id'], name='opportunity_account'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('lead__isnull', False)), fields=['workspace', 'lead', 'id'], name='opportunity_lead'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('turn__isnull', False)), fields=['workspace', 'turn', 'id'], name='opportunity_turn'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'owner', 'id'], name='opportunity_owner'), models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('name_key', ''), _negated=True)), fields=['workspace', 'name_key'], name='opportunity_name_key')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='opportunity_external_id'), models.CheckConstraint(condition=models.Q(('kind__in', ['first_purchase', 'expansion', 'implementation'])), name='opportunity_kind'), models.CheckConstraint(condition=models.Q(('outcome__in', ['open', 'won', 'lost'])), name='opportunity_outcome'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', 'open')), models.Q(models.Q(('outcome', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='opportunity_closed'), models.CheckConstraint(condition=models.Q(('amount_minor__isnull', True), ('amount_minor__gte', 0), _connector='OR'), name='opportunity_amount')],
            },
        ),
        migrations.CreateModel(
            name='PipelineStage',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('external_id', models.TextField(blank=True, db_collation='C', default='', verbose_name='External id')),
                ('version', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField(verbose_name='Created')),
                ('updated_at', models.DateTimeField(verbose_name='Last change')),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.TextField(verbose_name='Name')),
                ('name_sort', models.TextField(db_collation='C', editable=False)),
                ('name_key', models.TextField(db_collation='C', editable=False)),
                ('meaning', models.TextField(choices=[('open', 'Open'), ('won', 'Won'), ('lost', 'Lost')], db_collation='C', default='open', verbose_name='Meaning')),
                ('position', models.IntegerField(default=0, verbose_name='Position')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='pipeline_stage_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'position', 'id'], name='pipeline_stage_position')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='pipeline_stage_external_id'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('workspace', 'name_key'), name='pipeline_stage_name_key'), models.CheckConstraint(condition=models.Q(('meaning__in', ['open', 'won', 'lost'])), name='pipeline_stage_meaning')],
            },
        ),
        migrations.CreateModel(
            name='OpportunityStep',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.TextField(choices=[('open', 'Open'), ('won', 'Won'), ('lost', 'Lost')], db_collation='C')),
                ('entered_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('by_id', models.UUIDField(null=True)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account')),
                ('opportunity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sales.opportunity')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
                ('stage', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.pipelinestage')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'opportunity', 'recorded_at'], name='opportunity_step_deal'), models.Index(fields=['workspace', 'stage', 'entered_at'], name='opportunity_step_stage')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['open', 'won', 'lost'])), name='opportunity_step_outcome')],
            },
        ),
        migrations.AddField(
            model_name='opportunity',
            name='stage',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.pipelinestage', verbose_name='Stage'),
        ),
        migrations.CreateModel(
            name='SalesAgent',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('external_id', models.TextField(blank=True, db_collation='C', default='', verbose_name='External id')),
                ('version', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField(verbose_name='Created')),
                ('updated_at', models.DateTimeField(verbose_name='Last change')),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.TextField(verbose_name='Name')),
                ('name_sort', models.TextField(db_collation='C', editable=False)),
                ('name_key', models.TextField(db_collation='C', editable=False)),
                ('team', models.TextField(blank=True, db_collation='C', default='', verbose_name='Team')),
                ('manager', models.TextField(blank=True, db_collation='C', default='', verbose_name='Manager')),
                ('member', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspace.member', verbose_name='Member')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='agent_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'name_sort', 'id'], name='agent_name'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'updated_at', 'id'], name='agent_updated'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('member__isnull', False)), fields=['workspace', 'member'], name='agent_member')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='agent_external_id'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('workspace', 'name_key'), name='agent_name_key')],
            },
        ),
        migrations.AddField(
            model_name='opportunity',
            name='agent',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.salesagent', verbose_name='Sold by'),
        ),
        migrations.CreateModel(
            name='SalesProduct',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('external_id', models.TextField(blank=True, db_collation='C', default='', verbose_name='External id')),
                ('version', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField(verbose_name='Created')),
                ('updated_at', models.DateTimeField(verbose_name='Last change')),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.TextField(verbose_name='Name')),
                ('name_sort', models.TextField(db_collation='C', editable=False)),
                ('name_key', models.TextField(db_collation='C', editable=False)),
                ('series', models.TextField(blank=True, db_collation='C', default='', verbose_name='Series')),
                ('list_price_minor', models.BigIntegerField(blank=True, null=True, verbose_name='List price')),
                ('currency', models.TextField(blank=True, db_collation='C', default='', max_length=3, verbose_name='Currency')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='product_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'name_sort', 'id'], name='product_name'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('list_price_minor__isnull', False)), fields=['workspace', 'list_price_minor', 'id'], name='product_price'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'updated_at', 'id'], name='product_updated')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='product_external_id'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('workspace', 'name_key'), name='product_name_key'), models.CheckConstraint(condition=models.Q(('list_price_minor__isnull', True), ('list_price_minor__gte', 0), _connector='OR'), name='product_list_price')],
            },
        ),
        migrations.AddField(
            model_name='opportunity',
            name='product',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.salesproduct', verbose_name='Product'),
        ),
        migrations.AddIndex(
            model_name='opportunity',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'stage', 'id'], name='opportunity_stage'),
        ),
        migrations.AddIndex(
            model_name='opportunity',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'agent', 'id'], name='opportunity_agent'),
        ),
        migrations.AddIndex(
            model_name='opportunity',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'product', 'id'], name='opportunity_product'),
        ),
    ]
