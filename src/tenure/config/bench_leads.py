"""Many leads with their turns and stage entries for benches: three for each subscription, a tenth of which become customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from tenure.config.bench_world import BenchWorld

LEADS_PER_SUBSCRIPTION = 3

# Done in SQL, since a row of Python each would take minutes. A turn goes as far as `reach` says; of those that stop some are lost.
_FILL = """
CREATE TEMPORARY TABLE made AS
SELECT n, gen_random_uuid() AS lead, gen_random_uuid() AS turn, random() AS reach, random() AS luck,
  timestamptz '2023-11-01 08:00+00' + random() * (now() - timestamptz '2023-11-01 08:00+00') AS came
FROM generate_series(1, {leads}) AS n;
INSERT INTO market_channel (id, workspace_id, external_id, version, created_at, updated_at, name, name_sort, name_key, kind, description)
SELECT gen_random_uuid(), '{workspace}', '', 1, now(), now(), 'Channel ' || n, 'channel ' || n, 'channel ' || n, 'other', '' FROM generate_series(1, 8) AS n;
CREATE TEMPORARY TABLE whose AS SELECT id AS account, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many FROM directory_account;
CREATE TEMPORARY TABLE came_by AS SELECT id AS channel, row_number() OVER (ORDER BY id) - 1 AS place FROM market_channel;
INSERT INTO market_lead (id, workspace_id, version, created_at, updated_at, first_contact_at, verdict, status, channel_id, account_id, {texts})
SELECT made.lead, '{workspace}', 1, came, came, came, 'new', 'new', came_by.channel, whose.account, {nothing}
FROM made JOIN came_by ON came_by.place = made.n % 8
LEFT JOIN whose ON made.reach > 0.9 AND whose.place = made.n % (SELECT count(*) FROM directory_account);
INSERT INTO directory_turn (id, workspace_id, key, kind, account_id, lead_id, opened_at)
SELECT made.turn, '{workspace}', 'lead:' || made.lead, 'first_purchase', l.account_id, made.lead, came
FROM made JOIN market_lead l ON l.id = made.lead;
INSERT INTO directory_stageentry (id, workspace_id, turn_id, account_id, stage, entered_at, reason, proof_kind, recorded_at)
SELECT gen_random_uuid(), '{workspace}', t.id, t.account_id, step.stage, t.opened_at + step.after * (0.5 + made.luck), '', '', now()
FROM made JOIN directory_turn t ON t.id = made.turn CROSS JOIN (VALUES
  ('lead', 0.0, interval '0'), ('qualified', 0.5, interval '9 days'), ('opportunity', 0.75, interval '30 days'), ('won', 0.9, interval '80 days'),
  ('onboarding', 0.9, interval '80 days'), ('live', 0.92, interval '130 days'), ('adopting', 0.94, interval '160 days'),
  ('renewed', 0.96, interval '445 days'), ('expanded', 0.98, interval '500 days')) AS step(stage, above, after)
WHERE made.reach >= step.above AND t.opened_at + step.after * (0.5 + made.luck) < now();
INSERT INTO directory_stageentry (id, workspace_id, turn_id, account_id, stage, entered_at, reason, proof_kind, recorded_at)
SELECT gen_random_uuid(), '{workspace}', turn, NULL, 'lost', came + interval '60 days', 'no budget', '', now() FROM made
WHERE luck < 0.3 AND reach < 0.9
"""


def fill_leads(world: BenchWorld, subscriptions: int) -> int:
    """Write leads, turns and stage entries beside the accounts that are there; how many leads."""
    from django.db import models  # noqa: PLC0415 - models need the settings made by bench_world

    from tenure.directory.turn_days import project_all_days  # noqa: PLC0415
    from tenure.market.models import Lead  # noqa: PLC0415
    from tenure.workspace.scope import enter  # noqa: PLC0415

    leads = subscriptions * LEADS_PER_SUBSCRIPTION
    said = {"verdict", "status"}
    texts = [
        str(field.column)
        for field in Lead._meta.concrete_fields
        if isinstance(field, models.TextField) and not field.null and field.name not in said
    ]
    text = _FILL.format(leads=leads, workspace=world.workspace_id, texts=", ".join(texts), nothing=", ".join(["''"] * len(texts)))
    with psycopg.connect(world.owner_url, autocommit=True) as connection:
        for statement in text.split(";\n"):
            connection.execute(statement.encode())
        with enter(world.ctx.scope):
            project_all_days(world.ctx)
        connection.execute("VACUUM (ANALYZE)")
    return leads
