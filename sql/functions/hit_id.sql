-- The four tables of ids, in the order in which they are filled: a table for a day of arrival, `slot` the one of now.
-- An id is looked for in the table of now and in the two before it, so it is known for at least 48 hours; the fourth is
-- emptied before it is filled again (turn_hit_ids).

-- Makes a function for each table, so that the plan of its statement is kept: `take_hit_ids_N` takes ids while table N
-- is the one of now. Its arguments and its answer are those of take_hit_ids.
DO $make$
BEGIN
    FOR own IN 0..3 LOOP
        EXECUTE format(
            $function$
CREATE OR REPLACE FUNCTION take_hit_ids_%1$s(sites integer[], digests uuid[])
    RETURNS TABLE (site_id integer, digest uuid)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp
    -- One plan for all calls. Ids are found by subqueries, which can only use the index: a join that was planned while
    -- the table was small would read all of it later.
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
    -- In order, so that two writers with the same ids do not deadlock. What is not taken is there already, perhaps by a
    -- writer that the insert waited for.
    RETURN QUERY
    WITH wanted AS MATERIALIZED (
        SELECT DISTINCT id.site_id, id.digest FROM unnest(sites, digests) AS id (site_id, digest)
    ), earlier AS MATERIALIZED (
        SELECT wanted.site_id, wanted.digest FROM wanted
         WHERE (
                SELECT true FROM hit_id_%2$s AS known
                 WHERE known.site_id = wanted.site_id AND known.digest = wanted.digest
               ) OR (
                SELECT true FROM hit_id_%3$s AS known
                 WHERE known.site_id = wanted.site_id AND known.digest = wanted.digest
               )
    ), taken AS (
        INSERT INTO hit_id_%1$s AS new (site_id, digest)
        SELECT * FROM (SELECT * FROM wanted EXCEPT SELECT * FROM earlier) AS fresh
         ORDER BY fresh.site_id, fresh.digest
            ON CONFLICT DO NOTHING
        RETURNING new.site_id, new.digest
    )
    SELECT * FROM wanted EXCEPT SELECT * FROM taken;
END
$$
            $function$,
            own, (own + 3) % 4, (own + 2) % 4
        );
        EXECUTE format('REVOKE EXECUTE ON FUNCTION take_hit_ids_%s(integer[], uuid[]) FROM PUBLIC', own);
        EXECUTE format('GRANT EXECUTE ON FUNCTION take_hit_ids_%s(integer[], uuid[]) TO hourglass_ingest', own);
    END LOOP;
END
$make$;

-- Takes the ids of hits for the batch of this transaction. Returns those that were taken before, each with its site.
CREATE OR REPLACE FUNCTION take_hit_ids(sites integer[], digests uuid[])
    RETURNS TABLE (site_id integer, digest uuid)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    CASE (SELECT slot FROM hit_id_slot)
        WHEN 0 THEN RETURN QUERY SELECT * FROM take_hit_ids_0(sites, digests);
        WHEN 1 THEN RETURN QUERY SELECT * FROM take_hit_ids_1(sites, digests);
        WHEN 2 THEN RETURN QUERY SELECT * FROM take_hit_ids_2(sites, digests);
        WHEN 3 THEN RETURN QUERY SELECT * FROM take_hit_ids_3(sites, digests);
    END CASE;
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
