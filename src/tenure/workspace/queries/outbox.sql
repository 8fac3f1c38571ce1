-- Which workspaces have events that a consumer has not read: asked across workspaces, so it names workspaces and nothing else.
-- An event is readable once every transaction that could still write before it has ended (spec: xid below the snapshot's oldest).
CREATE OR REPLACE FUNCTION list_workspaces_behind(wanted_consumer text)
RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.id
  FROM workspace_workspace w
  LEFT JOIN workspace_consumerposition p ON p.workspace_id = w.id AND p.consumer = wanted_consumer
  WHERE EXISTS (
    SELECT 1 FROM workspace_outboxevent e
    WHERE e.workspace_id = w.id
      -- One comparison without OR, so that the index finds the first unread event however many were read.
      AND (e.xid, e.id) > (COALESCE(p.xid, '0'::xid8), COALESCE(p.event_id, '00000000-0000-0000-0000-000000000000'::uuid))
      AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
  )
$$;

-- How many seconds the oldest unread transaction holds back readers: alert from 60 on (spec/outbox).
CREATE OR REPLACE FUNCTION outbox_fence_age()
RETURNS double precision
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(EXTRACT(EPOCH FROM now() - min(xact_start)), 0)::double precision
  FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
$$;

-- How far each reader of events is behind: of the oldest event that it could have read and has not, the age in seconds; over all workspaces.
CREATE OR REPLACE FUNCTION list_consumer_lags()
RETURNS TABLE (consumer text, workspaces bigint, seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.consumer, count(e.occurred_at), COALESCE(EXTRACT(EPOCH FROM now() - min(e.occurred_at)), 0)::double precision
  FROM workspace_consumerposition p
  LEFT JOIN LATERAL (
    SELECT o.occurred_at FROM workspace_outboxevent o
    WHERE o.workspace_id = p.workspace_id
      AND (o.xid, o.id) > (COALESCE(p.xid, '0'::xid8), COALESCE(p.event_id, '00000000-0000-0000-0000-000000000000'::uuid))
      AND o.xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY o.xid, o.id LIMIT 1
  ) e ON true
  GROUP BY p.consumer
$$;

-- The place in the stream up to which each consumer has had messages: there it reads on.
CREATE OR REPLACE FUNCTION list_consumer_sequences()
RETURNS TABLE (consumer text, sequence bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.consumer, max(p.sequence) FROM workspace_consumerposition p WHERE p.sequence IS NOT NULL GROUP BY p.consumer
$$;
