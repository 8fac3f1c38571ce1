"""The tables of this room as they first were."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import tenure.kernel.clock
import tenure.kernel.ids
import tenure.workspace.models.outbox
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='E-mail')),
                ('name', models.CharField(blank=True, default='', max_length=120, verbose_name='Name')),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(default=tenure.kernel.clock.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChangeSet',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('import', 'Import'), ('bulk_edit', 'Bulk edit'), ('bulk_delete', 'Bulk delete'), ('merge', 'Merge'), ('edit', 'Edit')], max_length=12)),
                ('state', models.CharField(choices=[('running', 'Running'), ('done', 'Done'), ('cancelled', 'Cancelled'), ('interrupted', 'Interrupted'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='running', max_length=12)),
                ('title', models.TextField(blank=True, default='', verbose_name='What')),
                ('reason', models.TextField(blank=True, default='', verbose_name='Why')),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.TextField(blank=True, default='')),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('heartbeat_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by_id', models.UUIDField(null=True)),
                ('total', models.IntegerField(null=True)),
                ('done', models.IntegerField(default=0)),
                ('created', models.IntegerField(default=0)),
                ('updated', models.IntegerField(default=0)),
                ('deleted', models.IntegerField(default=0)),
                ('unchanged', models.IntegerField(default=0)),
                ('skipped', models.IntegerField(default=0)),
                ('failed', models.IntegerField(default=0)),
                ('undone', models.IntegerField(default=0)),
                ('kept', models.IntegerField(default=0)),
                ('undo_below', models.IntegerField(null=True)),
                ('cancel_requested', models.BooleanField(default=False)),
                ('plan', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['import', 'bulk_edit', 'bulk_delete', 'merge', 'edit'])), name='change_set_kind'), models.CheckConstraint(condition=models.Q(('state__in', ['running', 'done', 'cancelled', 'interrupted', 'undoing', 'undone'])), name='change_set_state')],
            },
        ),
        migrations.CreateModel(
            name='CustomField',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('record', models.TextField(db_collation='C')),
                ('key', models.TextField(db_collation='C')),
                ('label', models.CharField(max_length=80, verbose_name='Name')),
                ('kind', models.TextField(choices=[('text', 'Text'), ('long_text', 'Long text'), ('integer', 'Whole number'), ('decimal', 'Number'), ('money', 'Money'), ('date', 'Date'), ('instant', 'Date and time'), ('boolean', 'Yes or no'), ('choice', 'Choice'), ('choices', 'Several choices'), ('email', 'E-mail'), ('link', 'Link'), ('member', 'Member'), ('account', 'Account'), ('person', 'Person')], db_collation='C', verbose_name='Kind')),
                ('slot', models.TextField(blank=True, db_collation='C', default='')),
                ('group', models.CharField(blank=True, default='', max_length=60, verbose_name='Group')),
                ('help', models.CharField(blank=True, default='', max_length=200, verbose_name='Help')),
                ('choices', models.JSONField(blank=True, default=list, verbose_name='Choices')),
                ('currency', models.TextField(blank=True, db_collation='C', default='', verbose_name='Currency')),
                ('default', models.JSONField(blank=True, null=True, verbose_name='Default')),
                ('is_required', models.BooleanField(default=False, verbose_name='Required')),
                ('is_unique', models.BooleanField(default=False, verbose_name='Unique')),
                ('is_restricted', models.BooleanField(default=False, verbose_name='Only for holders of workspace.see_restricted_fields')),
                ('position', models.IntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'long_text', 'integer', 'decimal', 'money', 'date', 'instant', 'boolean', 'choice', 'choices', 'email', 'link', 'member', 'account', 'person'])), name='custom_field_kind')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField(verbose_name='Name')),
                ('path', models.TextField(db_collation='C')),
                ('size', models.BigIntegerField(verbose_name='Size')),
                ('digest', models.BinaryField(max_length=32)),
                ('account_id', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField()),
                ('created_by_id', models.UUIDField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gte', 0)), name='stored_file_size')],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.TextField(blank=True, default='', verbose_name='What')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('previewing', 'Preview under way'), ('ready', 'Ready to import'), ('started', 'Started')], default='draft', max_length=12)),
                ('attempt', models.IntegerField(default=0)),
                ('preview', models.JSONField(null=True)),
                ('message', models.TextField(blank=True, default='')),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.TextField(blank=True, default='')),
                ('created_at', models.DateTimeField()),
                ('change_set', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspace.changeset')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'previewing', 'ready', 'started'])), name='import_run_state')],
            },
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.SmallIntegerField()),
                ('record', models.TextField(db_collation='C')),
                ('plan', models.JSONField(default=dict)),
                ('dialect', models.JSONField(default=dict)),
                ('profile', models.JSONField(default=dict)),
                ('phase', models.CharField(choices=[('rows', 'Reading rows'), ('waiting', 'Settling references'), ('done', 'Done')], default='rows', max_length=8)),
                ('rows', models.IntegerField(null=True)),
                ('row_done', models.IntegerField(default=0)),
                ('read', models.IntegerField(default=0)),
                ('waiting', models.IntegerField(default=0)),
                ('created', models.IntegerField(default=0)),
                ('updated', models.IntegerField(default=0)),
                ('unchanged', models.IntegerField(default=0)),
                ('skipped', models.IntegerField(default=0)),
                ('failed', models.IntegerField(default=0)),
                ('skips', models.JSONField(default=dict)),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.importrun')),
                ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspace.storedfile')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('phase__in', ['rows', 'waiting', 'done'])), name='import_file_phase')],
            },
        ),
        migrations.CreateModel(
            name='Workspace',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='Address')),
                ('currency', models.CharField(default='EUR', max_length=3, verbose_name='Reporting currency')),
                ('zone', models.CharField(default='UTC', max_length=64, verbose_name='Time zone')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='Language')),
                ('fiscal_year_month', models.SmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='Fiscal year begins in month')),
                ('custom_fields_version', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('fiscal_year_month__range', (1, 12))), name='workspace_fiscal_year_month')],
            },
        ),
        migrations.AddField(
            model_name='storedfile',
            name='workspace',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace'),
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('list_name', models.TextField(db_collation='C')),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('query', models.TextField(blank=True, default='')),
                ('owner_id', models.UUIDField(blank=True, null=True)),
                ('position', models.IntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'list_name', 'position'], name='saved_view_list')],
            },
        ),
        migrations.CreateModel(
            name='SavedImport',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('record', models.TextField(db_collation='C')),
                ('plan', models.JSONField(default=dict)),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('source', models.CharField(choices=[('none', 'Given by hand'), ('folder', 'Watched folder'), ('url', 'Web address')], default='none', max_length=8, verbose_name='Source')),
                ('source_place', models.TextField(blank=True, default='', verbose_name='Place')),
                ('every_minutes', models.IntegerField(blank=True, null=True, verbose_name='Runs every, minutes')),
                ('next_run_at', models.DateTimeField(blank=True, null=True)),
                ('last_run_at', models.DateTimeField(blank=True, null=True)),
                ('last_digest', models.BinaryField(default=b'', max_length=32)),
                ('last_message', models.TextField(blank=True, default='')),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'fingerprint'], name='saved_import_fingerprint')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='saved_import_name'), models.CheckConstraint(condition=models.Q(('source__in', ['none', 'folder', 'url'])), name='saved_import_source'), models.CheckConstraint(condition=models.Q(('every_minutes__isnull', True), ('every_minutes__gte', 1), _connector='OR'), name='saved_import_every')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('description', models.TextField(blank=True, default='', verbose_name='Description')),
                ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('is_builtin', models.BooleanField(default=False)),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='role_name_unique')],
            },
        ),
        migrations.CreateModel(
            name='RequestWindow',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('requests', models.IntegerField()),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OutboxEvent',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('xid', tenure.workspace.models.outbox.Xid8Field(db_default=django.db.models.expressions.RawSQL('pg_current_xact_id()', ()), editable=False)),
                ('type', models.TextField(db_collation='C')),
                ('schema_version', models.SmallIntegerField(default=1)),
                ('occurred_at', models.DateTimeField()),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('causation_id', models.UUIDField(null=True)),
                ('subject_kind', models.TextField(db_collation='C')),
                ('subject_id', models.UUIDField(null=True)),
                ('account_id', models.UUIDField(null=True)),
                ('row_version', models.IntegerField(null=True)),
                ('is_backfill', models.BooleanField(default=False)),
                ('payload', models.JSONField(default=dict)),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'xid', 'id'], name='outbox_order')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('email', models.EmailField(max_length=254, verbose_name='E-mail')),
                ('state', models.CharField(choices=[('invited', 'Invited'), ('active', 'Active'), ('suspended', 'Suspended'), ('left', 'Left')], default='active', max_length=10)),
                ('team', models.TextField(blank=True, default='', verbose_name='Team')),
                ('language', models.CharField(blank=True, default='', max_length=10, verbose_name='Language')),
                ('zone', models.CharField(blank=True, default='', max_length=64, verbose_name='Time zone')),
                ('number_format', models.CharField(blank=True, default='', max_length=10, verbose_name='Number format')),
                ('theme', models.CharField(blank=True, default='', max_length=6, verbose_name='Theme')),
                ('created_at', models.DateTimeField()),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'user'), name='member_user_unique'), models.UniqueConstraint(fields=('workspace', 'email'), name='member_email_unique'), models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'active', 'suspended', 'left'])), name='member_state')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=32)),
                ('invited_by_id', models.UUIDField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(verbose_name='Expires')),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.member')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest',), name='invitation_digest_unique'), models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('cancelled_at__isnull', True)), fields=('workspace', 'member'), name='invitation_one_open')],
            },
        ),
        migrations.AddField(
            model_name='importrun',
            name='workspace',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace'),
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('pk', models.CompositePrimaryKey('workspace_id', 'import_file_id', 'row', blank=True, editable=False, primary_key=True, serialize=False)),
                ('row', models.IntegerField()),
                ('why', models.CharField(choices=[('faulty', 'Faulty'), ('waiting', 'Waiting for a record it refers to')], max_length=8)),
                ('cells', models.JSONField()),
                ('problems', models.JSONField(default=list)),
                ('import_file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.importfile')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'import_file', 'why', 'row'], name='import_row_why')],
                'constraints': [models.CheckConstraint(condition=models.Q(('why__in', ['faulty', 'waiting'])), name='import_row_why_known')],
            },
        ),
        migrations.AddField(
            model_name='importfile',
            name='workspace',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace'),
        ),
        migrations.CreateModel(
            name='IdempotentReply',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('api_key_id', models.UUIDField()),
                ('key', models.CharField(max_length=255)),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('status', models.SmallIntegerField()),
                ('body', models.TextField(blank=True, default='')),
                ('headers', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'api_key_id', 'created_at'], name='idempotent_reply_age')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'api_key_id', 'key'), name='idempotent_reply_unique')],
            },
        ),
        migrations.CreateModel(
            name='GrossMargin',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='Month')),
                ('percent', models.DecimalField(decimal_places=3, max_digits=6, verbose_name='Gross margin in per cent')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'month'), name='gross_margin_month'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='gross_margin_at_most_all'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='gross_margin_first_of_month')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('grantor_id', models.UUIDField(blank=True, null=True)),
                ('grantee_kind', models.CharField(choices=[('member', 'Member'), ('api_key', 'API key')], max_length=10)),
                ('grantee_id', models.UUIDField()),
                ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('scope', models.CharField(choices=[('workspace', 'Whole workspace'), ('subtree', 'An account and all below it'), ('own', 'Only what they own')], default='workspace', max_length=10)),
                ('scope_account_id', models.UUIDField(blank=True, null=True)),
                ('may_delegate', models.SmallIntegerField(default=0, verbose_name='May be handed on, levels')),
                ('not_before', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='Expires')),
                ('reason', models.TextField(blank=True, default='', verbose_name='Reason')),
                ('created_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('suspended_at', models.DateTimeField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspace.grant')),
                ('role', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workspace.role')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'grantee_id'], name='grant_grantee'), models.Index(fields=['workspace', 'parent'], name='grant_parent'), models.Index(condition=models.Q(('scope', 'subtree')), fields=['workspace', 'scope_account_id'], name='grant_scope_account'), models.Index(condition=models.Q(('role__isnull', False)), fields=['workspace', 'role'], name='grant_role')],
                'constraints': [models.CheckConstraint(condition=models.Q(('may_delegate__gte', 0)), name='grant_may_delegate'), models.CheckConstraint(condition=models.Q(('scope__in', ['workspace', 'subtree', 'own'])), name='grant_scope'), models.CheckConstraint(condition=models.Q(models.Q(('scope', 'subtree'), ('scope_account_id__isnull', False)), models.Q(models.Q(('scope', 'subtree'), _negated=True), ('scope_account_id__isnull', True)), _connector='OR'), name='grant_scope_account')],
            },
        ),
        migrations.CreateModel(
            name='ExchangeRate',
            fields=[
                ('pk', models.CompositePrimaryKey('workspace_id', 'currency', 'published_on', blank=True, editable=False, primary_key=True, serialize=False)),
                ('currency', models.TextField(db_collation='C', verbose_name='Currency')),
                ('published_on', models.DateField(verbose_name='Published on')),
                ('per_euro', models.DecimalField(decimal_places=12, max_digits=38, verbose_name='Units per euro')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', '-published_on'], name='exchange_rate_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('per_euro__gt', 0)), name='exchange_rate_positive')],
            },
        ),
        migrations.CreateModel(
            name='CustomValueDigest',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=16)),
                ('row_id', models.UUIDField()),
                ('field', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.customfield')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'field', 'row_id'], name='custom_value_row')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'field', 'digest'), name='custom_value_unique')],
            },
        ),
        migrations.AddField(
            model_name='customfield',
            name='workspace',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace'),
        ),
        migrations.CreateModel(
            name='ConsumerPosition',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('consumer', models.TextField(db_collation='C')),
                ('xid', tenure.workspace.models.outbox.Xid8Field(null=True)),
                ('event_id', models.UUIDField(null=True)),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'consumer'), name='consumer_position_unique')],
            },
        ),
        migrations.AddField(
            model_name='changeset',
            name='workspace',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace'),
        ),
        migrations.CreateModel(
            name='ChangeRow',
            fields=[
                ('pk', models.CompositePrimaryKey('workspace_id', 'change_set_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('position', models.IntegerField()),
                ('record', models.TextField(db_collation='C')),
                ('row_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('created', 'Created'), ('updated', 'Updated'), ('deleted', 'Deleted'), ('fact', 'Recorded')], max_length=8)),
                ('row_version', models.IntegerField()),
                ('stands_at', models.IntegerField(null=True)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('restored', 'Restored'), ('kept_changed', 'Kept: changed since'), ('kept_referred', 'Kept: other records refer to it'), ('kept_conflict', 'Kept: a rule stands against it'), ('kept_outside', 'Kept: outside your reach'), ('reversed', 'Reversed by a later entry')], default='', max_length=14)),
                ('change_set', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.changeset')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'row_id', 'change_set'], name='change_row_history')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['created', 'updated', 'deleted', 'fact'])), name='change_row_kind')],
            },
        ),
        migrations.CreateModel(
            name='AuditLine',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor_kind', models.CharField(choices=[('member', 'Member'), ('api_key', 'API key'), ('system', 'Tenure')], max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.TextField(blank=True, default='')),
                ('action', models.TextField(db_collation='C')),
                ('subject_kind', models.TextField(blank=True, db_collation='C', default='')),
                ('subject_id', models.UUIDField(null=True)),
                ('account_id', models.UUIDField(null=True)),
                ('change_set_id', models.UUIDField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('request_id', models.TextField(blank=True, default='')),
                ('address', models.GenericIPAddressField(null=True)),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', '-at', '-id'], name='audit_at'), models.Index(fields=['workspace', 'subject_id', '-at'], name='audit_subject'), models.Index(fields=['workspace', 'actor_id', '-at'], name='audit_actor'), models.Index(fields=['workspace', 'action', '-at'], name='audit_action')],
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.UUIDField(default=tenure.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('prefix', models.CharField(max_length=12)),
                ('digest', models.BinaryField(max_length=32)),
                ('created_by_id', models.UUIDField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('last_used_on', models.DateField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='Expires')),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest',), name='api_key_digest_unique')],
            },
        ),
        migrations.CreateModel(
            name='AccountPath',
            fields=[
                ('pk', models.CompositePrimaryKey('workspace_id', 'ancestor_id', 'descendant_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('ancestor_id', models.UUIDField()),
                ('descendant_id', models.UUIDField()),
                ('depth', models.SmallIntegerField()),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'descendant_id', 'depth'], name='account_path_descendant')],
                'constraints': [models.CheckConstraint(condition=models.Q(('depth__gte', 0)), name='account_path_depth')],
            },
        ),
        migrations.AddIndex(
            model_name='storedfile',
            index=models.Index(fields=['workspace', 'account_id', '-created_at'], name='stored_file_account'),
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(fields=['workspace', '-created_at', '-id'], name='import_run_created'),
        ),
        migrations.AddConstraint(
            model_name='importfile',
            constraint=models.UniqueConstraint(fields=('workspace', 'run', 'position'), name='import_file_position'),
        ),
        migrations.AddConstraint(
            model_name='customfield',
            constraint=models.UniqueConstraint(fields=('workspace', 'record', 'key'), name='custom_field_key'),
        ),
        migrations.AddConstraint(
            model_name='customfield',
            constraint=models.UniqueConstraint(condition=models.Q(('slot', ''), _negated=True), fields=('workspace', 'record', 'slot'), name='custom_field_slot'),
        ),
        migrations.AddIndex(
            model_name='changeset',
            index=models.Index(fields=['workspace', '-started_at', '-id'], name='change_set_started'),
        ),
    ]
