-- The answers for the seconds of an hour, from the aggregates of that hour and the one before. They are read by the views,
-- which have those of sites too whose events are deleted.
--
-- At the second x of the hour a user of the hour before counts up to the x of their last event there, and a user of the
-- hour itself from the x of their first event on: at most two runs, and one where they meet. So +1 where a run begins,
-- -1 after it ends, and a running sum are the unique users of every second.
CREATE OR REPLACE FUNCTION rolling(site integer, target timestamptz) RETURNS rolling_hour
    LANGUAGE sql STABLE AS $$
    WITH before AS (
        SELECT user_id, floor(extract(epoch FROM last_seen - target))::integer + 3600 AS last
          FROM hourglass_read.user_hour
         WHERE site_id = site AND hour = target - INTERVAL '1 hour'
    ), during AS (
        SELECT user_id, ceil(extract(epoch FROM first_seen - target))::integer AS first
          FROM hourglass_read.user_hour
         WHERE site_id = site AND hour = target
    ), runs AS (
        SELECT before.last, during.first FROM before FULL JOIN during USING (user_id)
    ), change (x, users) AS (
        SELECT 0, count(*) FROM runs WHERE last IS NOT NULL
        UNION ALL
        SELECT last + 1, -count(*) FROM runs WHERE first IS NULL OR first > last + 1 GROUP BY last
        UNION ALL
        SELECT first, count(*) FROM runs WHERE last IS NULL OR first > last + 1 GROUP BY first
    ), counted AS (
        SELECT extract(epoch FROM second - target)::integer + 3600 AS x,
               clicks, impressions, sharp_clicks, sharp_impressions
          FROM hourglass_read.second_count
         WHERE site_id = site AND second >= target - INTERVAL '1 hour' AND second < target + INTERVAL '1 hour'
    ), totals AS (
        -- The counts before x, from the beginning of the hour before.
        SELECT x, counted.sharp_clicks, counted.sharp_impressions,
               sum(counted.clicks) OVER earlier AS clicks, sum(counted.impressions) OVER earlier AS impressions
          FROM generate_series(0, 7199) AS x LEFT JOIN counted USING (x)
        WINDOW earlier AS (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), answer AS (
        SELECT early.x, coalesce(changed.users, 0) AS users,
               coalesce(late.clicks, 0) - coalesce(early.clicks, 0) + coalesce(late.sharp_clicks, 0) AS clicks,
               coalesce(late.impressions, 0) - coalesce(early.impressions, 0)
                   + coalesce(late.sharp_impressions, 0) AS impressions
          FROM totals AS early
          JOIN totals AS late ON late.x = early.x + 3600
          LEFT JOIN (SELECT x, sum(users) AS users FROM change GROUP BY x) AS changed ON changed.x = early.x
    ), running AS (
        SELECT x, sum(users) OVER (ORDER BY x) AS users, clicks, impressions FROM answer
    )
    SELECT site, target,
           array_agg(users::integer ORDER BY x),
           array_agg(clicks::integer ORDER BY x),
           array_agg(impressions::integer ORDER BY x)
      FROM running
$$;

-- The number of events in the two hours of a window from which on the answers for its seconds are stored. With fewer,
-- as at a quiet site, the rows of the aggregates are about as many as the changes of the answers, and are read instead.
CREATE OR REPLACE FUNCTION rolled_from() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 400';

-- Replaces the stored answers of an hour, and of the one after if that is closed, and compares the late events of the
-- hour with its aggregates again. Late events that the aggregates show by now are deleted.
CREATE OR REPLACE FUNCTION roll(target timestamptz) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    next_hour timestamptz := target + INTERVAL '1 hour';
    rolled    rolling_hour[];
BEGIN
    -- The long part, before the lock is taken.
    rolled := ARRAY(
        SELECT rolling(busy.site_id, wanted)
          FROM unnest(ARRAY[target, next_hour]) AS wanted,
               LATERAL (
                SELECT site_id
                  FROM (
                    SELECT site_id, clicks + impressions AS events
                      FROM second_count
                     WHERE second >= wanted - INTERVAL '1 hour' AND second < wanted + INTERVAL '1 hour'
                    UNION ALL
                    SELECT own.site_id, moved.events
                      FROM site_retention AS own,
                           -- Site by site, by the index: there are as many rows as seconds at most.
                           LATERAL (
                            SELECT old.clicks + old.impressions AS events
                              FROM old_second_count AS old
                             WHERE old.site_id = own.site_id
                               AND old.second >= wanted - INTERVAL '1 hour' AND old.second < wanted + INTERVAL '1 hour'
                             LIMIT 7200
                           ) AS moved
                     WHERE own.deleted_until > wanted - INTERVAL '1 hour'
                  ) AS counted
                 GROUP BY site_id
                HAVING sum(events) >= rolled_from()
               ) AS busy
         WHERE wanted < (SELECT since FROM open_hour)
    );

    LOCK TABLE late_lock IN EXCLUSIVE MODE;
    DELETE FROM rolling_hour WHERE hour IN (target, next_hour);
    INSERT INTO rolling_hour SELECT * FROM unnest(rolled);

    UPDATE late_user AS late
       SET known_first = known.first_seen, known_last = known.last_seen
      FROM user_hour AS known
     WHERE late.hour = target AND known.hour = target AND known.site_id = late.site_id AND known.user_id = late.user_id;
    DELETE FROM late_user WHERE hour = target AND known_first <= first_seen AND known_last >= last_seen;

    UPDATE late_second AS late
       SET known_clicks = known.clicks, known_impressions = known.impressions,
           known_sharp_clicks = known.sharp_clicks, known_sharp_impressions = known.sharp_impressions
      FROM second_count AS known
     WHERE late.second >= target AND late.second < next_hour
       AND known.second = late.second AND known.site_id = late.site_id;
    DELETE FROM late_second
     WHERE second >= target AND second < next_hour
       AND clicks = known_clicks AND impressions = known_impressions
       AND sharp_clicks = known_sharp_clicks AND sharp_impressions = known_sharp_impressions;
END
$$;
