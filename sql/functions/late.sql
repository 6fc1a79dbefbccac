-- The advisory lock on late_user and late_second, held until the commit: exclusive for a batch that notes events in
-- them and for a refresh that replaces its results; shared for a batch that marks whole hours.
CREATE OR REPLACE FUNCTION late_lock() RETURNS bigint
    LANGUAGE sql IMMUTABLE AS 'SELECT 5215575679192757';

-- The late events of a batch as rows, from the arrays that open_batch takes: users in hexadecimal, times in
-- milliseconds since 1970.
CREATE OR REPLACE FUNCTION late_events(users text[], kinds integer[], times bigint[])
    RETURNS TABLE (user_id text, kind integer, ts timestamptz)
    LANGUAGE sql IMMUTABLE AS $$
    SELECT convert_from(decode(hex, 'hex'), 'UTF8') COLLATE "C",
           kind,
           to_timestamp(ms / 1000) + (ms % 1000) * INTERVAL '1 millisecond'
      FROM unnest(users, kinds, times) AS late (hex, kind, ms)
$$;

-- Notes the events that a batch stores in closed hours. They are noted one by one in hours whose windows are in the
-- aggregates, if the batch names all that it has before `named_before`; the other hours are marked in touched_hour as a
-- whole, and earlier notes of them are deleted. Fails with HG010 when retention has dropped one of the hours; the detail is the
-- first moment that is kept, in milliseconds since 1970.
CREATE OR REPLACE FUNCTION note_late(
    site integer, closed timestamptz[], named_before timestamptz, users text[], kinds integer[], times bigint[]
) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    kept    timestamptz;
    noted   timestamptz[] := '{}';
    touched timestamptz[];
BEGIN
    SELECT kept_since INTO kept FROM retention;
    IF kept > ANY (closed) THEN
        RAISE EXCEPTION 'events of this time are not kept any more'
            USING ERRCODE = 'HG010', DETAIL = (extract(epoch FROM kept) * 1000)::bigint;
    END IF;
    IF cardinality(users) = 0 THEN
        PERFORM pg_advisory_xact_lock_shared(late_lock());
    ELSE
        PERFORM pg_advisory_xact_lock(late_lock());
        noted := ARRAY(
            SELECT hour
              FROM unnest(closed) AS late (hour)
             WHERE hour < named_before
               AND NOT EXISTS (
                SELECT FROM touched_hour AS t WHERE t.hour = late.hour AND t.site_id IN (site, every_site())
             )
               AND EXISTS (
                SELECT
                  FROM unnest(ARRAY[late.hour - INTERVAL '1 hour', late.hour]) AS near (hour),
                       -- In order, so that the first user is found by the index, however many there are.
                       LATERAL (
                        SELECT FROM user_hour AS u
                         WHERE u.hour = near.hour AND u.site_id = site
                         ORDER BY u.user_id
                         LIMIT 1
                       ) AS known
             )
        );
    END IF;

    touched := ARRAY(SELECT unnest(closed) EXCEPT SELECT unnest(noted));
    IF cardinality(touched) > 0 THEN
        INSERT INTO touched_hour (site_id, hour) SELECT site, unnest(touched);
        DELETE FROM late_user WHERE site_id = site AND hour = ANY (touched);
        DELETE FROM late_second AS late
         USING unnest(touched) AS t (hour)
         WHERE site_id = site AND second >= t.hour AND second < t.hour + INTERVAL '1 hour';
    END IF;
    IF cardinality(noted) = 0 THEN
        RETURN;
    END IF;

    INSERT INTO late_user AS noted_user (site_id, hour, user_id, first_seen, last_seen, known_first, known_last)
    SELECT site, late.hour, late.user_id, late.first_seen, late.last_seen, known.first_seen, known.last_seen
      FROM (
        SELECT date_trunc('hour', ts) AS hour, user_id, min(ts) AS first_seen, max(ts) AS last_seen
          FROM late_events(users, kinds, times)
         GROUP BY 1, 2
      ) AS late
      LEFT JOIN LATERAL (
        SELECT u.first_seen, u.last_seen FROM user_hour AS u
         WHERE u.hour = late.hour AND u.site_id = site AND u.user_id = late.user_id
         LIMIT 1 -- There is only one, and so it is looked up by the index whatever the planner thinks of the hour.
      ) AS known ON true
     WHERE late.hour = ANY (noted)
    ON CONFLICT (hour, site_id, user_id) DO UPDATE
       SET first_seen = least(noted_user.first_seen, excluded.first_seen),
           last_seen = greatest(noted_user.last_seen, excluded.last_seen);

    INSERT INTO late_second AS noted_second (
        site_id, second, clicks, impressions, sharp_clicks, sharp_impressions,
        known_clicks, known_impressions, known_sharp_clicks, known_sharp_impressions
    )
    SELECT site, late.second,
           late.clicks + coalesce(known.clicks, 0),
           late.impressions + coalesce(known.impressions, 0),
           late.sharp_clicks + coalesce(known.sharp_clicks, 0),
           late.sharp_impressions + coalesce(known.sharp_impressions, 0),
           coalesce(known.clicks, 0), coalesce(known.impressions, 0),
           coalesce(known.sharp_clicks, 0), coalesce(known.sharp_impressions, 0)
      FROM (
        SELECT date_trunc('second', ts) AS second,
               count(*) FILTER (WHERE kind = 1) AS clicks,
               count(*) FILTER (WHERE kind = 2) AS impressions,
               count(*) FILTER (WHERE kind = 1 AND ts = date_trunc('second', ts)) AS sharp_clicks,
               count(*) FILTER (WHERE kind = 2 AND ts = date_trunc('second', ts)) AS sharp_impressions
          FROM late_events(users, kinds, times)
         GROUP BY 1
      ) AS late
      LEFT JOIN second_count AS known ON known.second = late.second AND known.site_id = site
     WHERE date_trunc('hour', late.second) = ANY (noted)
    ON CONFLICT (second, site_id) DO UPDATE
       SET clicks = noted_second.clicks + excluded.clicks - excluded.known_clicks,
           impressions = noted_second.impressions + excluded.impressions - excluded.known_impressions,
           sharp_clicks = noted_second.sharp_clicks + excluded.sharp_clicks - excluded.known_sharp_clicks,
           sharp_impressions =
               noted_second.sharp_impressions + excluded.sharp_impressions - excluded.known_sharp_impressions;
END
$$;
