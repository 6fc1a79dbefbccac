-- The numbers of distinct users, clicks and impressions in [at - 1 hour, at], both ends included.
--
-- The window is the end of one clock hour and the beginning of the next. Where the hour has been rolled, the
-- answer for the whole second is stored, and only late events and fractions of a second have to be added. Elsewhere, as
-- where there are few events, the answer comes from the aggregates and the events.
CREATE OR REPLACE FUNCTION rollup(site integer, at timestamptz, OUT unique_users bigint, OUT clicks bigint, OUT impressions bigint)
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    rolled     record;
    x          integer     := floor(extract(epoch FROM at - date_trunc('hour', at, 'UTC')))::integer + 1;
    low        timestamptz := at - INTERVAL '1 hour';
    all_since  timestamptz;
    site_since timestamptz;
BEGIN
    SELECT kept.kept_since, (SELECT own.events_since FROM site_retention AS own WHERE own.site_id = site)
      INTO all_since, site_since
      FROM retention AS kept;
    -- Where the events have been dropped, only the counts of whole seconds are left.
    IF low < greatest(all_since, site_since) THEN
        at := date_trunc('second', at, 'UTC');
    END IF;
    IF low < site_since AND at >= site_since THEN
        -- Late events of the second hour may have to be compared with the users of the first.
        SELECT summed.* INTO unique_users, clicks, impressions FROM summed_old(site, at) AS summed;
        RETURN;
    END IF;
    SELECT r.unique_users[x] AS users, r.clicks[x] AS clicks, r.impressions[x] AS impressions
      INTO rolled
      FROM rolling_hour AS r
     WHERE r.hour = date_trunc('hour', at, 'UTC') AND r.site_id = site
       AND NOT EXISTS (
        SELECT FROM touched_hour AS touched
         WHERE touched.hour IN (r.hour - INTERVAL '1 hour', r.hour) AND touched.site_id IN (site, every_site())
     );
    IF FOUND THEN
        SELECT rolled.users + late.users, rolled.clicks + late.clicks, rolled.impressions + late.impressions
          INTO unique_users, clicks, impressions
          FROM beyond_rolled(site, at) AS late;
    ELSIF low < site_since THEN
        SELECT summed.* INTO unique_users, clicks, impressions FROM summed_old(site, at) AS summed;
    ELSE
        SELECT summed.* INTO unique_users, clicks, impressions FROM summed(site, at) AS summed;
    END IF;
END
$$;

-- Corrects the stored answer of the last whole second for two things it cannot know: late events, and the fractions of
-- a second at both ends of the window.
--
-- `known` is the state that rolling_hour was made from: the aggregates, or for late events the values noted with them.
-- A user changes the answer if the window holds them and the rolled one does not, or the other way round. Only users
-- with a late event, or with an event in one of the two fractions of a second, can do so.
CREATE OR REPLACE FUNCTION beyond_rolled(site integer, at timestamptz, OUT users bigint, OUT clicks bigint, OUT impressions bigint)
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    low         timestamptz := at - INTERVAL '1 hour';
    rolled_at   timestamptz := date_trunc('second', at, 'UTC');
    rolled_low  timestamptz := rolled_at - INTERVAL '1 hour';
    first_hour  timestamptz := date_trunc('hour', low, 'UTC');
    second_hour timestamptz := first_hour + INTERVAL '1 hour';
