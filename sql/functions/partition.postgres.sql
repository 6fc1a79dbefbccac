-- Makes the partitions for events in these hours. It runs with the rights of the owner: the ingesting role may call it,
-- and owns no table.
CREATE OR REPLACE FUNCTION make_partitions(hours timestamptz[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    week      timestamptz;
    partition text;
BEGIN
    FOR week IN SELECT DISTINCT date_trunc('week', hour, 'UTC') FROM unnest(hours) AS hour ORDER BY 1 LOOP
        partition := 'event_' || to_char(week, 'YYYYMMDD');
        CONTINUE WHEN to_regclass('hourglass.' || partition) IS NOT NULL;
        -- Two writers may want the same week: the second waits here and finds it made. IF NOT EXISTS checks again, for
        -- to_regclass may answer from a cache of before the wait.
        PERFORM pg_advisory_xact_lock(hashtext('hourglass.make_partitions'));
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)',
            partition, week, week + INTERVAL '7 days'
        );
    END LOOP;
END
$$;
