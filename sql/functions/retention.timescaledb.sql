-- Drops the chunks of events that lie wholly before a moment; returns their number. Their aggregates stay, and so do the
-- answers about them. A week in which an hour has still to be refreshed stays as well.
CREATE OR REPLACE FUNCTION drop_events(before timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    border timestamptz;
BEGIN
    IF date_trunc('week', before) <= (SELECT kept_since FROM retention) THEN
        RETURN 0;
    END IF;
    -- Batches hold this lock shared, so none is about to store events in a week that is dropped.
    LOCK TABLE border_lock IN EXCLUSIVE MODE;
    border := date_trunc('week', least(before, first_unfinished_hour()));
    UPDATE retention SET kept_since = greatest(kept_since, border);
    RETURN (SELECT count(*) FROM drop_chunks('hourglass.event', older_than => border));
END
$$;
REVOKE EXECUTE ON FUNCTION drop_events(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_events(timestamptz) TO hourglass_maintain;

-- Drops the chunks of hits before a border that close_dates has returned; returns their number. Nothing is dropped as
-- long as a date has still to be counted.
CREATE OR REPLACE FUNCTION drop_hits(border timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
BEGIN
    IF NOT begin_dropping_hits(border) THEN
        RETURN 0;
    END IF;
    DELETE FROM arrival WHERE quarter < border;
    RETURN (SELECT count(*) FROM drop_chunks('hourglass.hit', older_than => border));
END
$$;
REVOKE EXECUTE ON FUNCTION drop_hits(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_hits(timestamptz) TO hourglass_maintain;

-- The size of the rows beside a compressed chunk, in bytes, from which it is compressed again.
CREATE OR REPLACE FUNCTION least_rows_beside() RETURNS bigint
    LANGUAGE sql IMMUTABLE AS 'SELECT 1048576::bigint';

-- Compresses the oldest chunk of events or hits that lies wholly before a moment and is not compressed, or has got many rows
-- since; returns 1, or 0 when there is none. One at a time, because late events of the chunk wait until it is done. Later
-- events of the chunk are stored beside the compressed rows and count like them.
CREATE OR REPLACE FUNCTION compress_events(before timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    chunk regclass := (
        SELECT format('%I.%I', known.chunk_schema, known.chunk_name)
          FROM timescaledb_information.chunks AS known
         WHERE known.hypertable_schema = 'hourglass' AND known.hypertable_name IN ('event', 'hit')
           AND known.range_end <= before
           AND (NOT known.is_compressed OR has_rows_beside(known.chunk_schema, known.chunk_name))
         ORDER BY known.range_end
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

-- True if a compressed chunk has got rows since that take much room. Bit 8 of the status tells that there are any.
CREATE OR REPLACE FUNCTION has_rows_beside(schema name, chunk name) RETURNS boolean
    LANGUAGE sql STABLE AS $$
    SELECT known.status & 8 <> 0 AND pg_relation_size(format('%I.%I', schema, chunk)) >= least_rows_beside()
      FROM _timescaledb_catalog.chunk AS known
     WHERE known.schema_name = schema AND known.table_name = chunk
$$;
