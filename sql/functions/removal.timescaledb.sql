-- Deletes the aggregates of a removed site. A continuous aggregate that was refreshed would do so too, but lose the hours
-- whose events retention has dropped.
CREATE OR REPLACE FUNCTION remove_aggregates(site integer) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    part text;
BEGIN
    FOR part IN
        SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)
          FROM timescaledb_information.continuous_aggregates
         WHERE view_schema = 'hourglass'
    LOOP
        EXECUTE format('DELETE FROM %s WHERE site_id = $1', part) USING site;
    END LOOP;
END
$$;

-- Gives users of some hours other names in the aggregates, beneath the continuous aggregate, which cannot be refreshed
-- without their events.
CREATE OR REPLACE FUNCTION rename_aggregated(site integer, hours timestamptz[], names text[], others text[]) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'UPDATE %s AS u SET user_id = renamed.other FROM unnest($1, $2) AS renamed (name, other)
          WHERE u.site_id = $3 AND u.hour = ANY ($4) AND u.user_id = renamed.name', materialized('user_hour')
    ) USING names, others, site, hours;
END
$$;

-- Deletes the hits of a site on a day (UTC); returns their number. It names the day's chunk and no times, so that batches of
-- the columnstore, which are of one site, are deleted without being unpacked.
CREATE OR REPLACE FUNCTION delete_hits_of_day(site integer, day timestamptz) RETURNS bigint
    LANGUAGE plpgsql AS $$
DECLARE
    chunk   text;
    deleted bigint;
    total   bigint := 0;
BEGIN
    FOR chunk IN
        SELECT format('%I.%I', chunk_schema, chunk_name)
          FROM timescaledb_information.chunks
         WHERE hypertable_schema = 'hourglass' AND hypertable_name = 'hit'
           AND range_start = day AND range_end = day + INTERVAL '1 day'
    LOOP
        EXECUTE format('DELETE FROM %s WHERE site_id = $1', chunk) USING site;
        GET DIAGNOSTICS deleted = ROW_COUNT;
        total := total + deleted;
    END LOOP;
    IF total = 0 THEN
        DELETE FROM hit WHERE hit.site_id = site AND ts >= day AND ts < day + INTERVAL '1 day';
        GET DIAGNOSTICS total = ROW_COUNT;
    END IF;
    RETURN total;
END
$$;

-- Deletes the events of a site on a day (UTC), or in a compressed chunk that has some of the day: it names the chunk and no
-- times, so that no batch of the columnstore is unpacked, as one would be that goes on over midnight.
CREATE OR REPLACE FUNCTION delete_events_of_day(site integer, day timestamptz) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    chunk text;
BEGIN
    FOR chunk IN
        SELECT format('%I.%I', chunk_schema, chunk_name)
          FROM timescaledb_information.chunks
         WHERE hypertable_schema = 'hourglass' AND hypertable_name = 'event' AND is_compressed
           AND range_start < day + INTERVAL '1 day' AND range_end > day
    LOOP
        EXECUTE format('DELETE FROM %s WHERE site_id = $1', chunk) USING site;
    END LOOP;
    DELETE FROM event WHERE event.site_id = site AND ts >= day AND ts < day + INTERVAL '1 day';
END
$$;

-- Lets the transaction unpack as many rows of the columnstore as it has to: by default it fails beyond 100 000.
CREATE OR REPLACE FUNCTION allow_unpacking() RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true);
END
$$;
