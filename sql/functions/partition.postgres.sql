-- Makes the partitions for events and hits in these hours. It runs with the rights of the owner: the ingesting role may
-- call it, and owns no table.
CREATE OR REPLACE FUNCTION make_partitions(hours timestamptz[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    week      timestamptz;
    parent    text;
    partition text;
BEGIN
    FOR week, parent IN
        SELECT DISTINCT date_trunc('week', hour, 'UTC'), name
          FROM unnest(hours) AS hour, unnest(ARRAY['event', 'hit']) AS name
         ORDER BY 1, 2
    LOOP
        partition := parent || '_' || to_char(week, 'YYYYMMDD');
        CONTINUE WHEN to_regclass('hourglass.' || partition) IS NOT NULL;
        -- Two writers may want the same week: the second waits here and finds it made. IF NOT EXISTS checks again, for
        -- to_regclass may answer from a cache of before the wait.
        LOCK TABLE partition_lock IN EXCLUSIVE MODE;
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
            partition, parent, week, week + INTERVAL '7 days'
        );
    END LOOP;
END
$$;
