SET LOCAL ROLE hourglass_owner;

-- An idempotency key stands for one request: a fingerprint is kept with it, and another request under the same key is
-- told from a repetition. What retention has dropped is refused under a code of its own.
-- A server of the release before calls open_batch with 11 arguments, and repeated_keys; both stay for it.

-- SHA-256 of the request; NULL where the key is older than fingerprints, which matches every request.
ALTER TABLE idempotency_key ADD COLUMN fingerprint bytea;

-- The keys of a batch that an earlier batch has used, with what was answered then, and the fingerprint of the request in
-- hexadecimal.
CREATE FUNCTION used_keys(batch uuid, site integer, keys text[])
    RETURNS TABLE (key text, answer text, fingerprint text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT known.key, known.answer, encode(known.fingerprint, 'hex')
      FROM idempotency_key AS known
     WHERE known.site_id = site AND known.key = ANY (keys) AND known.batch_id <> batch
$$;
REVOKE EXECUTE ON FUNCTION used_keys(uuid, integer, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION used_keys(uuid, integer, text[]) TO hourglass_ingest;

-- Notes what a batch stores in closed hours. Events are noted one by one in hours that have been rolled, if the batch
-- names all that it has before `named_before`; the other hours are touched as a whole, and what was noted in them is
-- deleted. Fails with HG010 when retention has dropped one of the hours; the detail is the first moment that is kept, in
-- milliseconds since 1970.
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
               AND EXISTS (SELECT FROM rolling_hour AS r WHERE r.hour = late.hour AND r.site_id = site)
               AND NOT EXISTS (SELECT FROM touched_hour AS t WHERE t.hour = late.hour AND t.site_id = site)
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

-- Begins the transaction that stores a batch: notes its id and what it stores in closed hours, makes its partitions,
-- takes its idempotency keys and hands its events to the other servers. Texts are UTF-8 in hexadecimal, so that the
-- call needs no quoting.
--   hours          all hours in which the batch stores something, in order, as whole hours since 1970
--   named_before   the hour before which `late_…` names every event of the batch; 0 when it names none
--   keys, answers  the idempotency keys, each once, with what their requests are answered
--   fingerprints   the SHA-256 of the requests, in the order of the keys; '' where it is not known
--   keeps_others   whether events are stored whose key was used before with another fingerprint: those of a spool have
--                  been acknowledged
--   live           the events in the live hours: those without a key, then those of each key; NULL when nobody is known
--                  to want them
-- Returns the keys that were used before, with the first answer and the first fingerprint, and a row without a key that
-- has the id of the transaction. Events of such keys must not be stored, except with `keeps_others` those whose fingerprint
-- is another. Fails with HG001 when another server wants the live events and `live` is NULL.
CREATE FUNCTION open_batch(
    batch uuid, writer uuid, site integer, hours bigint[],
    named_before bigint, late_users text[], late_kinds integer[], late_times bigint[],
    keys text[], answers text[], fingerprints text[], keeps_others boolean, live text[]
) RETURNS TABLE (key text, answer text, fingerprint text)
    LANGUAGE plpgsql AS $$
DECLARE
    border   record;
    touched  timestamptz[];
    closed   timestamptz[];
    wanted   text[];
    repeated text[] := '{}';
BEGIN
    INSERT INTO batch (id) VALUES (batch);
    PERFORM pg_advisory_xact_lock_shared(open_hour_lock());
    IF live IS NULL AND EXISTS (SELECT FROM server WHERE id <> writer) THEN
        RAISE EXCEPTION 'another server wants the live events' USING ERRCODE = 'HG001';
    END IF;

    SELECT since, greatest(since, ready_since) AS ready_since, ready_until INTO border FROM open_hour;
    IF to_timestamp(hours[1] * 3600) < border.ready_since
        OR to_timestamp(hours[cardinality(hours)] * 3600) >= border.ready_until
    THEN
        touched := ARRAY(SELECT to_timestamp(hour * 3600) FROM unnest(hours) AS hour);
        PERFORM make_partitions(touched);
        closed := ARRAY(SELECT hour FROM unnest(touched) AS hour WHERE hour < border.since);
        IF cardinality(closed) > 0 THEN
            PERFORM note_late(site, closed, to_timestamp(named_before * 3600), late_users, late_kinds, late_times);
        END IF;
    END IF;

    IF cardinality(keys) > 0 THEN
        wanted := ARRAY(SELECT convert_from(decode(hex, 'hex'), 'UTF8') FROM unnest(keys) AS hex);
        -- In order, so that two writers with the same keys do not deadlock.
        INSERT INTO idempotency_key (site_id, key, batch_id, answer, fingerprint)
        SELECT site, request.key, batch, convert_from(decode(request.answer, 'hex'), 'UTF8'),
               nullif(decode(request.fingerprint, 'hex'), '')
          FROM unnest(wanted, answers, fingerprints) AS request (key, answer, fingerprint)
         ORDER BY request.key
            ON CONFLICT DO NOTHING;
        -- A statement of its own: it sees what a writer committed whom the insert waited for.
        RETURN QUERY SELECT * FROM used_keys(batch, site, wanted);
        repeated := ARRAY(
            SELECT used.key
              FROM used_keys(batch, site, wanted) AS used
              JOIN unnest(wanted, fingerprints) AS request (key, fingerprint) ON request.key = used.key
             WHERE NOT keeps_others OR used.fingerprint IS NULL OR request.fingerprint IN ('', used.fingerprint)
        );
    END IF;

    IF live IS NOT NULL THEN
        INSERT INTO live_batch (server_id, site_id, events)
        SELECT writer, site, events
          FROM (
            SELECT string_agg(decode(hex, 'hex'), '') AS events
              FROM unnest(live, ARRAY[NULL] || wanted) AS part (hex, key)
             WHERE part.key IS NULL OR part.key <> ALL (repeated)
          ) AS stored
         WHERE length(events) > 0;
    END IF;
    RETURN QUERY SELECT NULL, pg_current_xact_id()::text, NULL;
END
$$;

-- The same for a server that knows no fingerprints.
CREATE OR REPLACE FUNCTION open_batch(
    batch uuid, writer uuid, site integer, hours bigint[],
    named_before bigint, late_users text[], late_kinds integer[], late_times bigint[],
    keys text[], answers text[], live text[]
) RETURNS TABLE (key text, answer text)
    LANGUAGE sql AS $$
    SELECT opened.key, opened.answer
      FROM open_batch(
        batch, writer, site, hours, named_before, late_users, late_kinds, late_times,
        keys, answers, array_fill(''::text, ARRAY[cardinality(keys)]), false, live
      ) AS opened
$$;