BEGIN
    WITH late AS (
        SELECT sum(s.clicks - s.known_clicks) AS clicks, sum(s.impressions - s.known_impressions) AS impressions
          FROM late_second AS s
         WHERE s.site_id = site AND s.second >= rolled_low AND s.second < rolled_at
        UNION ALL
        SELECT s.sharp_clicks - s.known_sharp_clicks, s.sharp_impressions - s.known_sharp_impressions
          FROM late_second AS s
         WHERE s.site_id = site AND s.second = rolled_at
    )
    SELECT coalesce(sum(late.clicks), 0), coalesce(sum(late.impressions), 0) INTO clicks, impressions FROM late;

    IF at = rolled_at AND NOT EXISTS (
        SELECT FROM late_user AS l WHERE l.site_id = site AND l.hour IN (first_hour, second_hour)
    ) THEN
        users := 0;
        RETURN;
    END IF;

    WITH fraction AS MATERIALIZED (
        SELECT e.user_id, e.kind, 1 AS sign FROM event AS e
         WHERE e.site_id = site AND e.ts > rolled_at AND e.ts <= at
        UNION ALL
        SELECT e.user_id, e.kind, -1 FROM event AS e
         WHERE e.site_id = site AND e.ts >= rolled_low AND e.ts < low
    ), candidate AS (
        SELECT fraction.user_id FROM fraction
        UNION
        SELECT l.user_id FROM late_user AS l
         WHERE l.site_id = site AND l.hour = first_hour AND l.last_seen >= low AND coalesce(l.known_last < low, true)
        UNION
        SELECT l.user_id FROM late_user AS l
         WHERE l.site_id = site AND l.hour = second_hour AND l.first_seen <= at AND coalesce(l.known_first > at, true)
    ), seen AS (
        SELECT CASE WHEN first_late.user_id IS NULL THEN first_known.last_seen ELSE first_late.known_last END AS known_last,
               CASE WHEN second_late.user_id IS NULL THEN second_known.first_seen ELSE second_late.known_first END
                   AS known_first,
               first_late.last_seen AS late_last,
               second_late.first_seen AS late_first
          FROM candidate
          LEFT JOIN late_user AS first_late
            ON first_late.hour = first_hour AND first_late.site_id = site AND first_late.user_id = candidate.user_id
          LEFT JOIN late_user AS second_late
            ON second_late.hour = second_hour AND second_late.site_id = site AND second_late.user_id = candidate.user_id
          -- One by one, by the index: the planner may take an hour that was filled a moment ago for empty, and compare
          -- all its users with all candidates.
          LEFT JOIN LATERAL (
            SELECT u.last_seen FROM hourglass_read.kept_user_hour AS u
             WHERE u.hour = first_hour AND u.site_id = site AND u.user_id = candidate.user_id
             LIMIT 1
          ) AS first_known ON true
          LEFT JOIN LATERAL (
            SELECT u.first_seen FROM hourglass_read.kept_user_hour AS u
             WHERE u.hour = second_hour AND u.site_id = site AND u.user_id = candidate.user_id
             LIMIT 1
          ) AS second_known ON true
    ), counted AS (
        SELECT coalesce(greatest(known_last, late_last) >= low OR least(known_first, late_first) <= at, false)::integer
                   - coalesce(known_last >= rolled_low OR known_first <= rolled_at, false)::integer AS change
          FROM seen
    )
    SELECT (SELECT coalesce(sum(change), 0) FROM counted),
           clicks + (SELECT coalesce(sum(sign) FILTER (WHERE kind = 1), 0) FROM fraction),
           impressions + (SELECT coalesce(sum(sign) FILTER (WHERE kind = 2), 0) FROM fraction)
      INTO users, clicks, impressions;
END
$$;

-- The answer from the aggregates of the two hours and from the events.
--
-- A user is in the first part of the window exactly when they were last seen in that hour at or after its beginning,
-- and in the second exactly when they were first seen in that hour at or before its end; so user_hour is enough, for
-- every instant. Clicks and impressions are the sum of whole seconds, and of the instant `at` if it is the beginning of
-- one. The rest comes from the events: hours that are open, touched or have late events, and the fractions of a second at
-- both ends.
CREATE OR REPLACE FUNCTION summed(site integer, at timestamptz, OUT unique_users bigint, OUT clicks bigint, OUT impressions bigint)
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    low             timestamptz := at - INTERVAL '1 hour';
    first_hour      timestamptz := date_trunc('hour', low, 'UTC');
    second_hour     timestamptz := first_hour + INTERVAL '1 hour';
    first_is_ready  boolean := is_aggregated(site, first_hour);
    second_is_ready boolean := is_aggregated(site, second_hour);
    -- Whole seconds are counted in [first_end, counted_end), and events are read in [low, first_end) and
    -- [second_start, at].
    first_end       timestamptz := second_hour;
    counted_end     timestamptz := second_hour;
    second_start    timestamptz := second_hour;
