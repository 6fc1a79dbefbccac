SET LOCAL ROLE hourglass_owner;

-- The one question: how many distinct users, clicks and impressions lie in [at - 1 hour, at], both ends included?
--
-- The window is the end of one clock hour and the beginning of the next. A user is in the first part exactly when they
-- were last seen in that hour at or after its beginning, and in the second exactly when they were first seen in that
-- hour at or before its end; so user_hour is enough, for every instant. Clicks and impressions are the sum of whole
-- seconds. What the aggregates cannot say comes from the events: hours that are open or touched, and the fractions
-- of a second at both ends, the instant `at` among them.
CREATE FUNCTION rollup(site integer, at timestamptz, OUT unique_users bigint, OUT clicks bigint, OUT impressions bigint)
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    low             timestamptz := at - INTERVAL '1 hour';
    first_hour      timestamptz := date_trunc('hour', low, 'UTC');
    second_hour     timestamptz := first_hour + INTERVAL '1 hour';
    first_is_ready  boolean := is_aggregated(site, first_hour);
    second_is_ready boolean := is_aggregated(site, second_hour);
    -- Events are read in [low, first_end) and [second_start, at].
    first_end       timestamptz := second_hour;
    second_start    timestamptz := second_hour;
BEGIN
    IF first_is_ready THEN
        first_end := date_trunc('second', low + INTERVAL '999999 microseconds', 'UTC');
    END IF;
    IF second_is_ready THEN
        second_start := date_trunc('second', at, 'UTC');
    END IF;

    WITH raw AS MATERIALIZED (
        SELECT user_id,
               count(*) FILTER (WHERE kind = 1) AS clicks,
               count(*) FILTER (WHERE kind = 2) AS impressions
          FROM (
            SELECT e.user_id, e.kind FROM event AS e
             WHERE e.site_id = site AND e.ts >= low AND e.ts < first_end
            UNION ALL
            SELECT e.user_id, e.kind FROM event AS e
             WHERE e.site_id = site AND e.ts >= second_start AND e.ts <= at
          ) AS e
         GROUP BY user_id
    ), seen AS (
        SELECT u.user_id FROM user_hour AS u
         WHERE first_is_ready AND u.site_id = site AND u.hour = first_hour AND u.last_seen >= low
        UNION
        SELECT u.user_id FROM user_hour AS u
         WHERE second_is_ready AND u.site_id = site AND u.hour = second_hour AND u.first_seen <= at
        UNION
        SELECT raw.user_id FROM raw
    ), counted AS (
        SELECT s.clicks, s.impressions FROM second_count AS s
         WHERE first_is_ready AND s.site_id = site AND s.second >= first_end AND s.second < second_hour
        UNION ALL
        SELECT s.clicks, s.impressions FROM second_count AS s
         WHERE second_is_ready AND s.site_id = site AND s.second >= second_hour AND s.second < second_start
        UNION ALL
        SELECT raw.clicks, raw.impressions FROM raw
    )
    SELECT (SELECT count(*) FROM seen), coalesce(sum(counted.clicks), 0), coalesce(sum(counted.impressions), 0)
      INTO unique_users, clicks, impressions
      FROM counted;
END
$$;
