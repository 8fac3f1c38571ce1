from django.db import migrations, models

# What turn_days.py says, for all turns of all workspaces at once.
FILL = """
UPDATE directory_turn AS turn SET first_on = fresh.first_on, lead_on = fresh.lead_on, qualified_on = fresh.qualified_on, opportunity_on = fresh.opportunity_on, won_on = fresh.won_on, onboarding_on = fresh.onboarding_on, live_on = fresh.live_on, adopting_on = fresh.adopting_on, renewed_on = fresh.renewed_on, expanded_on = fresh.expanded_on, advocate_on = fresh.advocate_on, lost_on = fresh.lost_on, churned_on = fresh.churned_on
FROM (
  SELECT turn_id, min(at) FILTER (WHERE stage NOT IN ('lost', 'churned')) AS first_on,
    min(at) FILTER (WHERE stage = 'lead') AS lead_on,
    min(at) FILTER (WHERE stage = 'qualified') AS qualified_on,
    min(at) FILTER (WHERE stage = 'opportunity') AS opportunity_on,
    min(at) FILTER (WHERE stage = 'won') AS won_on,
    min(at) FILTER (WHERE stage = 'onboarding') AS onboarding_on,
    min(at) FILTER (WHERE stage = 'live') AS live_on,
    min(at) FILTER (WHERE stage = 'adopting') AS adopting_on,
    min(at) FILTER (WHERE stage = 'renewed') AS renewed_on,
    min(at) FILTER (WHERE stage = 'expanded') AS expanded_on,
    min(at) FILTER (WHERE stage = 'advocate') AS advocate_on,
    min(at) FILTER (WHERE stage = 'lost') AS lost_on,
    min(at) FILTER (WHERE stage = 'churned') AS churned_on
  FROM (
    SELECT entry.turn_id, entry.stage, (entry.entered_at AT TIME ZONE workspace.zone)::date AS at
    FROM directory_stageentry AS entry JOIN workspace_workspace AS workspace ON workspace.id = entry.workspace_id
    WHERE entry.voided_at IS NULL AND entry.voids_id IS NULL
  ) AS day GROUP BY turn_id
) AS fresh WHERE turn.id = fresh.turn_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0003_next_currency'),
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='turn',
            name='first_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='lead_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='qualified_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='opportunity_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='won_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='onboarding_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='live_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='adopting_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='renewed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='expanded_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='advocate_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='lost_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='turn',
            name='churned_on',
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
