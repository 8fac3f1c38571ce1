-- The way in for somebody invited: which workspace and member a link is for, asked before any scope can be set. Owned by the owner
-- role; answers only for the digest it is given. An invitation that is used up or over answers too, so that the page can say so.
CREATE OR REPLACE FUNCTION find_invitation(wanted_digest bytea)
RETURNS TABLE (workspace_id uuid, member_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.workspace_id, i.member_id FROM workspace_invitation i WHERE i.digest = wanted_digest
$$;
