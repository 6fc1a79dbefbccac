-- The four tables of ids, in the order in which they are filled: a table for a day of arrival, `slot` the one of now.
-- An id is looked for in the table of now and in the two before it, so it is known for at least 48 hours; the fourth is
-- emptied before it is filled again (turn_hit_ids).

-- Takes the ids of hits for the batch of this transaction. Returns those that were taken before, each with its site.
CREATE OR REPLACE FUNCTION take_hit_ids(sites integer[], digests uuid[])
    RETURNS TABLE (site_id integer, digest uuid)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    own integer := (SELECT slot FROM hit_id_slot);
BEGIN
    -- In order, so that two writers with the same ids do not deadlock. What is not taken is there already, perhaps by a
    -- writer that the insert waited for.
    RETURN QUERY EXECUTE format(
        $query$
        WITH wanted AS MATERIALIZED (
            SELECT DISTINCT id.site_id, id.digest FROM unnest($1, $2) AS id (site_id, digest)
        ), earlier AS MATERIALIZED (
            SELECT wanted.site_id, wanted.digest FROM wanted JOIN hit_id_%s AS known USING (site_id, digest)
             UNION ALL
            SELECT wanted.site_id, wanted.digest FROM wanted JOIN hit_id_%s AS known USING (site_id, digest)
        ), taken AS (
            INSERT INTO hit_id_%s AS new (site_id, digest)
            SELECT * FROM (SELECT * FROM wanted EXCEPT SELECT * FROM earlier) AS fresh
             ORDER BY fresh.site_id, fresh.digest
                ON CONFLICT DO NOTHING
            RETURNING new.site_id, new.digest
        )
        SELECT * FROM wanted EXCEPT SELECT * FROM taken
        $query$,
        (own + 3) % 4, (own + 2) % 4, own
    ) USING sites, digests;
END
$$;
REVOKE EXECUTE ON FUNCTION take_hit_ids(integer[], uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_hit_ids(integer[], uuid[]) TO hourglass_ingest;

-- Goes on to the next table of ids when the one of now is a day old; empties it before. Waits for the batches under
-- way, so that all of them look into the table that the last one filled.
CREATE OR REPLACE FUNCTION turn_hit_ids() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    next integer;
BEGIN
    IF (SELECT since FROM hit_id_slot) > now() - INTERVAL '1 day' THEN
        RETURN;
    END IF;
    LOCK TABLE border_lock IN EXCLUSIVE MODE;
    SELECT (slot + 1) % 4 INTO next FROM hit_id_slot;
    EXECUTE format('TRUNCATE hit_id_%s', next);
    UPDATE hit_id_slot SET slot = next, since = now();
END
$$;
REVOKE EXECUTE ON FUNCTION turn_hit_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION turn_hit_ids() TO hourglass_maintain;
