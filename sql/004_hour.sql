SET LOCAL ROLE hourglass_owner;

-- Which hours do the aggregates answer for? An hour is open until it is well past; open hours are read from the events.
-- A closed hour is read from the aggregates unless it is touched, that is, unless something was stored in it that
-- they do not show yet.

-- The one row: every hour from here on is open.
CREATE TABLE open_hour (
    since timestamptz NOT NULL,
    one   boolean     PRIMARY KEY DEFAULT true CHECK (one)
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

-- Whether the aggregates show every event of this hour.
CREATE FUNCTION is_aggregated(site integer, wanted timestamptz) RETURNS boolean
    LANGUAGE sql STABLE AS $$
    SELECT wanted < (SELECT since FROM open_hour)
       AND NOT EXISTS (SELECT FROM touched_hour WHERE hour = wanted AND site_id = site)
$$;

-- The lock between writers, which hold it shared while they decide what is closed and until they commit,
-- and close_hours, which takes it alone to move the border.
CREATE FUNCTION open_hour_lock() RETURNS bigint
    LANGUAGE sql IMMUTABLE AS 'SELECT 5215575679192756';

-- Closes the hours that ended at least `grace` ago. Those with events are touched from then on.
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
      FROM site, generate_series(old_border, new_border - INTERVAL '1 hour', INTERVAL '1 hour') AS closed
     WHERE EXISTS (
        SELECT FROM event
         WHERE ts >= closed AND ts < closed + INTERVAL '1 hour' AND site_id = site.id
     );
END
$$;

-- The touched hours to refresh now, as seconds since 1970: those in which nothing has been stored for `settle`,
-- and those that have waited ten times as long because something always is. The oldest marks come first.
CREATE FUNCTION touched_hours(settle interval) RETURNS SETOF bigint
    LANGUAGE sql STABLE AS $$
    SELECT extract(epoch FROM hour)::bigint
      FROM touched_hour
     GROUP BY hour
    HAVING max(since) <= clock_timestamp() - settle OR min(since) <= clock_timestamp() - 10 * settle
     ORDER BY min(since)
     LIMIT 1000
$$;

GRANT SELECT ON open_hour TO hourglass_ingest, hourglass_read;
GRANT SELECT, UPDATE ON open_hour TO hourglass_maintain;
GRANT INSERT ON touched_hour TO hourglass_ingest;
GRANT SELECT ON touched_hour TO hourglass_read;
GRANT SELECT, INSERT, DELETE ON touched_hour TO hourglass_maintain;
GRANT SELECT ON site, event TO hourglass_read, hourglass_maintain;
