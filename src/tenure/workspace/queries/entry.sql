-- Ways in: who a signed-in user or a key is, asked before any scope can be set. Owned by the owner role; each answers only for the
-- user or the digest it is given, so a stranger learns nothing from it.
CREATE OR REPLACE FUNCTION find_membership(wanted_slug text, wanted_user uuid)
RETURNS TABLE (workspace_id uuid, member_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.id, m.id
  FROM workspace_workspace w JOIN workspace_member m ON m.workspace_id = w.id
  WHERE w.slug = wanted_slug AND m.user_id = wanted_user AND m.state = 'active'
$$;

CREATE OR REPLACE FUNCTION list_memberships(wanted_user uuid)
RETURNS TABLE (workspace_id uuid, slug text, name text, member_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.id, w.slug::text, w.name::text, m.id
  FROM workspace_member m JOIN workspace_workspace w ON w.id = m.workspace_id
  WHERE m.user_id = wanted_user AND m.state = 'active'
  ORDER BY w.name
$$;

CREATE OR REPLACE FUNCTION find_api_key(wanted_digest bytea)
RETURNS TABLE (workspace_id uuid, api_key_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.workspace_id, k.id
  FROM workspace_apikey k
  WHERE k.digest = wanted_digest AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
$$;
