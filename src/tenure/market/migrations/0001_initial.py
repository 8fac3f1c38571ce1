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
            name='Channel',
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
                ('kind', models.TextField(choices=[('organic_search', 'Organic search'), ('paid_search', 'Paid search'), ('social', 'Social'), ('paid_social', 'Paid social'), ('display', 'Display'), ('email', 'E-mail'), ('referral', 'Referral'), ('partner', 'Partner'), ('event', 'Event'), ('content', 'Content'), ('outbound', 'Outbound'), ('direct', 'Direct'), ('other', 'Other')], db_collation='C', default='other', verbose_name='Kind')),
                ('description', models.TextField(blank=True, default='', verbose_name='Description')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='channel_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'name_sort', 'id'], name='channel_name'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'updated_at', 'id'], name='channel_updated')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='channel_external_id'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('workspace', 'name_key'), name='channel_name_key'), models.CheckConstraint(condition=models.Q(('kind__in', ['organic_search', 'paid_search', 'social', 'paid_social', 'display', 'email', 'referral', 'partner', 'event', 'content', 'outbound', 'direct', 'other'])), name='channel_kind')],
            },
        ),
        migrations.CreateModel(
            name='ChannelDay',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('external_id', models.TextField(blank=True, db_collation='C', default='', verbose_name='External id')),
                ('version', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField(verbose_name='Created')),
                ('updated_at', models.DateTimeField(verbose_name='Last change')),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('on', models.DateField(verbose_name='Day')),
                ('cost_minor', models.BigIntegerField(default=0, verbose_name='Cost')),
                ('currency', models.TextField(db_collation='C', max_length=3, verbose_name='Currency')),
                ('exposures', models.BigIntegerField(default=0, verbose_name='Exposures')),
                ('clicks', models.BigIntegerField(default=0, verbose_name='Clicks')),
                ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.channel', verbose_name='Channel')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='channel_day_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'on', 'id'], name='channel_day_on'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'cost_minor', 'id'], name='channel_day_cost')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='channel_day_external_id'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('workspace', 'channel', 'on'), name='channel_day_once'), models.CheckConstraint(condition=models.Q(('clicks__gte', 0), ('cost_minor__gte', 0), ('exposures__gte', 0)), name='channel_day_counts')],
            },
        ),
        migrations.CreateModel(
            name='Lead',
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
                ('email', models.TextField(blank=True, default='', verbose_name='E-mail')),
                ('email_key', models.TextField(blank=True, db_collation='C', default='', editable=False)),
                ('phone', models.TextField(blank=True, default='', verbose_name='Phone')),
                ('title', models.TextField(blank=True, default='', verbose_name='Title')),
                ('company', models.TextField(blank=True, default='', verbose_name='Company')),
                ('company_key', models.TextField(blank=True, db_collation='C', default='', editable=False)),
                ('country', models.TextField(blank=True, db_collation='C', default='', verbose_name='Country')),
                ('persona', models.TextField(blank=True, db_collation='C', default='', verbose_name='Persona')),
                ('first_contact_at', models.DateTimeField(verbose_name='First contact')),
                ('landing_page', models.TextField(blank=True, db_collation='C', default='', verbose_name='Landing page')),
                ('first_source', models.TextField(blank=True, db_collation='C', default='', verbose_name='First touch: source')),
                ('first_medium', models.TextField(blank=True, db_collation='C', default='', verbose_name='First touch: medium')),
                ('first_campaign', models.TextField(blank=True, db_collation='C', default='', verbose_name='First touch: campaign')),
                ('first_term', models.TextField(blank=True, default='', verbose_name='First touch: term')),
                ('first_content', models.TextField(blank=True, default='', verbose_name='First touch: content')),
                ('first_click_id', models.TextField(blank=True, default='', verbose_name='First touch: click id')),
                ('last_source', models.TextField(blank=True, db_collation='C', default='', verbose_name='Last touch: source')),
                ('last_medium', models.TextField(blank=True, db_collation='C', default='', verbose_name='Last touch: medium')),
                ('last_campaign', models.TextField(blank=True, db_collation='C', default='', verbose_name='Last touch: campaign')),
                ('last_term', models.TextField(blank=True, default='', verbose_name='Last touch: term')),
                ('last_content', models.TextField(blank=True, default='', verbose_name='Last touch: content')),
                ('last_click_id', models.TextField(blank=True, default='', verbose_name='Last touch: click id')),
                ('verdict', models.TextField(choices=[('new', 'New'), ('qualified', 'Qualified'), ('disqualified', 'Disqualified'), ('converted', 'Converted')], db_collation='C', default='new', verbose_name='Status')),
                ('status', models.TextField(choices=[('new', 'New'), ('qualified', 'Qualified'), ('disqualified', 'Disqualified'), ('converted', 'Converted')], db_collation='C', default='new', editable=False, verbose_name='Status')),
                ('qualified_at', models.DateTimeField(blank=True, null=True, verbose_name='Qualified')),
                ('disqualified_at', models.DateTimeField(blank=True, null=True, verbose_name='Disqualified')),
                ('converted_at', models.DateTimeField(blank=True, null=True, verbose_name='Converted')),
                ('lost_reason', models.TextField(blank=True, db_collation='C', default='', verbose_name='Reason')),
                ('score', models.IntegerField(blank=True, null=True, verbose_name='Score')),
                ('account', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account', verbose_name='Account')),
                ('channel', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.channel', verbose_name='Channel')),
                ('owner', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspace.member', verbose_name='Owner')),
                ('person', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.person', verbose_name='Person')),
                ('segment', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.segment', verbose_name='Segment')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='lead_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'name_sort', 'id'], name='lead_name'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'updated_at', 'id'], name='lead_updated'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'first_contact_at', 'id'], name='lead_first_contact'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('score__isnull', False)), fields=['workspace', 'score', 'id'], name='lead_score'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('qualified_at__isnull', False)), fields=['workspace', 'qualified_at', 'id'], name='lead_qualified'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('converted_at__isnull', False)), fields=['workspace', 'converted_at', 'id'], name='lead_converted'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'status', 'first_contact_at'], name='lead_status'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'channel', 'first_contact_at'], name='lead_channel'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'owner', 'id'], name='lead_owner'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'segment', 'id'], name='lead_segment'), models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('persona', ''), _negated=True)), fields=['workspace', 'persona', 'id'], name='lead_persona'), models.Index(condition=models.Q(('deleted_at__isnull', True), ('account__isnull', False)), fields=['workspace', 'account', 'id'], name='lead_account'), models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('email_key', ''), _negated=True)), fields=['workspace', 'email_key'], name='lead_email_key'), models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('name_key', ''), _negated=True)), fields=['workspace', 'name_key'], name='lead_name_key'), models.Index(condition=models.Q(('deleted_at__isnull', True), models.Q(('company_key', ''), _negated=True)), fields=['workspace', 'company_key'], name='lead_company_key')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='lead_external_id'), models.CheckConstraint(condition=models.Q(('status__in', ['new', 'qualified', 'disqualified', 'converted']), ('verdict__in', ['new', 'qualified', 'disqualified', 'converted'])), name='lead_status'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'disqualified'), _negated=True), ('disqualified_at__isnull', False), _connector='OR'), name='lead_disqualified_when')],
            },
        ),
        migrations.CreateModel(
            name='OtherCost',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('external_id', models.TextField(blank=True, db_collation='C', default='', verbose_name='External id')),
                ('version', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField(verbose_name='Created')),
                ('updated_at', models.DateTimeField(verbose_name='Last change')),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('on', models.DateField(verbose_name='Day')),
                ('kind', models.TextField(choices=[('salaries', 'Salaries'), ('commissions', 'Commissions'), ('tools', 'Tools'), ('agencies', 'Agencies'), ('events', 'Events'), ('content', 'Content'), ('travel', 'Travel'), ('other', 'Other')], db_collation='C', default='other', verbose_name='Kind')),
                ('name', models.TextField(blank=True, default='', verbose_name='What for')),
                ('amount_minor', models.BigIntegerField(verbose_name='Amount')),
                ('currency', models.TextField(db_collation='C', max_length=3, verbose_name='Currency')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'id'], name='other_cost_id'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'on', 'id'], name='other_cost_on'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'amount_minor', 'id'], name='other_cost_amount'), models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['workspace', 'kind', 'on'], name='other_cost_kind_on')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('external_id', ''), _negated=True)), fields=('workspace', 'external_id'), name='other_cost_external_id'), models.CheckConstraint(condition=models.Q(('kind__in', ['salaries', 'commissions', 'tools', 'agencies', 'events', 'content', 'travel', 'other'])), name='other_cost_kind'), models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0)), name='other_cost_amount')],
            },
        ),
    ]
