-- Drops the weeks of events that lie wholly before a moment; returns their number. Their aggregates stay, and so do the
-- answers about them. A week in which an hour has still to be refreshed stays as well.
CREATE OR REPLACE FUNCTION drop_events(before timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    border    timestamptz;
    partition name;
    dropped   integer := 0;
BEGIN
    IF date_trunc('week', before) <= (SELECT kept_since FROM retention) THEN
        RETURN 0;
    END IF;
    -- Batches hold this lock shared, so none is about to store events in a week that is dropped.
    LOCK TABLE border_lock IN EXCLUSIVE MODE;
    border := date_trunc('week', least(before, first_unfinished_hour()));
    UPDATE retention SET kept_since = greatest(kept_since, border);
    FOR partition IN
        SELECT relname
          FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
         WHERE inhparent = 'event'::regclass AND relname < 'event_' || to_char(border, 'YYYYMMDD')
    LOOP
        EXECUTE format('DROP TABLE %I', partition);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE EXECUTE ON FUNCTION drop_events(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_events(timestamptz) TO hourglass_maintain;

-- Drops the weeks of hits before a border that close_dates has returned; returns their number. Nothing is dropped as long
-- as a date has still to be counted.
CREATE OR REPLACE FUNCTION drop_hits(border timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    partition name;
    dropped   integer := 0;
BEGIN
    IF NOT begin_dropping_hits(border) THEN
        RETURN 0;
    END IF;
    FOR partition IN
        SELECT relname
          FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
         WHERE inhparent = 'hit'::regclass AND relname < 'hit_' || to_char(border, 'YYYYMMDD')
    LOOP
        EXECUTE format('DROP TABLE %I', partition);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE EXECUTE ON FUNCTION drop_hits(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_hits(timestamptz) TO hourglass_maintain;

-- Does nothing: only TimescaleDB compresses events.
CREATE OR REPLACE FUNCTION compress_events(before timestamptz) RETURNS integer
    LANGUAGE sql AS 'SELECT 0';
