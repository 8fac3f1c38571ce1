-- Workspaces whose ties are not all in the event store yet: asked across workspaces, so it names workspaces and nothing else.
CREATE OR REPLACE FUNCTION list_workspaces_with_fresh_ties(wanted_reader text)
RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.id FROM workspace_workspace w
  WHERE (SELECT max(t.revision) FROM stream_tie t WHERE t.workspace_id = w.id)
    > coalesce((SELECT p.seq FROM stream_readerposition p WHERE p.workspace_id = w.id AND p.reader = wanted_reader), 0)
$$;
