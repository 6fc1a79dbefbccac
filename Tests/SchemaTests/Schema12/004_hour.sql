SET LOCAL ROLE hourglass_owner;

-- An hour is open until it is well past. Open hours are read from the events. A closed hour is refreshed: its aggregates
-- are made from its events, and rolling_hour from them. What is stored in it afterwards is late, and noted in one of two
-- ways, so that every answer stays exact until the next refresh:
--   few late events    late_user and late_second hold, beside what rolling_hour shows, what it should show
--   many at once       touched_hour says that the hour is to be read from its events
-- An hour that has a row in touched_hour has none in the others.

-- The one row: every hour from here on is open. For those between the two others the table of events is ready.
CREATE TABLE open_hour (
    since       timestamptz NOT NULL,
    ready_since timestamptz NOT NULL DEFAULT 'infinity',
    ready_until timestamptz NOT NULL DEFAULT '-infinity',
    one         boolean     PRIMARY KEY DEFAULT true CHECK (one)
);
INSERT INTO open_hour (since) VALUES (date_trunc('hour', now(), 'UTC'));

-- One row: a batch stored events of a site in a closed hour. Each writer adds a row of its own, so writers do not
-- meet, and whoever refreshes the hour removes just the rows whose events it has seen.
CREATE TABLE touched_hour (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id integer     NOT NULL,
    hour    timestamptz NOT NULL,
    since   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX touched_hour_hour ON touched_hour (hour, site_id);

-- One row: the answers for the 3 600 seconds of a closed hour. Element 1 is the window that ends when the hour begins.
CREATE TABLE rolling_hour (
    site_id      integer     NOT NULL,
    hour         timestamptz NOT NULL,
    unique_users integer[]   NOT NULL,
    clicks       integer[]   NOT NULL,
    impressions  integer[]   NOT NULL,
    PRIMARY KEY (hour, site_id)
);

-- One row: a user with late events in an hour. `known` is what rolling_hour was made from, NULL for a user that it
-- has not seen in the hour.
CREATE TABLE late_user (
    site_id     integer          NOT NULL,
    hour        timestamptz      NOT NULL,
    user_id     text COLLATE "C" NOT NULL,
    first_seen  timestamptz      NOT NULL,
    last_seen   timestamptz      NOT NULL,
    known_first timestamptz,
    known_last  timestamptz,
    noted_at    timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (hour, site_id, user_id)
);

-- One row: a second with late events, with all that happened in it, and with what rolling_hour was made from.
CREATE TABLE late_second (
    site_id                 integer     NOT NULL,
    second                  timestamptz NOT NULL,
    clicks                  bigint      NOT NULL,
    impressions             bigint      NOT NULL,
    sharp_clicks            bigint      NOT NULL,
    sharp_impressions       bigint      NOT NULL,
    known_clicks            bigint      NOT NULL,
    known_impressions       bigint      NOT NULL,
    known_sharp_clicks      bigint      NOT NULL,
    known_sharp_impressions bigint      NOT NULL,
    noted_at                timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (second, site_id)
);

-- One row at most: the hour that is being refreshed, or whose refresh was interrupted. Its aggregates may be newer than
-- its rolling_hour, so it has to be refreshed before any other.
CREATE TABLE refresh_under_way (
    hour timestamptz PRIMARY KEY
);

-- The one row: events before this moment are dropped, and no more are taken. What the aggregates say of them stays.
CREATE TABLE retention (
    kept_since timestamptz NOT NULL,
    one        boolean     PRIMARY KEY DEFAULT true CHECK (one)
);
INSERT INTO retention (kept_since) VALUES ('-infinity');

-- Whether the aggregates show every event of this hour.
CREATE FUNCTION is_aggregated(site integer, wanted timestamptz) RETURNS boolean
    LANGUAGE sql STABLE AS $$
    SELECT wanted < (SELECT since FROM open_hour)
       AND NOT EXISTS (SELECT FROM touched_hour WHERE hour = wanted AND site_id = site)
       AND NOT EXISTS (
        SELECT FROM late_second WHERE second >= wanted AND second < wanted + INTERVAL '1 hour' AND site_id = site
     )
$$;

-- The lock between writers, which hold it shared while they decide what is closed and until they commit,
-- and close_hours, which takes it alone to move the border.
CREATE FUNCTION open_hour_lock() RETURNS bigint
    LANGUAGE sql IMMUTABLE AS 'SELECT 5215575679192756';

-- The lock of late_user and late_second. Who writes them holds it alone until the commit, and so does a refresh
-- while it puts its results in place; who marks whole hours holds it shared.
CREATE FUNCTION late_lock() RETURNS bigint
    LANGUAGE sql IMMUTABLE AS 'SELECT 5215575679192757';

-- Makes the table of events ready for yesterday and the next days, so that batches need not look.
CREATE FUNCTION prepare_hours() RETURNS void
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

-- Closes the hours that ended at least `grace` ago. Those whose windows hold events are touched from then on.
CREATE FUNCTION close_hours(grace interval) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    old_border timestamptz := (SELECT since FROM open_hour);
    new_border timestamptz := date_trunc('hour', clock_timestamp() - grace, 'UTC');
BEGIN
    IF new_border <= old_border THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(open_hour_lock());
    UPDATE open_hour SET since = new_border;
    INSERT INTO touched_hour (site_id, hour)
    SELECT site.id, closed
      FROM site, generate_series(old_border, new_border - INTERVAL '1 hour', INTERVAL '1 hour') AS closed,
           -- Writers wait meanwhile. In order of time, the first event is found by the index, however many there are.
           LATERAL (
            SELECT FROM event
             WHERE ts >= closed - INTERVAL '1 hour' AND ts < closed + INTERVAL '1 hour'
             ORDER BY ts
             LIMIT 1
           ) AS busy;
END
$$;

-- The hours to refresh now, as seconds since 1970, the longest waiting first: one whose refresh was interrupted; those
-- in which nothing has been stored for `settle`; those that have waited long because something always is; and those
-- with so many late users that answering about them would become slow.
CREATE FUNCTION touched_hours(settle interval) RETURNS SETOF bigint
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
CREATE FUNCTION first_unfinished_hour() RETURNS timestamptz
    LANGUAGE sql STABLE AS $$
    SELECT least(
        (SELECT since FROM open_hour),
        (SELECT min(hour) FROM touched_hour),
        (SELECT min(hour) FROM refresh_under_way),
        (SELECT date_trunc('hour', min(second), 'UTC') FROM late_second)
    )
$$;

GRANT SELECT ON open_hour TO hourglass_ingest;
GRANT SELECT, UPDATE ON open_hour TO hourglass_maintain;
GRANT SELECT ON retention TO hourglass_maintain;
GRANT SELECT, INSERT, DELETE ON touched_hour, refresh_under_way TO hourglass_maintain;
GRANT SELECT, INSERT, UPDATE, DELETE ON rolling_hour, late_user, late_second TO hourglass_maintain;
GRANT SELECT ON site, event TO hourglass_maintain;
