-- Workspaces where a new civil day has begun since their daily work was done: asked across workspaces, so it names them and nothing else.
CREATE OR REPLACE FUNCTION list_workspaces_with_a_new_day(at timestamptz)
RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.id FROM workspace_workspace w
  WHERE COALESCE(w.settled_on, (w.created_at AT TIME ZONE w.zone)::date - 1) < (at AT TIME ZONE w.zone)::date
  ORDER BY w.id
$$;
