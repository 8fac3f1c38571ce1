-- Grants only narrow: the database refuses what the domain refuses (domain/grants.py), whoever writes. All run with the rights of the caller.
CREATE OR REPLACE FUNCTION permission_covers(pattern text, wanted text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE
  WHEN pattern IN ('*', wanted) THEN true
  WHEN wanted = '*' OR split_part(wanted, '.', 2) = '' THEN false
  WHEN split_part(pattern, '.', 2) = '*' THEN split_part(pattern, '.', 1) = split_part(wanted, '.', 1)
  ELSE split_part(pattern, '.', 1) = '*' AND split_part(pattern, '.', 2) = split_part(wanted, '.', 2)
END;

CREATE OR REPLACE FUNCTION permissions_within(child text[], parent text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN NOT EXISTS (
  SELECT FROM unnest(child) AS wanted
  WHERE NOT EXISTS (SELECT FROM unnest(parent) AS pattern WHERE permission_covers(pattern, wanted))
);

-- In what a grant exceeds the one it comes from; NULL where it narrows. Where it reaches is judged as it comes to life (is_new): later
-- moves in the tree suspend it (suspend_strays). The tree's row is locked, so that an account cannot be moved away meanwhile.
CREATE OR REPLACE FUNCTION grant_excess(child workspace_grant, parent workspace_grant, is_new boolean) RETURNS text
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT permissions_within(child.permissions, parent.permissions) THEN RETURN 'permissions'; END IF;
  IF child.may_delegate > parent.may_delegate - 1 THEN RETURN 'handing on'; END IF;
  IF parent.expires_at IS NOT NULL AND (child.expires_at IS NULL OR child.expires_at > parent.expires_at) THEN RETURN 'expiry'; END IF;
  IF NOT is_new THEN RETURN NULL; END IF;
  IF parent.revoked_at IS NOT NULL THEN RETURN 'its parent is revoked'; END IF;
  IF parent.scope = 'workspace' THEN RETURN NULL; END IF;
  IF parent.scope <> 'subtree' OR child.scope <> 'subtree' THEN RETURN 'scope'; END IF;
  IF child.scope_account_id = parent.scope_account_id THEN RETURN NULL; END IF;
  PERFORM FROM workspace_accountpath p
    WHERE p.workspace_id = child.workspace_id AND p.ancestor_id = parent.scope_account_id AND p.descendant_id = child.scope_account_id
    FOR KEY SHARE;
  IF NOT FOUND THEN RETURN 'scope'; END IF;
  RETURN NULL;
END $$;

-- A loop, not a recursive query: each step is one look-up by key with a plan that is kept.
CREATE OR REPLACE FUNCTION is_granted_to_above(child workspace_grant) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  above uuid := child.parent_id;
  kind text;
  holder uuid;
BEGIN
  WHILE above IS NOT NULL LOOP
    SELECT g.parent_id, g.grantee_kind, g.grantee_id INTO above, kind, holder FROM workspace_grant g
      WHERE g.id = above AND g.workspace_id = child.workspace_id;
    IF kind = child.grantee_kind AND holder = child.grantee_id THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;

-- What of a grant may change after it was written: permissions (as its role is cut anew), revocation once, suspension, words.
CREATE OR REPLACE FUNCTION grant_change_refused(old_row workspace_grant, new_row workspace_grant) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF old_row.revoked_at IS NOT NULL AND new_row.revoked_at IS DISTINCT FROM old_row.revoked_at THEN RETURN 'a revoked grant stays revoked'; END IF;
  IF (old_row.id, old_row.workspace_id, old_row.parent_id, old_row.grantor_id, old_row.grantee_kind, old_row.scope, old_row.scope_account_id,
      old_row.may_delegate, old_row.not_before, old_row.expires_at)
    IS DISTINCT FROM
     (new_row.id, new_row.workspace_id, new_row.parent_id, new_row.grantor_id, new_row.grantee_kind, new_row.scope, new_row.scope_account_id,
      new_row.may_delegate, new_row.not_before, new_row.expires_at)
  THEN RETURN 'its terms are fixed'; END IF;
  IF old_row.parent_id IS NOT NULL AND new_row.grantee_id <> old_row.grantee_id THEN RETURN 'only the root is handed over'; END IF;
  IF old_row.parent_id IS NULL AND NOT permissions_within(new_row.permissions, old_row.permissions) THEN RETURN 'a root cannot grow'; END IF;
  RETURN NULL;
END $$;

-- AFTER, so that all rows of a statement are judged by what it leaves behind, in whatever order it wrote them.
-- Only the role that owns the tables may write a second root: that is how a workspace is rescued whose owner is lost.
-- No sequential scans: a plan made while the table was small would be kept while it grows.
CREATE OR REPLACE FUNCTION check_grant_narrows() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  parent workspace_grant;
  refused text;
  is_new boolean := TG_OP = 'INSERT' OR (OLD.suspended_at IS NOT NULL AND NEW.suspended_at IS NULL);
  is_owner boolean := EXISTS (SELECT FROM pg_class c WHERE c.oid = TG_RELID AND pg_get_userbyid(c.relowner) = current_user);
BEGIN
  IF TG_OP = 'UPDATE' AND NOT is_owner THEN
    refused := grant_change_refused(OLD, NEW);
  END IF;
  IF refused IS NULL AND NEW.revoked_at IS NULL THEN
    IF NEW.parent_id IS NULL THEN
      IF NOT is_owner AND EXISTS (
        SELECT FROM workspace_grant g WHERE g.workspace_id = NEW.workspace_id AND g.parent_id IS NULL AND g.id <> NEW.id
      ) AND TG_OP = 'INSERT' THEN
        refused := 'a workspace has one root';
      END IF;
    ELSE
      SELECT g.* INTO parent FROM workspace_grant g WHERE g.workspace_id = NEW.workspace_id AND g.id = NEW.parent_id FOR SHARE;
      refused := CASE WHEN parent.id IS NULL THEN 'its parent is not there' ELSE grant_excess(NEW, parent, is_new) END;
      IF refused IS NULL AND TG_OP = 'INSERT' AND is_granted_to_above(NEW) THEN
        refused := 'nobody grants to themselves or to somebody above them';
      END IF;
    END IF;
    IF refused IS NULL AND TG_OP = 'UPDATE' AND NOT permissions_within(OLD.permissions, NEW.permissions) AND EXISTS (
      SELECT FROM workspace_grant g
      WHERE g.workspace_id = NEW.workspace_id AND g.parent_id = NEW.id AND g.revoked_at IS NULL
        AND NOT permissions_within(g.permissions, NEW.permissions)
    ) THEN
      refused := 'grants below it would exceed it';
    END IF;
  END IF;
  IF refused IS NOT NULL THEN
    RAISE EXCEPTION 'grant % does not narrow: %', NEW.id, refused
      USING ERRCODE = 'check_violation', CONSTRAINT = 'grant_narrows', TABLE = 'workspace_grant';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER grant_narrows AFTER INSERT OR UPDATE ON workspace_grant
FOR EACH ROW EXECUTE FUNCTION check_grant_narrows();

-- The live grants of members and keys, with who holds them and each grant above: a climb over live links that has reached a root.
-- A link is live when it is neither revoked nor suspended, has begun, has not expired, and is held by an active member or a valid key.
-- A function with a plan that is kept, since planning takes four times as long as running; the work is a few look-ups by key a link.
CREATE OR REPLACE FUNCTION live_chains(kinds text[], grantees uuid[], as_of timestamptz)
RETURNS TABLE (grant_id uuid, kind text, grantee uuid, permissions text[], scope text, account uuid, levels smallint, ends timestamptz,
  depth int, chain text[])
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY
  WITH RECURSIVE climb AS (
    SELECT g AS given, g.parent_id, 0 AS links, ARRAY[g.grantee_kind || ' ' || g.grantee_id] AS holders
    FROM unnest(kinds, grantees) AS wanted(kind, grantee)
    JOIN workspace_grant g ON g.workspace_id = tenure_workspace() AND g.grantee_id = wanted.grantee AND g.grantee_kind = wanted.kind
    WHERE g.revoked_at IS NULL AND g.suspended_at IS NULL
      AND (g.not_before IS NULL OR g.not_before <= as_of) AND (g.expires_at IS NULL OR g.expires_at > as_of)
      AND CASE g.grantee_kind
        WHEN 'member' THEN EXISTS (
          SELECT FROM workspace_member m WHERE m.workspace_id = tenure_workspace() AND m.id = g.grantee_id AND m.state = 'active')
        ELSE EXISTS (
          SELECT FROM workspace_apikey k WHERE k.workspace_id = tenure_workspace() AND k.id = g.grantee_id
            AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > as_of))
      END
    UNION ALL
    SELECT climb.given, g.parent_id, climb.links + 1, climb.holders || (g.grantee_kind || ' ' || g.grantee_id)
    FROM climb JOIN workspace_grant g ON g.workspace_id = tenure_workspace() AND g.id = climb.parent_id
    WHERE g.revoked_at IS NULL AND g.suspended_at IS NULL
      AND (g.not_before IS NULL OR g.not_before <= as_of) AND (g.expires_at IS NULL OR g.expires_at > as_of)
      AND CASE g.grantee_kind
        WHEN 'member' THEN EXISTS (
          SELECT FROM workspace_member m WHERE m.workspace_id = tenure_workspace() AND m.id = g.grantee_id AND m.state = 'active')
        ELSE EXISTS (
          SELECT FROM workspace_apikey k WHERE k.workspace_id = tenure_workspace() AND k.id = g.grantee_id
            AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > as_of))
      END
  )
  SELECT (given).id, (given).grantee_kind::text, (given).grantee_id, (given).permissions, (given).scope::text, (given).scope_account_id,
    (given).may_delegate, (given).expires_at, climb.links, climb.holders
  FROM climb WHERE climb.parent_id IS NULL;
END $$;
