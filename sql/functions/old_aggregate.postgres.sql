-- Waits for the refresh of an hour, and keeps others from beginning.
CREATE OR REPLACE FUNCTION lock_aggregates() RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE refresh_lock IN EXCLUSIVE MODE;
END
$$;

-- Moves the aggregates of a site between two moments to the tables of those whose events are deleted.
CREATE OR REPLACE FUNCTION move_aggregates(site integer, since timestamptz, until timestamptz) RETURNS void
    LANGUAGE sql AS $$
    WITH moved AS (
        DELETE FROM second_count AS s WHERE s.site_id = site AND s.second >= since AND s.second < until RETURNING s.*
    )
    INSERT INTO old_second_count (site_id, second, clicks, impressions, sharp_clicks, sharp_impressions)
    SELECT site_id, second, clicks, impressions, sharp_clicks, sharp_impressions FROM moved;
    WITH moved AS (
        DELETE FROM user_hour AS u WHERE u.site_id = site AND u.hour >= since AND u.hour < until RETURNING u.*
    )
    INSERT INTO old_user_hour (site_id, hour, user_id, first_seen, last_seen, clicks, impressions)
    SELECT site_id, hour, user_id, first_seen, last_seen, clicks, impressions FROM moved;
$$;
