-- The table beneath a continuous aggregate.
CREATE OR REPLACE FUNCTION materialized(aggregate name) RETURNS text
    LANGUAGE sql STABLE AS $$
    SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)
      FROM timescaledb_information.continuous_aggregates
     WHERE view_schema = 'hourglass' AND view_name = aggregate
$$;

-- Waits for the refresh of an hour, and keeps others from changing the aggregates.
CREATE OR REPLACE FUNCTION lock_aggregates() RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'LOCK TABLE ONLY %s, ONLY %s IN SHARE ROW EXCLUSIVE MODE', materialized('second_count'), materialized('user_hour')
    );
END
$$;

-- Moves the aggregates of a site between two moments to the tables of those whose events are deleted: from beneath the
-- continuous aggregates, which cannot be refreshed without their events.
CREATE OR REPLACE FUNCTION move_aggregates(site integer, since timestamptz, until timestamptz) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'WITH moved AS (
            DELETE FROM %s AS s WHERE s.site_id = $1 AND s.second >= $2 AND s.second < $3 RETURNING s.*
        )
        INSERT INTO old_second_count (site_id, second, clicks, impressions, sharp_clicks, sharp_impressions)
        SELECT site_id, second, clicks, impressions, sharp_clicks, sharp_impressions FROM moved',
        materialized('second_count')
    ) USING site, since, until;
    EXECUTE format(
        'WITH moved AS (
            DELETE FROM %s AS u WHERE u.site_id = $1 AND u.hour >= $2 AND u.hour < $3 RETURNING u.*
        )
        INSERT INTO old_user_hour (site_id, hour, user_id, first_seen, last_seen, clicks, impressions)
        SELECT site_id, hour, user_id, first_seen, last_seen, clicks, impressions FROM moved',
        materialized('user_hour')
    ) USING site, since, until;
END
$$;
