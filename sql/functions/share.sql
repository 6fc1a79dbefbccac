CREATE OR REPLACE TRIGGER changed AFTER INSERT OR UPDATE OF revoked_at, label, filters, password OR DELETE ON share
    FOR EACH STATEMENT EXECUTE FUNCTION note_registry_change();

-- Adds a link to the reports of a site; returns its id.
CREATE OR REPLACE FUNCTION add_share(wanted text, share_label text, share_filters jsonb, share_digest bytea)
    RETURNS integer
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO share (site_id, label, filters, digest)
    VALUES (site_named(wanted), share_label, share_filters, share_digest)
    RETURNING id
$$;

-- Adds a link whose pages ask for a password, of which share_password is the hash; returns its id.
CREATE OR REPLACE FUNCTION add_guarded_share(
    wanted text, share_label text, share_filters jsonb, share_digest bytea, share_password text
) RETURNS integer
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO share (site_id, label, filters, digest, password)
    VALUES (site_named(wanted), share_label, share_filters, share_digest, share_password)
    RETURNING id
$$;

-- Gives a link another password by its hash, or takes it away by NULL; returns the id of the link.
CREATE OR REPLACE FUNCTION set_share_password(wanted integer, share_password text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    UPDATE share SET password = share_password WHERE id = wanted AND revoked_at IS NULL;
    IF NOT FOUND THEN
        PERFORM refuse_change(format('there is no share link %s that is not revoked', wanted));
    END IF;
    RETURN wanted;
END
$$;

-- Revokes a link; returns the version of the registry from which on no server takes it.
CREATE OR REPLACE FUNCTION revoke_share(wanted integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM share WHERE id = wanted) THEN
        PERFORM refuse_change(format('there is no share link %s', wanted));
    END IF;
    UPDATE share SET revoked_at = now() WHERE id = wanted AND revoked_at IS NULL;
    RETURN (SELECT version FROM registry_version);
END
$$;

-- Notes the last use of links.
CREATE OR REPLACE FUNCTION note_share_uses(shares integer[], times bigint[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    UPDATE share AS own SET used_at = greatest(own.used_at, to_timestamp(used.at))
      FROM unnest(shares, times) AS used (share, at)
     WHERE own.id = used.share
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'add_share', 'add_guarded_share', 'set_share_password', 'revoke_share', 'note_share_uses'
    ] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %I FROM PUBLIC', name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I TO hourglass_registry', name);
    END LOOP;
    -- Servers note uses over the connections by which they write.
    GRANT EXECUTE ON FUNCTION note_share_uses TO hourglass_ingest;
END
$$;
