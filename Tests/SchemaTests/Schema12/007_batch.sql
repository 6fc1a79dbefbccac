SET LOCAL ROLE hourglass_owner;

-- One row: a batch of events that has been committed. A writer that lost its connection during COMMIT sends the batch
-- again under the same id, and the primary key tells it whether the first time counted.
CREATE TABLE batch (
    id           uuid        PRIMARY KEY,
    committed_at timestamptz NOT NULL DEFAULT now()
);

-- One row: the spool of a server, in which batches wait while the database is away, and up to where it has been delivered.
-- That is written by the transactions that store what they deliver, so nothing is delivered twice.
CREATE TABLE spool (
    id         uuid        PRIMARY KEY,
    record     bigint      NOT NULL,
    part       integer     NOT NULL,
    -- When the spool was last known to be empty. It may hold a batch that has been sent since, and whose id must be kept.
    emptied_at timestamptz NOT NULL DEFAULT now()
);

-- One row: a request that came with an Idempotency-Key, and what it was answered.
CREATE TABLE idempotency_key (
    site_id    integer          NOT NULL,
    key        text COLLATE "C" NOT NULL,
    batch_id   uuid             NOT NULL,
    answer     text             NOT NULL,
    created_at timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, key)
);

-- One row: a server that keeps the live hours in memory. It wants to see what others store.
CREATE TABLE server (
    id      uuid        PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
);

-- One row: the events of a batch that lie in the live hours, for the other servers. The format is the servers' own.
CREATE TABLE live_batch (
    xid          xid8        NOT NULL DEFAULT pg_current_xact_id(),
    server_id    uuid        NOT NULL,
    site_id      integer     NOT NULL,
    events       bytea       NOT NULL,
    committed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX live_batch_xid ON live_batch (xid);

-- The keys of a batch that an earlier batch has used, with what was answered then.
CREATE FUNCTION repeated_keys(batch uuid, site integer, keys text[]) RETURNS TABLE (key text, answer text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    SELECT known.key, known.answer
      FROM idempotency_key AS known
     WHERE known.site_id = site AND known.key = ANY (keys) AND known.batch_id <> batch
$$;
REVOKE EXECUTE ON FUNCTION repeated_keys(uuid, integer, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION repeated_keys(uuid, integer, text[]) TO hourglass_ingest;

-- The late events of a batch as they come: users in hexadecimal, times in milliseconds since 1970.
CREATE FUNCTION late_events(users text[], kinds integer[], times bigint[])
    RETURNS TABLE (user_id text, kind integer, ts timestamptz)
    LANGUAGE sql IMMUTABLE AS $$
    SELECT convert_from(decode(hex, 'hex'), 'UTF8') COLLATE "C",
           kind,
           to_timestamp(ms / 1000) + (ms % 1000) * INTERVAL '1 millisecond'
      FROM unnest(users, kinds, times) AS late (hex, kind, ms)
$$;

-- Notes what a batch stores in closed hours. Events are noted one by one in hours that have been rolled, if the batch
-- names all that it has before `named_before`; the other hours are touched as a whole, and what was noted in them is
-- void.
CREATE FUNCTION note_late(
    site integer, closed timestamptz[], named_before timestamptz, users text[], kinds integer[], times bigint[]
) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    noted   timestamptz[] := '{}';
    touched timestamptz[];
BEGIN
    IF EXISTS (SELECT FROM retention WHERE kept_since > ANY (closed)) THEN
        RAISE EXCEPTION 'events of this time are not kept any more' USING ERRCODE = 'check_violation';
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
--   keys, answers  the idempotency keys, each once
--   live           the events in the live hours: those without a key, then those of each key; NULL when nobody is known
--                  to want them
-- Returns the keys that were used before, whose events must not be stored again, and a row without a key that has the
-- id of the transaction. Fails with HG001 when another server wants the live events and `live` is NULL.
CREATE FUNCTION open_batch(
    batch uuid, writer uuid, site integer, hours bigint[],
    named_before bigint, late_users text[], late_kinds integer[], late_times bigint[],
    keys text[], answers text[], live text[]
) RETURNS TABLE (key text, answer text)
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
        INSERT INTO idempotency_key (site_id, key, batch_id, answer)
        SELECT site, pair.key, batch, convert_from(decode(pair.answer, 'hex'), 'UTF8')
          FROM unnest(wanted, answers) AS pair (key, answer)
         ORDER BY pair.key
            ON CONFLICT DO NOTHING;
        -- A statement of its own: it sees what a writer committed whom the insert waited for.
        RETURN QUERY SELECT * FROM repeated_keys(batch, site, wanted);
        repeated := ARRAY(SELECT known.key FROM repeated_keys(batch, site, wanted) AS known);
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
    RETURN QUERY SELECT NULL, pg_current_xact_id()::text;
END
$$;

-- Up to where a spool has been delivered; one that is not known begins at `first_record`.
CREATE FUNCTION locate_spool(spool_id uuid, first_record bigint, is_empty boolean)
    RETURNS TABLE (record bigint, part integer)
    LANGUAGE sql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
    INSERT INTO spool AS known (id, record, part) VALUES (spool_id, first_record, 0)
        ON CONFLICT (id) DO UPDATE SET emptied_at = CASE WHEN is_empty THEN now() ELSE known.emptied_at END
    RETURNING known.record, known.part
$$;

-- Notes that a transaction delivers what lies between two places of a spool. Fails with HG002 when the spool has been
-- delivered to another place than the first one; where a transaction is in doubt that did so, this waits for its end.
CREATE FUNCTION advance_spool(
    spool_id uuid, from_record bigint, from_part integer, to_record bigint, to_part integer
) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = hourglass, pg_temp AS $$
BEGIN
    UPDATE spool SET record = to_record, part = to_part
     WHERE id = spool_id AND record = from_record AND part = from_part;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the spool has been delivered to another place' USING ERRCODE = 'HG002';
    END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION
    locate_spool(uuid, bigint, boolean), advance_spool(uuid, bigint, integer, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    locate_spool(uuid, bigint, boolean), advance_spool(uuid, bigint, integer, bigint, integer) TO hourglass_ingest;

-- Forgets batches that nobody will send again (the server gives up after minutes) and keys older than promised.
-- A server that has been away since may have spooled a batch of then; after thirty days it is taken to be gone for good.
CREATE FUNCTION prune() RETURNS void
    LANGUAGE sql AS $$
    DELETE FROM batch
     WHERE committed_at < least(
        now(), (SELECT min(emptied_at) FROM spool WHERE emptied_at > now() - INTERVAL '30 days')
     ) - INTERVAL '1 hour';
    DELETE FROM idempotency_key WHERE created_at < now() - INTERVAL '48 hours';
$$;

GRANT INSERT ON event, batch, live_batch, idempotency_key TO hourglass_ingest;
GRANT SELECT ON server TO hourglass_ingest;
GRANT SELECT ON spool TO hourglass_maintain;
GRANT SELECT, DELETE ON batch, idempotency_key, server, live_batch TO hourglass_maintain;
