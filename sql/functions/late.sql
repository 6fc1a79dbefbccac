-- The late events of a batch as rows, from the arrays that open_batch takes: users in hexadecimal, times in
-- milliseconds since 1970.
CREATE OR REPLACE FUNCTION late_events(sites integer[], users text[], kinds integer[], times bigint[])
    RETURNS TABLE (site_id integer, user_id text, kind integer, ts timestamptz)
    LANGUAGE sql IMMUTABLE AS $$
    SELECT site,
           convert_from(decode(hex, 'hex'), 'UTF8') COLLATE "C",
           kind,
           to_timestamp(ms / 1000) + (ms % 1000) * INTERVAL '1 millisecond'
      FROM unnest(sites, users, kinds, times) AS late (site, hex, kind, ms)
$$;

-- Fails with HG010 when retention has dropped a moment; the detail is the first moment that is kept, in milliseconds
-- since 1970.
CREATE OR REPLACE FUNCTION refuse_dropped(first timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    kept timestamptz := (SELECT kept_since FROM retention);
BEGIN
    IF first < kept THEN
        RAISE EXCEPTION 'events of this time are not kept any more'
            USING ERRCODE = 'HG010', DETAIL = (extract(epoch FROM kept) * 1000)::bigint;
    END IF;
END
$$;

-- The same for hits, which are taken as long as no date that may be counted would change; the error names a constraint
-- `kept_hits`.
CREATE OR REPLACE FUNCTION refuse_dropped_hits(first timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
DECLARE
    taken timestamptz := (SELECT hits_taken_since FROM retention);
BEGIN
    IF first < taken THEN
        RAISE EXCEPTION 'hits of this time are not taken any more'
            USING ERRCODE = 'HG010', CONSTRAINT = 'kept_hits', DETAIL = (extract(epoch FROM taken) * 1000)::bigint;
    END IF;
END
$$;

-- Notes the events that a batch stores in closed hours, each hour with its site. They are noted one by one in hours
-- whose windows are in the aggregates, if the batch names all that it has before `named_before`; the other hours are
-- marked in touched_hour as a whole, and earlier notes of them are deleted.
CREATE OR REPLACE FUNCTION note_late(
    closed_sites integer[], closed_hours timestamptz[], named_before timestamptz,
    late_sites integer[], late_users text[], late_kinds integer[], late_times bigint[]
) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    noted         boolean[] := array_fill(false, ARRAY[cardinality(closed_hours)]);
    touched_sites integer[];
    touched_hours timestamptz[];
BEGIN
    IF cardinality(late_users) = 0 THEN
        LOCK TABLE late_lock IN ROW EXCLUSIVE MODE;
    ELSE
        LOCK TABLE late_lock IN EXCLUSIVE MODE;
        noted := ARRAY(
            SELECT closed.hour < named_before
               AND NOT EXISTS (
                SELECT FROM touched_hour AS t WHERE t.hour = closed.hour AND t.site_id IN (closed.site, every_site())
             )
               AND EXISTS (
                SELECT
                  FROM unnest(ARRAY[closed.hour - INTERVAL '1 hour', closed.hour]) AS near (hour),
                       -- In order, so that the first user is found by the index, however many there are.
                       LATERAL (
                        SELECT FROM user_hour AS u
                         WHERE u.hour = near.hour AND u.site_id = closed.site
                         ORDER BY u.user_id
                         LIMIT 1
                       ) AS known
             )
              FROM unnest(closed_sites, closed_hours) WITH ORDINALITY AS closed (site, hour, place)
             ORDER BY closed.place
        );
    END IF;

    SELECT array_agg(closed.site), array_agg(closed.hour) INTO touched_sites, touched_hours
      FROM unnest(closed_sites, closed_hours, noted) AS closed (site, hour, is_noted)
     WHERE NOT closed.is_noted;
    IF touched_sites IS NOT NULL THEN
        INSERT INTO touched_hour (site_id, hour) SELECT * FROM unnest(touched_sites, touched_hours);
        DELETE FROM late_user AS late
         USING unnest(touched_sites, touched_hours) AS t (site, hour)
         WHERE late.site_id = t.site AND late.hour = t.hour;
        DELETE FROM late_second AS late
         USING unnest(touched_sites, touched_hours) AS t (site, hour)
         WHERE late.site_id = t.site AND late.second >= t.hour AND late.second < t.hour + INTERVAL '1 hour';
    END IF;
    IF NOT true = ANY (noted) THEN
        RETURN;
    END IF;

    INSERT INTO late_user AS noted_user (site_id, hour, user_id, first_seen, last_seen, known_first, known_last)
    SELECT late.site_id, late.hour, late.user_id, late.first_seen, late.last_seen, known.first_seen, known.last_seen
      FROM (
        SELECT site_id, date_trunc('hour', ts) AS hour, user_id, min(ts) AS first_seen, max(ts) AS last_seen
          FROM late_events(late_sites, late_users, late_kinds, late_times)
         GROUP BY 1, 2, 3
      ) AS late
      JOIN unnest(closed_sites, closed_hours, noted) AS closed (site, hour, is_noted)
        ON closed.site = late.site_id AND closed.hour = late.hour AND closed.is_noted
      LEFT JOIN LATERAL (
        SELECT u.first_seen, u.last_seen FROM user_hour AS u
         WHERE u.hour = late.hour AND u.site_id = late.site_id AND u.user_id = late.user_id
         LIMIT 1 -- There is only one, and so it is looked up by the index whatever the planner thinks of the hour.
      ) AS known ON true
    ON CONFLICT (hour, site_id, user_id) DO UPDATE
       SET first_seen = least(noted_user.first_seen, excluded.first_seen),
           last_seen = greatest(noted_user.last_seen, excluded.last_seen);

    INSERT INTO late_second AS noted_second (
        site_id, second, clicks, impressions, sharp_clicks, sharp_impressions,
        known_clicks, known_impressions, known_sharp_clicks, known_sharp_impressions
    )
    SELECT late.site_id, late.second,
           late.clicks + coalesce(known.clicks, 0),
           late.impressions + coalesce(known.impressions, 0),
           late.sharp_clicks + coalesce(known.sharp_clicks, 0),
           late.sharp_impressions + coalesce(known.sharp_impressions, 0),
           coalesce(known.clicks, 0), coalesce(known.impressions, 0),
           coalesce(known.sharp_clicks, 0), coalesce(known.sharp_impressions, 0)
      FROM (
        SELECT site_id, date_trunc('second', ts) AS second,
               count(*) FILTER (WHERE kind = 1) AS clicks,
               count(*) FILTER (WHERE kind = 2) AS impressions,
               count(*) FILTER (WHERE kind = 1 AND ts = date_trunc('second', ts)) AS sharp_clicks,
               count(*) FILTER (WHERE kind = 2 AND ts = date_trunc('second', ts)) AS sharp_impressions
          FROM late_events(late_sites, late_users, late_kinds, late_times)
         GROUP BY 1, 2
      ) AS late
      JOIN unnest(closed_sites, closed_hours, noted) AS closed (site, hour, is_noted)
        ON closed.site = late.site_id AND closed.hour = date_trunc('hour', late.second) AND closed.is_noted
      LEFT JOIN second_count AS known ON known.second = late.second AND known.site_id = late.site_id
    ON CONFLICT (second, site_id) DO UPDATE
       SET clicks = noted_second.clicks + excluded.clicks - excluded.known_clicks,
           impressions = noted_second.impressions + excluded.impressions - excluded.known_impressions,
           sharp_clicks = noted_second.sharp_clicks + excluded.sharp_clicks - excluded.known_sharp_clicks,
           sharp_impressions =
               noted_second.sharp_impressions + excluded.sharp_impressions - excluded.known_sharp_impressions;
END
$$;
