-- Up to which day each workspace is settled, and by which clock: asked across workspaces by the daily job, so it tells nothing else.
-- Zones are read in Python, whose names of zones are the ones that settings offer.
CREATE OR REPLACE FUNCTION list_settled_days()
RETURNS TABLE (workspace_id uuid, settled_on date, zone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.id, w.settled_on, w.zone::text FROM workspace_workspace w ORDER BY w.id
$$;
