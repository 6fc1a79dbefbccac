SET LOCAL ROLE hourglass_owner;

-- Drops the weeks of events that lie wholly before a moment; returns how many. Their aggregates stay, and so does what
-- is answered about them. A week waits in which an hour has still to be refreshed.
CREATE FUNCTION drop_events(before timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    border    timestamptz;
    partition name;
    dropped   integer := 0;
BEGIN
    IF date_trunc('week', before) <= (SELECT kept_since FROM retention) THEN
        RETURN 0;
    END IF;
    -- Writers hold this lock shared, so none is about to store something in a week that goes.
    PERFORM pg_advisory_xact_lock(open_hour_lock());
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

-- On TimescaleDB this compresses old events; here there is nothing to do it with.
CREATE FUNCTION compress_events(before timestamptz) RETURNS integer
    LANGUAGE sql AS 'SELECT 0';
