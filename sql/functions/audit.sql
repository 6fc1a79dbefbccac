-- Notes a change in the transaction that makes it.
CREATE OR REPLACE FUNCTION note_audit(actor text, actor_address text, act text, act_subject text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO audit (account, address, action, subject) VALUES (actor, actor_address, act, left(act_subject, 500))
$$;

-- A page of the audit log as JSON, the last change first.
--   before    the id before which the page ends; NULL for the last page
CREATE OR REPLACE FUNCTION audit_page(before bigint, page_size integer) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT coalesce(json_agg(json_build_object(
        'id', page.id, 'at', (extract(epoch FROM page.at) * 1000)::bigint, 'account', page.account,
        'address', page.address, 'action', page.action, 'subject', page.subject
    ) ORDER BY page.id DESC), '[]')::text
      FROM (
        SELECT * FROM audit WHERE before IS NULL OR id < before ORDER BY id DESC LIMIT page_size
      ) AS page
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['note_audit', 'audit_page'] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_registry', name);
    END LOOP;
END
$$;
