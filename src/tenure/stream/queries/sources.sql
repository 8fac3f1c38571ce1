-- Which source a write key stands for, asked before any scope can be set. It answers only for the digest it is given.
CREATE OR REPLACE FUNCTION find_source(wanted_digest bytea)
RETURNS TABLE (source_id uuid, workspace_id uuid, is_sandbox boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.workspace_id, s.is_sandbox
  FROM stream_source s
  WHERE s.digest = wanted_digest AND s.closed_at IS NULL
$$;
