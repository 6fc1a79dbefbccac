-- Makes the partitions of the days from yesterday to the day after tomorrow, so that batches need not check for them.
CREATE OR REPLACE FUNCTION prepare_hours() RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    today timestamptz := date_trunc('day', now(), 'UTC');
BEGIN
    IF today + INTERVAL '3 days' <= (SELECT ready_until FROM open_hour) THEN
        RETURN;
    END IF;
    PERFORM make_partitions(ARRAY(
        SELECT generate_series(today - INTERVAL '1 day', today + INTERVAL '2 days', INTERVAL '1 day')
    ));
    UPDATE open_hour SET ready_since = today - INTERVAL '1 day', ready_until = today + INTERVAL '3 days';
END
$$;

-- The site_id of a mark in touched_hour that is meant for all sites.
CREATE OR REPLACE FUNCTION every_site() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 0';

-- True if a site has an event in the windows that end in an hour.
CREATE OR REPLACE FUNCTION is_busy(hour timestamptz) RETURNS boolean
    LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT
          FROM site,
               -- In order of time, the first event of a site is found by the index, however many there are.
               LATERAL (
                SELECT FROM event
                 WHERE site_id = site.id AND ts >= hour - INTERVAL '1 hour' AND ts < hour + INTERVAL '1 hour'
                 ORDER BY ts
                 LIMIT 1
               ) AS found
     )
$$;

-- The first hour from a moment on in which a site has an event; NULL when there is none.
CREATE OR REPLACE FUNCTION next_busy_hour(moment timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE AS $$
    SELECT date_trunc('hour', min(first.ts), 'UTC')
      FROM site,
           LATERAL (SELECT ts FROM event WHERE site_id = site.id AND ts >= moment ORDER BY ts LIMIT 1) AS first
$$;

-- Closes the hours that ended at least `grace` ago, and marks those whose windows hold events in touched_hour, for all
-- sites at once. Writers wait meanwhile: of an hour with events only the first sites are asked, and hours without any are
-- passed over together.
CREATE OR REPLACE FUNCTION close_hours(grace interval) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    closed     timestamptz := (SELECT since FROM open_hour);
    new_border timestamptz := date_trunc('hour', clock_timestamp() - grace, 'UTC');
BEGIN
    IF new_border <= closed THEN
        RETURN;
    END IF;
    LOCK TABLE border_lock IN EXCLUSIVE MODE;
    UPDATE open_hour SET since = new_border;
    WHILE closed < new_border LOOP
        IF is_busy(closed) THEN
            INSERT INTO touched_hour (site_id, hour) VALUES (every_site(), closed);
            closed := closed + INTERVAL '1 hour';
        ELSE
            closed := coalesce(next_busy_hour(closed + INTERVAL '1 hour'), new_border);
        END IF;
    END LOOP;
END
$$;

-- True if the aggregates show every event of an hour.
CREATE OR REPLACE FUNCTION is_aggregated(site integer, wanted timestamptz) RETURNS boolean
    LANGUAGE sql STABLE AS $$
    SELECT wanted < (SELECT since FROM open_hour)
       AND NOT EXISTS (SELECT FROM touched_hour WHERE hour = wanted AND site_id IN (site, every_site()))
       AND NOT EXISTS (
        SELECT FROM late_second WHERE second >= wanted AND second < wanted + INTERVAL '1 hour' AND site_id = site
     )
$$;

-- The hours to refresh now, as seconds since 1970, the longest waiting first: one whose refresh was interrupted; those
-- in which nothing has been stored for `settle`; those in which something always is, after a longer time; and those
-- with so many late users that answering about them would become slow.
CREATE OR REPLACE FUNCTION touched_hours(settle interval) RETURNS SETOF bigint
    LANGUAGE sql STABLE AS $$
    SELECT extract(epoch FROM hour)::bigint
      FROM (
        SELECT hour, '-infinity'::timestamptz AS oldest
          FROM refresh_under_way
        UNION ALL
        SELECT hour, min(since)
          FROM touched_hour
         GROUP BY hour
        HAVING max(since) <= clock_timestamp() - settle OR min(since) <= clock_timestamp() - 10 * settle
        UNION ALL
        SELECT date_trunc('hour', second, 'UTC') AS hour, min(noted_at)
          FROM late_second
         GROUP BY 1
        HAVING max(noted_at) <= clock_timestamp() - settle OR min(noted_at) <= clock_timestamp() - 60 * settle
        UNION ALL
        SELECT hour, min(noted_at)
          FROM late_user
         GROUP BY hour
        HAVING count(*) >= 500
      ) AS waiting
     GROUP BY hour
     ORDER BY min(oldest)
     LIMIT 1000
$$;

-- The first hour whose aggregates do not show all its events.
CREATE OR REPLACE FUNCTION first_unfinished_hour() RETURNS timestamptz
    LANGUAGE sql STABLE AS $$
    SELECT least(
        (SELECT since FROM open_hour),
        (SELECT min(hour) FROM touched_hour),
        (SELECT min(hour) FROM refresh_under_way),
        (SELECT date_trunc('hour', min(second), 'UTC') FROM late_second)
    )
$$;
