-- The weeks and days of events and hits lose rows to the retention of sites, to removed sites and to forgotten users. Most
-- get no others afterwards that could take the room, and autovacuum would wait until a fifth of them is dead. Only its owner
-- may vacuum a table, and no function can. So the table is set to be vacuumed from one dead row of a hundred on.

-- Sets the partition or chunk with the most dead rows so, unless all that have one of a hundred have been, and gathers its
-- statistics; returns its name, or NULL. One at a time, because the lock on it lasts as long as the transaction. A chunk of
-- the columnstore has few rows of many values each, and so no least number of dead ones but ten.
CREATE OR REPLACE FUNCTION hasten_vacuum() RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    target text := (
        SELECT known.oid::regclass
          FROM pg_class AS known
         WHERE known.relkind = 'r' AND known.relowner = current_user::regrole
           AND (known.relispartition OR known.relnamespace = to_regnamespace('_timescaledb_internal'))
           AND NOT coalesce(known.reloptions, '{}')::text LIKE '%autovacuum_vacuum_scale_factor%'
           AND pg_stat_get_dead_tuples(known.oid) > 10 + pg_stat_get_live_tuples(known.oid) / 100
         ORDER BY pg_stat_get_dead_tuples(known.oid) DESC, known.oid
         LIMIT 1
    );
BEGIN
    IF target IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format(
        'ALTER TABLE %s SET (
            autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 10,
            autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 10,
            toast.autovacuum_vacuum_scale_factor = 0.01, toast.autovacuum_vacuum_threshold = 10
        )', target
    );
    EXECUTE format('ANALYZE %s', target);
    RETURN target;
END
$$;
REVOKE EXECUTE ON FUNCTION hasten_vacuum() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hasten_vacuum() TO hourglass_maintain;
