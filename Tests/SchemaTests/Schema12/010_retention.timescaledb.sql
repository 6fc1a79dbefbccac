SET LOCAL ROLE hourglass_owner;

-- Drops the chunks of events that lie wholly before a moment; returns how many. Their aggregates stay, and so does what
-- is answered about them. A week waits in which an hour has still to be refreshed.
CREATE FUNCTION drop_events(before timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    border timestamptz;
BEGIN
    IF date_trunc('week', before) <= (SELECT kept_since FROM retention) THEN
        RETURN 0;
    END IF;
    -- Writers hold this lock shared, so none is about to store something in a week that goes.
    PERFORM pg_advisory_xact_lock(open_hour_lock());
    border := date_trunc('week', least(before, first_unfinished_hour()));
    UPDATE retention SET kept_since = greatest(kept_since, border);
    RETURN (SELECT count(*) FROM drop_chunks('hourglass.event', older_than => border));
END
$$;
REVOKE EXECUTE ON FUNCTION drop_events(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_events(timestamptz) TO hourglass_maintain;

ALTER TABLE event SET (
    timescaledb.enable_columnstore, timescaledb.segmentby = 'site_id', timescaledb.orderby = 'ts'
);

-- Compresses the oldest chunk of events that lies wholly before a moment and is not compressed; returns how many it was.
-- One at a time, because late events of the chunk wait until it is done. What comes late afterwards is stored beside the
-- compressed rows and counts like them.
CREATE FUNCTION compress_events(before timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    chunk regclass := (
        SELECT format('%I.%I', chunk_schema, chunk_name)
          FROM timescaledb_information.chunks
         WHERE hypertable_schema = 'hourglass' AND hypertable_name = 'event'
           AND range_end <= before AND NOT is_compressed
         ORDER BY range_end
         LIMIT 1
    );
BEGIN
    IF chunk IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM compress_chunk(chunk);
    RETURN 1;
END
$$;
REVOKE EXECUTE ON FUNCTION compress_events(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION compress_events(timestamptz) TO hourglass_maintain;
