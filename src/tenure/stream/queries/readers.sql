-- How far a reader is in each workspace: asked across workspaces, so it names workspaces and numbers and nothing else.
CREATE OR REPLACE FUNCTION list_reader_positions(wanted_reader text)
RETURNS TABLE (workspace_id uuid, seq bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.workspace_id, p.seq FROM stream_readerposition p WHERE p.reader = wanted_reader
$$;