BEGIN
    IF first_is_ready THEN
        first_end := date_trunc('second', low + INTERVAL '999999 microseconds', 'UTC');
    END IF;
    IF second_is_ready THEN
        counted_end := date_trunc('second', at, 'UTC');
        second_start := CASE WHEN at = counted_end THEN 'infinity' ELSE counted_end END;
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
        SELECT u.user_id FROM hourglass_read.kept_user_hour AS u
         WHERE first_is_ready AND u.site_id = site AND u.hour = first_hour AND u.last_seen >= low
        UNION
        SELECT u.user_id FROM hourglass_read.kept_user_hour AS u
         WHERE second_is_ready AND u.site_id = site AND u.hour = second_hour AND u.first_seen <= at
        UNION
        SELECT raw.user_id FROM raw
    ), counted AS (
        SELECT s.clicks, s.impressions FROM hourglass_read.kept_second_count AS s
         WHERE first_is_ready AND s.site_id = site AND s.second >= first_end AND s.second < second_hour
        UNION ALL
        SELECT s.clicks, s.impressions FROM hourglass_read.kept_second_count AS s
         WHERE second_is_ready AND s.site_id = site AND s.second >= second_hour AND s.second < counted_end
        UNION ALL
        SELECT s.sharp_clicks, s.sharp_impressions FROM hourglass_read.kept_second_count AS s
         WHERE second_is_ready AND s.site_id = site AND s.second = at
        UNION ALL
        SELECT raw.clicks, raw.impressions FROM raw
    )
    SELECT (SELECT count(*) FROM seen), coalesce(sum(counted.clicks), 0), coalesce(sum(counted.impressions), 0)
      INTO unique_users, clicks, impressions
      FROM counted;
END
$$;

-- The same for a whole second whose window begins before the first event that the site keeps: the aggregates may have been
-- moved from there. Hours of days whose events are not deleted yet may still be touched, as for a forgotten user.
CREATE OR REPLACE FUNCTION summed_old(site integer, at timestamptz, OUT unique_users bigint, OUT clicks bigint, OUT impressions bigint)
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    low             timestamptz := at - INTERVAL '1 hour';
    first_hour      timestamptz := date_trunc('hour', low, 'UTC');
    second_hour     timestamptz := first_hour + INTERVAL '1 hour';
    first_is_ready  boolean := is_aggregated(site, first_hour);
    second_is_ready boolean := is_aggregated(site, second_hour);
BEGIN
    WITH raw AS MATERIALIZED (
        SELECT e.user_id, e.kind FROM event AS e
         WHERE NOT first_is_ready AND e.site_id = site AND e.ts >= low AND e.ts < second_hour
        UNION ALL
        SELECT e.user_id, e.kind FROM event AS e
         WHERE NOT second_is_ready AND e.site_id = site AND e.ts >= second_hour AND e.ts <= at
    ), seen AS (
        SELECT u.user_id FROM hourglass_read.user_hour AS u
         WHERE first_is_ready AND u.site_id = site AND u.hour = first_hour AND u.last_seen >= low
        UNION
        SELECT u.user_id FROM hourglass_read.user_hour AS u
         WHERE second_is_ready AND u.site_id = site AND u.hour = second_hour AND u.first_seen <= at
        UNION
        SELECT raw.user_id FROM raw
    ), counted AS (
        SELECT s.clicks, s.impressions FROM hourglass_read.second_count AS s
         WHERE first_is_ready AND s.site_id = site AND s.second >= low AND s.second < second_hour
        UNION ALL
        SELECT s.clicks, s.impressions FROM hourglass_read.second_count AS s
         WHERE second_is_ready AND s.site_id = site AND s.second >= second_hour AND s.second < at
        UNION ALL
        SELECT s.sharp_clicks, s.sharp_impressions FROM hourglass_read.second_count AS s
         WHERE second_is_ready AND s.site_id = site AND s.second = at
        UNION ALL
        SELECT (raw.kind = 1)::integer, (raw.kind = 2)::integer FROM raw
    )
    SELECT (SELECT count(*) FROM seen), coalesce(sum(counted.clicks), 0), coalesce(sum(counted.impressions), 0)
      INTO unique_users, clicks, impressions
      FROM counted;
END
$$;
