-- Deletes the aggregates of a removed site.
CREATE OR REPLACE FUNCTION remove_aggregates(site integer) RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM user_hour WHERE site_id = site;
    DELETE FROM second_count WHERE site_id = site;
$$;

-- Gives users of some hours other names in the aggregates.
CREATE OR REPLACE FUNCTION rename_aggregated(site integer, hours timestamptz[], names text[], others text[]) RETURNS void
    LANGUAGE sql AS $$
    WITH former AS (
        DELETE FROM user_hour AS u
         WHERE u.site_id = site AND u.hour = ANY (hours) AND u.user_id = ANY (names)
        RETURNING u.*
    )
    INSERT INTO user_hour (site_id, hour, user_id, first_seen, last_seen, clicks, impressions)
    SELECT site_id, hour, renamed.other, first_seen, last_seen, clicks, impressions
      FROM former JOIN unnest(names, others) AS renamed (name, other) ON renamed.name = former.user_id
$$;

-- Deletes the hits of a site on a day (UTC); returns their number.
CREATE OR REPLACE FUNCTION delete_hits_of_day(site integer, day timestamptz) RETURNS bigint
    LANGUAGE plpgsql AS $$
DECLARE
    deleted bigint;
BEGIN
    DELETE FROM hit WHERE hit.site_id = site AND ts >= day AND ts < day + INTERVAL '1 day';
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

-- Deletes the events of a site on a day (UTC).
CREATE OR REPLACE FUNCTION delete_events_of_day(site integer, day timestamptz) RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM event WHERE event.site_id = site AND ts >= day AND ts < day + INTERVAL '1 day'
$$;

-- Does nothing: only TimescaleDB has compressed rows.
CREATE OR REPLACE FUNCTION allow_unpacking() RETURNS void
    LANGUAGE sql AS '';
